package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.projections.accounts.Balances.Amounts;
import java.util.EnumMap;
import java.util.Map;

/** What a group's accounts come to, by kind. */
final class Sums {
  private final Map<AccountKind, Long> cents = new EnumMap<>(AccountKind.class);

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

  /** Money that left for venues and whose lines still stand, or are to be recovered. */
  private long spent() {
    return Math.addExact(debit(AccountKind.TITLES_PAID), debit(AccountKind.VENUE_RECEIVABLE));
  }

  Amounts amounts(boolean cash, boolean unredeemed) {
    long paid = debit(AccountKind.TITLES_PAID);
    long bank = debit(AccountKind.BANK);
    // A transfer that is executed is paid, and its money on the account until the bank books it.
    long ofOthers =
        Math.addExact(credit(AccountKind.UNMATCHED), credit(AccountKind.TRANSFER_EXECUTED));
    long ofFunders = Math.subtractExact(bank, ofOthers);
    return new Amounts(
        cash ? Math.addExact(ofFunders, spent()) : null,
        cash ? bank : null,
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
        credit(AccountKind.VENUE_PAYABLE),
        credit(AccountKind.TRANSFER_IN_TRANSIT),
        debit(AccountKind.RECEIVABLE_IF_PAID),
        paid);
  }
}
