package fr.passnumerique.clearing.settlement;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Lines of one slip that are paid, or are to be paid, more than 21 days after it was presented.
 *
 * @param run that pays them, or is to; empty while no run has taken them, and for what was open as
 *     of a past day
 * @param position of the slip's fact
 * @param presentedOn Europe/Paris
 * @param payBy the last day in time
 * @param paidOn the bank's day, or the day of the release for what was netted
 * @param daysLate after {@code payBy}: until paid, until the day asked for, or until it can be paid
 */
record LatePayment(
    Kind kind,
    String programme,
    String venue,
    Optional<String> run,
    Optional<String> transfer,
    String slip,
    long position,
    long cents,
    LocalDate presentedOn,
    LocalDate payBy,
    Optional<LocalDate> paidOn,
    long daysLate) {

  /** How it is late. */
  enum Kind {
    /** Not paid, and its last day is past. */
    OPEN_LATE,
    /** Not paid, in time yet, and late when its run, or the next one, is executed. */
    WILL_BE_LATE,
    PAID_LATE
  }
}
