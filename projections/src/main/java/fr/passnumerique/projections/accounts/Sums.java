package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.projections.accounts.Balances.Amounts;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What a group's accounts come to, by kind. */
final class Sums {
  /** Of what ever passed a stage, what balances tell: whose cash came and went, and what waives. */
  private static final Set<AccountKind> TOLD =
      EnumSet.of(
          AccountKind.EVER_RECEIVED,
          AccountKind.EVER_MOVED,
          AccountKind.EVER_REFUNDED,
          AccountKind.EVER_GIVEN_BACK,
          AccountKind.EVER_WAIVED);

  private final Map<AccountKind, Long> cents = new EnumMap<>(AccountKind.class);

  /** Whether an amount is made of such accounts. */
  static boolean tell(AccountKind kind) {
    return !kind.remembers() || TOLD.contains(kind);
  }

  Map<AccountKind, Long> cents() {
    return cents;
  }

  void add(AccountKind kind, long more) {
    cents.merge(kind, more, Math::addExact);
  }

  long debit(AccountKind kind) {
    return cents.getOrDefault(kind, 0L);
  }

  long credit(AccountKind kind) {
    return -debit(kind);
  }

  /**
   * Of the funder's own: whose share it became, and whose cash it replaced, is told apart. The road
   * not taken, cash with the titles that it paid, counts a share paid on use as its funder's before
   * that has paid a cent.
   */
  private long paidIn() {
    return Math.subtractExact(
        Math.addExact(debit(AccountKind.EVER_RECEIVED), debit(AccountKind.EVER_MOVED)),
        Math.addExact(debit(AccountKind.EVER_REFUNDED), debit(AccountKind.EVER_GIVEN_BACK)));
  }

  /** A funder may advance for others in one agreement, and be advanced for in another. */
  private long advanced() {
    return Math.subtractExact(credit(AccountKind.ON_USE_ADVANCE), debit(AccountKind.ON_USE_CLAIM));
  }

  Amounts amounts(boolean cash, boolean unredeemed) {
    long paid = debit(AccountKind.TITLES_PAID);
    return new Amounts(
        cash ? paidIn() : null,
        cash ? advanced() : null,
        cash ? debit(AccountKind.BANK) : null,
        cash ? credit(AccountKind.FUNDER_CREDIT) : null,
        unredeemed ? credit(AccountKind.CHEQUES_OUTSTANDING) : null,
        cash ? Math.addExact(credit(AccountKind.DUE_BACK), credit(AccountKind.TO_GIVE_BACK)) : null,
        cash ? debit(AccountKind.VENUE_RECEIVABLE) : null,
        unredeemed ? credit(AccountKind.TITLES_ISSUED) : null,
        unredeemed ? debit(AccountKind.TITLES_IN_STOCK) : null,
        unredeemed ? debit(AccountKind.TITLES_AT_PRESCRIBER) : null,
        unredeemed ? debit(AccountKind.TITLES_HANDED_OUT) : null,
        unredeemed ? debit(AccountKind.TITLES_EXPIRED) : null,
        unredeemed ? debit(AccountKind.TITLES_OPPOSED) : null,
        unredeemed ? debit(AccountKind.TITLES_REPLACED) : null,
        unredeemed ? debit(AccountKind.TITLES_VOID) : null,
        Math.addExact(debit(AccountKind.TITLES_REDEEMED), paid),
        cash ? debit(AccountKind.EVER_WAIVED) : null,
        credit(AccountKind.VENUE_PAYABLE),
        credit(AccountKind.TRANSFER_IN_TRANSIT),
        debit(AccountKind.RECEIVABLE_IF_PAID),
        paid);
  }
}
