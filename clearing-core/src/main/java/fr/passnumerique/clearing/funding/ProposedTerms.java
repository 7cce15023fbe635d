package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.funding.FundingRefusal.CEILING_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.ON_USE_SHARES_TOO_HIGH;
import static fr.passnumerique.clearing.funding.FundingRefusal.PERIOD_REVERSED;
import static fr.passnumerique.clearing.funding.FundingRefusal.PRE_FINANCIER_MISSING;
import static fr.passnumerique.clearing.funding.FundingRefusal.PRE_FINANCIER_NOT_PREPAID;
import static fr.passnumerique.clearing.funding.FundingRefusal.PRE_FINANCIER_UNEXPECTED;
import static fr.passnumerique.clearing.funding.FundingRefusal.SHARES_MISSING;
import static fr.passnumerique.clearing.funding.FundingRefusal.SHARES_NOT_WHOLE;
import static fr.passnumerique.clearing.funding.FundingRefusal.SHARE_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.SIGNED_AFTER_PERIOD;
import static fr.passnumerique.clearing.funding.FundingRefusal.SIGNED_IN_FUTURE;
import static fr.passnumerique.clearing.funding.FundingRefusal.TERRITORY_MISSING;
import static fr.passnumerique.clearing.funding.FundingRefusal.UNKNOWN_FUNDER;

import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an agreement or an amendment is to say, and whether it may. */
record ProposedTerms(
    LocalDate signedOn,
    LocalDate startsOn,
    LocalDate endsOn,
    List<Departement> territory,
    List<Share> shares) {
  private static final int WHOLE = 10_000;

  /** What the deal of cents can take: parties beyond sign as a group with a lead. */
  private static final int MOST_SHARES = 64;

  /** Of the State's rule of 2020: half of the used cheques. */
  private static final int MOST_ON_USE = 5_000;

  static ProposedTerms of(SignAgreement c) {
    return new ProposedTerms(c.signedOn(), c.startsOn(), c.endsOn(), c.territory(), c.shares());
  }

  static ProposedTerms of(AmendAgreement c) {
    return new ProposedTerms(c.signedOn(), c.startsOn(), c.endsOn(), c.territory(), c.shares());
  }

  /** The tags of what {@link #refusal} looks at. */
  Set<String> looked() {
    Set<String> tags = new HashSet<>();
    for (Share share : shares) {
      tags.add("funder:" + share.funder());
      share.preFinancier().ifPresent(advancing -> tags.add("funder:" + advancing));
    }
    return tags;
  }

  @Nullable Refusal refusal(FundingRegister register, LocalDate today) {
    return Bounds.first(
        unknownFunder(register),
        Bounds.length("shares", shares, MOST_SHARES),
        Bounds.distinct("territory", territory),
        Bounds.distinct("shares", shares.stream().map(Share::funder).toList()),
        Bounds.day("signedOn", signedOn),
        Bounds.day("startsOn", startsOn),
        Bounds.day("endsOn", endsOn),
        dates(today),
        territory.isEmpty()
            ? TERRITORY_MISSING.because(
                "territory",
                "an agreement names at least one département that its orders may be for",
                "list their INSEE codes, such as 23 or 2A")
            : null,
        key(),
        onUse());
  }

  private @Nullable Refusal unknownFunder(FundingRegister register) {
    for (Share share : shares) {
      if (register.funder(share.funder()) == null) {
        return UNKNOWN_FUNDER.because(
            "shares",
            "funder %s is not registered".formatted(share.funder()),
            "register it first or correct the identifier");
      }
      FunderId advancing = share.preFinancier().orElse(null);
      if (advancing != null && register.funder(advancing) == null) {
        return UNKNOWN_FUNDER.because(
            "shares",
            "pre-financier %s of funder %s is not registered".formatted(advancing, share.funder()),
            "register it first or correct the identifier");
      }
    }
    return null;
  }

  private @Nullable Refusal dates(LocalDate today) {
    if (signedOn.isAfter(today)) {
      return SIGNED_IN_FUTURE.because(
          "signedOn",
          "an agreement is recorded once it is signed, signedOn is %s and today is %s"
              .formatted(signedOn, today),
          "correct the date or record it on that day");
    }
    if (endsOn.isBefore(startsOn)) {
      return PERIOD_REVERSED.because(
          "endsOn",
          "a period ends on its first day or later, %s is before %s".formatted(endsOn, startsOn),
          "correct one of the dates");
    }
    if (signedOn.isAfter(endsOn)) {
      return SIGNED_AFTER_PERIOD.because(
          "signedOn",
          "an agreement is signed before its period is over, %s is after %s"
              .formatted(signedOn, endsOn),
          "correct one of the dates");
    }
    return null;
  }

  private @Nullable Refusal key() {
    if (shares.isEmpty()) {
      return SHARES_MISSING.because(
          "shares", "an agreement has at least one funder", "list each with its basis points");
    }
    long sum = 0;
    for (Share share : shares) {
      Refusal refusal =
          Bounds.number(
              SHARE_OUT_OF_RANGE,
              "basisPoints",
              share.basisPoints(),
              1,
              WHOLE,
              "give hundredths of a percent, 5714 for 57.14 %, and leave out who pays nothing");
      if (refusal != null) {
        return refusal;
      }
      sum += share.basisPoints();
    }
    if (sum != WHOLE) {
      return SHARES_NOT_WHOLE.because(
          "shares",
          "the basis points of all shares sum to %d, got %d".formatted(WHOLE, sum),
          "%s %d".formatted(sum < WHOLE ? "add" : "take away", Math.abs(WHOLE - sum)));
    }
    for (Share share : shares) {
      Refusal refusal = Bounds.amount(CEILING_OUT_OF_RANGE, "ceilingCents", share.ceilingCents());
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private @Nullable Refusal onUse() {
    int onUse = 0;
    for (Share share : shares) {
      Refusal refusal = preFinancier(share);
      if (refusal != null) {
        return refusal;
      }
      if (share.terms() == PaymentTerms.ON_USE) {
        onUse += share.basisPoints();
      }
    }
    return onUse <= MOST_ON_USE
        ? null
        : ON_USE_SHARES_TOO_HIGH.because(
            "shares",
            "at most %d basis points of an agreement are paid on use, got %d"
                .formatted(MOST_ON_USE, onUse),
            "lower these shares or have %d basis points prepaid".formatted(onUse - MOST_ON_USE));
  }

  private @Nullable Refusal preFinancier(Share share) {
    FunderId advancing = share.preFinancier().orElse(null);
    if (share.terms() == PaymentTerms.PREPAID) {
      return advancing == null
          ? null
          : PRE_FINANCIER_UNEXPECTED.because(
              "preFinancier",
              "funder %s prepays its share, which needs no pre-financier, got %s"
                  .formatted(share.funder(), advancing),
              "leave preFinancier out or have the share paid ON_USE");
    }
    if (advancing == null) {
      return PRE_FINANCIER_MISSING.because(
          "preFinancier",
          "the share of funder %s is paid on use and nobody's cash covers it until then"
              .formatted(share.funder()),
          "name a preFinancier or have the share PREPAID");
    }
    boolean paysOnUse =
        shares.stream()
            .anyMatch(
                other -> other.funder().equals(advancing) && other.terms() == PaymentTerms.ON_USE);
    return paysOnUse
        ? PRE_FINANCIER_NOT_PREPAID.because(
            "preFinancier",
            "a pre-financier pays in advance, funder %s of the share of %s pays on use itself"
                .formatted(advancing, share.funder()),
            "name a funder that prepays")
        : null;
  }
}
