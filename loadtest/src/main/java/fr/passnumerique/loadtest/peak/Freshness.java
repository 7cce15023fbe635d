package fr.passnumerique.loadtest.peak;

import java.sql.SQLException;

/** A look, by a line of its own, at how far what is read lies behind what was acknowledged. */
interface Freshness extends AutoCloseable {
  /** The age of the oldest slip that cannot be read everywhere yet; 0 if all can. */
  long lagNanos() throws SQLException;

  @Override
  void close() throws SQLException;
}
