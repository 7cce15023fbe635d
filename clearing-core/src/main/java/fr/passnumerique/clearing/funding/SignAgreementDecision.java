package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.funding.FundingRefusal.AGREEMENT_ALREADY_SIGNED;
import static fr.passnumerique.clearing.funding.FundingRefusal.CEILING_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.PERIOD_REVERSED;
import static fr.passnumerique.clearing.funding.FundingRefusal.SHARES_MISSING;
import static fr.passnumerique.clearing.funding.FundingRefusal.SHARES_NOT_WHOLE;
import static fr.passnumerique.clearing.funding.FundingRefusal.SHARE_OUT_OF_RANGE;
import static fr.passnumerique.clearing.funding.FundingRefusal.SIGNED_AFTER_PERIOD;
import static fr.passnumerique.clearing.funding.FundingRefusal.SIGNED_IN_FUTURE;
import static fr.passnumerique.clearing.funding.FundingRefusal.TERRITORY_MISSING;
import static fr.passnumerique.clearing.funding.FundingRefusal.UNKNOWN_FUNDER;
import static fr.passnumerique.clearing.funding.FundingRefusal.UNKNOWN_PROGRAMME;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at the agreement's own identifier, and at its programme and funders being known. */
final class SignAgreementDecision implements Decider<SignAgreement, AgreementSigned> {
  private static final int WHOLE = 10_000;

  /** What the deal of cents can take: parties beyond sign as a group with a lead. */
  private static final int MOST_SHARES = 64;

  private final FundingRegister register;

  SignAgreementDecision(FundingRegister register) {
    this.register = register;
  }

  @Override
  public Class<SignAgreement> command() {
    return SignAgreement.class;
  }

  @Override
  public Decision<AgreementSigned> decide(SignAgreement c, Instant receivedAt) {
    AgreementSigned wanted =
        new AgreementSigned(
            c.agreement(),
            c.programme(),
            c.signedOn(),
            c.startsOn(),
            c.endsOn(),
            c.territory().stream().sorted().toList(),
            1,
            c.shares());
    FundingRegister.Signed signed = register.agreement(c.agreement());
    if (signed != null) {
      return Decision.known(
          signed.position(),
          wanted,
          AGREEMENT_ALREADY_SIGNED.because(
              "agreement",
              "agreement %s is signed with other contents".formatted(c.agreement()),
              "choose another identifier for another agreement"));
    }
    Refusal refusal = refusal(c, ParisCalendar.dayOf(receivedAt));
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    Set<String> looked = new HashSet<>(wanted.tags());
    looked.add("programme:" + c.programme());
    c.shares().forEach(share -> looked.add("funder:" + share.funder()));
    return Decision.accept(wanted, Boundary.of(looked), wanted);
  }

  private @Nullable Refusal refusal(SignAgreement c, LocalDate today) {
    return Bounds.first(
        register.programme(c.programme()) != null
            ? null
            : UNKNOWN_PROGRAMME.because(
                "programme",
                "programme %s is not defined".formatted(c.programme()),
                "define it first or correct the identifier"),
        unknownFunder(c.shares()),
        Bounds.length("shares", c.shares(), MOST_SHARES),
        Bounds.distinct("territory", c.territory()),
        Bounds.distinct("shares", c.shares().stream().map(Share::funder).toList()),
        Bounds.day("signedOn", c.signedOn()),
        Bounds.day("startsOn", c.startsOn()),
        Bounds.day("endsOn", c.endsOn()),
        dates(c, today),
        c.territory().isEmpty()
            ? TERRITORY_MISSING.because(
                "territory",
                "an agreement names at least one département that its orders may be for",
                "list their INSEE codes, such as 23 or 2A")
            : null,
        key(c.shares()));
  }

  private @Nullable Refusal unknownFunder(List<Share> shares) {
    for (Share share : shares) {
      if (register.funder(share.funder()) == null) {
        return UNKNOWN_FUNDER.because(
            "shares",
            "funder %s is not registered".formatted(share.funder()),
            "register it first or correct the identifier");
      }
    }
    return null;
  }

  private static @Nullable Refusal dates(SignAgreement c, LocalDate today) {
    if (c.signedOn().isAfter(today)) {
      return SIGNED_IN_FUTURE.because(
          "signedOn",
          "an agreement is recorded once it is signed, signedOn is %s and today is %s"
              .formatted(c.signedOn(), today),
          "correct the date or record it on that day");
    }
    if (c.endsOn().isBefore(c.startsOn())) {
      return PERIOD_REVERSED.because(
          "endsOn",
          "a period ends on its first day or later, %s is before %s"
              .formatted(c.endsOn(), c.startsOn()),
          "correct one of the dates");
    }
    if (c.signedOn().isAfter(c.endsOn())) {
      return SIGNED_AFTER_PERIOD.because(
          "signedOn",
          "an agreement is signed before its period is over, %s is after %s"
              .formatted(c.signedOn(), c.endsOn()),
          "correct one of the dates");
    }
    return null;
  }

  private static @Nullable Refusal key(List<Share> shares) {
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
}
