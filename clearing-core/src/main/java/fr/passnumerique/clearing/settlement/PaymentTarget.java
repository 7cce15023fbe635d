package fr.passnumerique.clearing.settlement;

import java.time.LocalDate;

/**
 * Until when an accepted line is to be paid: at most 21 days after it was presented, the legal
 * maximum for meal vouchers. Days of Paris; the last of them counts as in time.
 */
final class PaymentTarget {
  static final int DAYS = 21;

  private PaymentTarget() {}

  static LocalDate lastDay(LocalDate presentedOn) {
    return presentedOn.plusDays(DAYS);
  }

  static boolean isLate(LocalDate presentedOn, LocalDate paidOn) {
    return paidOn.isAfter(lastDay(presentedOn));
  }
}
