package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.funding.FundingRefusal.AGREEMENT_ALREADY_SIGNED;
import static fr.passnumerique.clearing.funding.FundingRefusal.UNKNOWN_PROGRAMME;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Looks at the agreement's own identifier, and at its programme and funders being known. */
final class SignAgreementDecision implements Decider<SignAgreement, AgreementSigned> {
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
    FundingRegister.Agreement signed = register.agreement(c.agreement());
    if (signed != null) {
      return Decision.known(
          signed.position(),
          wanted,
          AGREEMENT_ALREADY_SIGNED.because(
              "agreement",
              "agreement %s is signed with other contents".formatted(c.agreement()),
              "choose another identifier for another agreement"));
    }
    Refusal refusal =
        Bounds.first(
            register.programme(c.programme()) != null
                ? null
                : UNKNOWN_PROGRAMME.because(
                    "programme",
                    "programme %s is not defined".formatted(c.programme()),
                    "define it first or correct the identifier"),
            ProposedTerms.of(c).refusal(register, Paris.dayOf(receivedAt)));
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    Set<String> looked = new HashSet<>(wanted.tags());
    looked.add("programme:" + c.programme());
    looked.addAll(ProposedTerms.of(c).looked());
    return Decision.accept(wanted, Boundary.of(looked), wanted);
  }
}
