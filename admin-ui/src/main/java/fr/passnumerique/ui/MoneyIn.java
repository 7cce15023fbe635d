package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.histories.ChequePostings;
import java.time.LocalDate;

/**
 * Money that came in for an agreement.
 *
 * @param owner whose cash it is
 * @param on the bank's day, Europe/Paris
 * @param cents of it that are the owner's
 */
record MoneyIn(CauseWords receipt, String owner, LocalDate on, long cents) {
  static MoneyIn of(Posting came, Actor reader) {
    return new MoneyIn(
        CauseWords.receipt(came.causes().getFirst().id(), reader),
        came.funder(),
        came.happenedOn(),
        -came.cents());
  }

  static MoneyIn of(ChequePostings.Receipt came, Actor reader) {
    return new MoneyIn(
        CauseWords.receipt(came.receipt(), reader), came.funder(), came.happenedOn(), came.cents());
  }
}
