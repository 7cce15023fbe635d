package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.List;

/** What is asked for about accepted lines that were found wrong. */
public sealed interface Reversing extends Action.More {
  /** What one person may reverse alone; above it a second one confirms. */
  long MOST_ALONE_CENTS = 2_500;

  /**
   * How long a venue may contest, from the day after the reversal. Under some operators until after
   * a debit note asks for it: then a reversal may be lifted that was paid back already.
   */
  static int contestDays(long seed) {
    return seed % 2 == 0 ? 60 : 12;
  }

  /** After how many days what was not netted is asked for. */
  int DEBIT_NOTE_DAYS = 25;

  /**
   * Asked for by {@link Action#CLERK}.
   *
   * @param lines numbers in the slip, from 1
   */
  record ReverseLines(
      String reversal, String venue, String reference, List<Integer> lines, String reason)
      implements Reversing {}

  record ConfirmReversal(String reversal, String by) implements Reversing {}

  record DropReversal(String reversal) implements Reversing {}

  record ContestReversal(String reversal, String venue) implements Reversing {}

  /**
   * @param outcome UPHELD or LIFTED
   */
  record DecideContest(String reversal, String outcome, String by) implements Reversing {}

  record IssueDebitNote(String note, String venue, String programme) implements Reversing {}

  record PayDebitNote(String note, LocalDate paidOn) implements Reversing {}

  /** It was recorded by hand, and the bank has not shown it. */
  record TakeNotePaymentBack(String note, LocalDate paidOn, String reason) implements Reversing {}

  /** Credit notes for what came back of an order since its statement. */
  record CreditRecovered(String order) implements Reversing {}
}
