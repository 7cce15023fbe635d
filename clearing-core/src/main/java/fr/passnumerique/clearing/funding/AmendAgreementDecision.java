package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.funding.FundingRefusal.AMENDMENT_ALREADY_SIGNED;
import static fr.passnumerique.clearing.funding.FundingRefusal.AMENDMENT_OUT_OF_ORDER;
import static fr.passnumerique.clearing.funding.FundingRefusal.AMENDMENT_RETROACTIVE;
import static fr.passnumerique.clearing.funding.FundingRefusal.CEILING_BELOW_ISSUED;
import static fr.passnumerique.clearing.funding.FundingRefusal.PRE_FINANCIER_CHANGED;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the amendment's own identifier, at its agreement's terms so far and what is issued under
 * them, and at the funders being known. Amendments and orders change their agreement, so two never
 * get the same key version, and nothing is issued meanwhile above a ceiling that is lowered.
 */
final class AmendAgreementDecision implements Decider<AmendAgreement, AgreementAmended> {
  private final FundingRegister register;

  AmendAgreementDecision(FundingRegister register) {
    this.register = register;
  }

  @Override
  public Class<AmendAgreement> command() {
    return AmendAgreement.class;
  }

  @Override
  public Decision<AgreementAmended> decide(AmendAgreement c, Instant receivedAt) {
    Long recorded = register.amendment(c.amendment());
    if (recorded != null) {
      return new Decision.Known<>(recorded, fact -> reply((AgreementAmended) fact, c));
    }
    FundingRegister.Agreement agreement = register.agreement(c.agreement());
    if (agreement == null) {
      return Decision.refuse(RecordReceiptDecision.unknown("agreement", c.agreement()));
    }
    Refusal refusal =
        Bounds.first(
            ProposedTerms.of(c).refusal(register, Paris.dayOf(receivedAt)),
            Bounds.day("inForceFrom", c.inForceFrom()),
            order(c, agreement.latest()),
            preFinanciers(c.shares(), agreement),
            ceilings(c));
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    AgreementAmended amended = amended(c, agreement.latest().keyVersion() + 1);
    Set<String> looked = new HashSet<>(amended.tags());
    looked.addAll(ProposedTerms.of(c).looked());
    return Decision.accept(amended, Boundary.of(looked), amended);
  }

  private static AgreementAmended amended(AmendAgreement c, int keyVersion) {
    return new AgreementAmended(
        c.amendment(),
        c.agreement(),
        keyVersion,
        c.signedOn(),
        c.inForceFrom(),
        c.startsOn(),
        c.endsOn(),
        c.territory().stream().sorted().toList(),
        c.shares());
  }

  private static Decision.Reply<AgreementAmended> reply(
      AgreementAmended recorded, AmendAgreement c) {
    return recorded.equals(amended(c, recorded.keyVersion()))
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            AMENDMENT_ALREADY_SIGNED.because(
                "amendment",
                "amendment %s is signed with other contents".formatted(c.amendment()),
                "choose another identifier for another amendment"));
  }

  private static @Nullable Refusal order(AmendAgreement c, AgreementTerms before) {
    if (c.inForceFrom().isBefore(c.signedOn())) {
      return AMENDMENT_RETROACTIVE.because(
          "inForceFrom",
          "an amendment governs later orders only, %s is before its signature on %s"
              .formatted(c.inForceFrom(), c.signedOn()),
          "give the day of its signature or a later one");
    }
    return before.keyVersion() > 1 && c.inForceFrom().isBefore(before.inForceFrom())
        ? AMENDMENT_OUT_OF_ORDER.because(
            "inForceFrom",
            "version %d of agreement %s is in force from %s, a later amendment cannot be from %s"
                .formatted(
                    before.keyVersion(), c.agreement(), before.inForceFrom(), c.inForceFrom()),
            "give the same day to replace it, or a later one")
        : null;
  }

  /**
   * A ceiling counts what is issued under all versions: one below that would be broken already.
   * Whoever is left out of the key has none; what was issued at its cost stays its own.
   *
   * <p>Orders between this day and the one from which the amendment is in force are not bound by
   * it, since an amendment governs later issuances only: they may pass its ceiling, and nothing
   * more is issued then. The road not taken, to hold them to both, would have an amendment that is
   * to lower a ceiling next year lower it today.
   */
  private @Nullable Refusal ceilings(AmendAgreement c) {
    for (Share share : c.shares()) {
      long issued = register.issuedCents(c.agreement(), share.funder());
      if (share.ceilingCents() < issued) {
        return CEILING_BELOW_ISSUED
            .because(
                "ceilingCents",
                "cheques for %s of funder %s are issued under agreement %s, a ceiling of %s is below"
                    .formatted(
                        new Cents(issued).inEnglish(),
                        share.funder(),
                        c.agreement(),
                        new Cents(share.ceilingCents()).inEnglish()),
                "give at least what is issued, so that nothing more is; or leave the funder out of"
                    + " the key")
            .withValue(Long.toString(share.ceilingCents()));
      }
    }
    return null;
  }

  /** So that what a funder pays for used cheques is always owed to one and the same. */
  private static @Nullable Refusal preFinanciers(
      List<Share> shares, FundingRegister.Agreement agreement) {
    for (Share share : shares) {
      FunderId named = share.preFinancier().orElse(null);
      FunderId before = agreement.preFinancierOf(share.funder());
      if (named != null && before != null && !named.equals(before)) {
        return PRE_FINANCIER_CHANGED.because(
            "preFinancier",
            "%s advances the share of funder %s in agreement %s and stays its pre-financier, got %s"
                .formatted(before, share.funder(), agreement.signed().agreement(), named),
            "name %s, or sign another agreement".formatted(before));
      }
    }
    return null;
  }
}
