package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.loadtest.race.Script.Slip;
import java.util.List;

/**
 * A node as its clients see it. What it answers is in the words of {@link Call#answer}; it throws
 * {@link LedgerUnavailableException} where it cannot tell what came of a call.
 */
interface Asked extends AutoCloseable {
  String name();

  String submit(Slip slip);

  /**
   * @param position of the slip's fact
   * @param cheques of its lines, as {@link Call#cheques}
   */
  String withdraw(long position, List<Long> cheques);

  /** Reads what the node holds, and waits for nothing. */
  String check(ChequeCode code);

  /** Whether it stopped for good, other than by a kill. */
  boolean isStopped();

  boolean isKilled();

  String stopReason();

  @Override
  void close();
}
