package fr.passnumerique.ui.ledger;

import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.histories.ChequePostings;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.Names;
import fr.passnumerique.ui.words.PostingLinks;
import java.time.LocalDate;
import java.util.Map;

/**
 * Money that came in for an agreement.
 *
 * @param owner by name, whose cash it is
 * @param on the bank's day, Europe/Paris
 * @param cents of it that are the owner's
 * @param takenBack the bank tells it no more
 */
public record MoneyIn(
    CauseWords receipt, String owner, LocalDate on, long cents, boolean takenBack) {
  /**
   * @param takenBack receipts that are
   */
  public static MoneyIn of(
      Posting came, Map<String, Long> takenBack, PostingLinks readable, Names names) {
    String receipt = came.causes().getFirst().id();
    return new MoneyIn(
        readable.receipt(receipt, came.position()),
        names.funder(came.funder()),
        came.happenedOn(),
        -came.cents(),
        takenBack.containsKey(receipt));
  }

  /**
   * @param told the position up to which it is: what is taken back later is not yet
   */
  public static MoneyIn of(
      ChequePostings.Receipt came, long told, PostingLinks readable, Names names) {
    Long takenBackAt = came.takenBackAt();
    return new MoneyIn(
        readable.receipt(came.receipt(), came.position()),
        names.funder(came.funder()),
        came.happenedOn(),
        came.cents(),
        takenBackAt != null && takenBackAt <= told);
  }
}
