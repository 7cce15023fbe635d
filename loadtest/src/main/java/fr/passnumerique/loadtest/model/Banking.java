package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.List;

/** What a clerk makes of what the bank shows in one sum, and of what it never shows. */
public sealed interface Banking extends Action.More {

  /**
   * @param entry the number of what could not be explained, from 1
   * @param receipts recorded by hand, that come to it together
   */
  record MatchReceipts(int entry, List<String> receipts) implements Banking {}

  /** All that the run waits to be debited for was, in one sum. */
  record MatchRun(int entry, String run) implements Banking {}

  /** It was recorded by hand, and the bank has not shown it. */
  record TakeReceiptBack(String receipt, String reason) implements Banking {}

  /**
   * It counts as paid, by a clerk's word or the bank's, and the bank has not shown its debit.
   *
   * @param number of the transfer in the run, from 1
   * @param paidOn the day on which it counts as paid
   */
  record TakeConfirmationBack(String run, int number, LocalDate paidOn, String reason)
      implements Banking {}
}
