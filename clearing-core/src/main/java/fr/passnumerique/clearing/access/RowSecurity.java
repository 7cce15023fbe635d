package fr.passnumerique.clearing.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells PostgreSQL for whom it is read, so that it shows no row that is another's, whatever
 * condition a query forgot. A funder's, a venue's and a prescriber's questions are read as {@code
 * pass_asker}, with its subject in a setting that the policies of the tables compare; a clerk's and
 * an auditor's as the reader, who sees all. Where nobody is known to ask, nothing is seen.
 *
 * <p>Role and subject last as long as the transaction: whatever becomes of it, the connection goes
 * back to its pool as it came. The road not taken, to set them for the connection and reset them
 * when it is closed, leaves them to whoever comes next if that fails.
 */
public final class RowSecurity {
  private static final String ASKER = "pass_asker";

  /** As who logged in. */
  private static final String READER = "none";

  private static final String BEGIN =
      """
      select set_config('role', ?, true), set_config('pass.funder', ?, true),
             set_config('pass.venue', ?, true), set_config('pass.prescriber', ?, true)
      """;

  private final Supplier<@Nullable Actor> asker;

  /**
   * @param asker who is asking now, on this thread; null for nobody known
   */
  public RowSecurity(Supplier<@Nullable Actor> asker) {
    this.asker = asker;
  }

  /** Of the request that is worked on. */
  public static RowSecurity ofWhoAsks() {
    return new RowSecurity(SignedIn::current);
  }

  /** Until the transaction ends, or {@link #lift}. */
  public void begin(Connection connection) throws SQLException {
    Actor actor = asker.get();
    if (seesAll(actor)) {
      return;
    }
    try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
      begin.setString(1, ASKER);
      begin.setString(2, subject(actor, Role.FUNDER));
      begin.setString(3, subject(actor, Role.VENUE));
      begin.setString(4, subject(actor, Role.PRESCRIBER));
      begin.execute();
    }
  }

  private static boolean seesAll(@Nullable Actor actor) {
    return actor != null && !actor.role().hasSubject();
  }

  private static String subject(@Nullable Actor actor, Role kind) {
    return actor != null && actor.role() == kind ? actor.subject() : "";
  }

  /** For the rest of the transaction, or until it begins again. */
  public void lift(Connection connection) throws SQLException {
    if (seesAll(asker.get())) {
      return;
    }
    try (PreparedStatement lift =
        connection.prepareStatement("select set_config('role', ?, true)")) {
      lift.setString(1, READER);
      lift.execute();
    }
  }
}
