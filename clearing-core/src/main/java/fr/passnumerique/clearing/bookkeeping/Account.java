package fr.passnumerique.clearing.bookkeeping;

import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.venues.VenueId;

/**
 * A ledger account: its kind and the dimensions that apply to it; the others are empty strings, so
 * that an account is a plain key in memory and in SQL. Balances per venue, funder or département
 * are sums over accounts.
 *
 * @param fundingDepartement INSEE code
 * @param spendingDepartement INSEE code
 */
public record Account(
    AccountKind kind,
    String programme,
    String agreement,
    String funder,
    String fundingDepartement,
    String venue,
    String spendingDepartement,
    String prescriber) {

  /** Cash and its counterpart are not split by département: a funder pays in for an agreement. */
  static Account ofFunder(AccountKind kind, String programme, String agreement, String funder) {
    return new Account(kind, programme, agreement, funder, "", "", "", "");
  }

  static Account ofCash(AccountKind kind, FundedCents part) {
    return ofFunder(
        kind, part.programme().value(), part.agreement().value(), part.cashOwner().value());
  }

  static Account ofCash(AccountKind kind, SpentCents part) {
    return ofFunder(
        kind, part.programme().value(), part.agreement().value(), part.cashOwner().value());
  }

  /** Titles stand under the funder whose share they are, money under whoever's cash covers it. */
  static Account of(AccountKind kind, FundedCents part) {
    return new Account(
        kind,
        part.programme().value(),
        part.agreement().value(),
        (kind.countsTitles() ? part.funder() : part.cashOwner()).value(),
        part.fundingDepartement().code(),
        "",
        "",
        "");
  }

  static Account of(AccountKind kind, SpentCents part) {
    return new Account(
        kind,
        part.programme().value(),
        part.agreement().value(),
        (kind.countsTitles() ? part.funder() : part.cashOwner()).value(),
        part.fundingDepartement().code(),
        "",
        "",
        "");
  }

  Account at(PrescriberId holder) {
    return new Account(
        kind,
        programme,
        agreement,
        funder,
        fundingDepartement,
        venue,
        spendingDepartement,
        holder.value());
  }

  Account spentAt(VenueId payee, SpentCents part) {
    return new Account(
        kind,
        programme,
        agreement,
        funder,
        fundingDepartement,
        payee.value(),
        part.spendingDepartement().code(),
        prescriber);
  }
}
