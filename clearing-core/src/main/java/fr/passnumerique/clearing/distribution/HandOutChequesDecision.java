package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.distribution.DistributionRefusal.ALREADY_HANDED_OUT;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.HANDED_OUT_AFTER_APPROVAL;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.HANDED_OUT_AFTER_END;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.HANDED_OUT_BEFORE_DELIVERY;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.HANDED_OUT_IN_FUTURE;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.HAND_OUT_ALREADY_RECORDED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.NOT_IN_STOCK;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.PUBLIC_NOT_ELIGIBLE;

import fr.passnumerique.clearing.distribution.Choosing.Chosen;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the batches (who holds their cheques, which are handed out) and at the prescriber being
 * known, at the end of their orders being approved, and at the person whose carnets are counted.
 * Deliveries and hand-outs change their batches, so no cheque is handed out twice; hand-outs to a
 * person name it, so no two at one moment are both its first.
 */
final class HandOutChequesDecision implements Decider<HandOutCheques, ChequesHandedOut> {
  private final DistributionRegister register;
  private final Choosing choosing;
  private final RenewalRule renewals;

  HandOutChequesDecision(DistributionRegister register) {
    this.register = register;
    this.choosing = new Choosing(register);
    this.renewals = new RenewalRule(register, choosing);
  }

  @Override
  public Class<HandOutCheques> command() {
    return HandOutCheques.class;
  }

  @Override
  public Decision<ChequesHandedOut> decide(HandOutCheques c, Instant receivedAt) {
    Chosen chosen = choosing.chosen(c.choices());
    long recorded = register.handOut(c.prescriber(), c.handOut());
    if (recorded > 0) {
      return new Decision.Known<>(
          recorded, fact -> reply((ChequesHandedOut) fact, c, chosen.cheques()));
    }
    if (register.prescriber(c.prescriber()) == null) {
      return Decision.refuse(DeliverChequesDecision.unknown(c.prescriber()));
    }
    Refusal refusal =
        chosen.refusal() != null
            ? chosen.refusal()
            : refusal(c, chosen.cheques(), Paris.dayOf(receivedAt));
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    ChequesHandedOut fact =
        new ChequesHandedOut(
            c.handOut(),
            c.prescriber(),
            chosen.cheques(),
            c.handedOutOn(),
            c.publicCode(),
            choosing.shares(chosen.cheques()),
            c.beneficiary());
    Set<String> looked = new HashSet<>(fact.tags());
    looked.add("prescriber:" + c.prescriber());
    chosen
        .cheques()
        .forEach(range -> looked.add("expiry:" + stock(range.batch()).issued().order()));
    return Decision.accept(fact, Boundary.of(looked), fact);
  }

  private static Decision.Reply<ChequesHandedOut> reply(
      ChequesHandedOut recorded, HandOutCheques c, List<ChequeRange> cheques) {
    boolean same =
        recorded.cheques().equals(cheques)
            && recorded.handedOutOn().equals(c.handedOutOn())
            && recorded.publicCode().equals(c.publicCode())
            && recorded.beneficiary().equals(c.beneficiary());
    return same
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            HAND_OUT_ALREADY_RECORDED.because(
                "handOut",
                "hand-out %s is recorded with other contents".formatted(c.handOut()),
                "choose another identifier for another hand-out"));
  }

  private @Nullable Refusal refusal(HandOutCheques c, List<ChequeRange> cheques, LocalDate today) {
    Refusal refusal = stock(c, cheques);
    if (refusal != null) {
      return refusal;
    }
    if (c.handedOutOn().isAfter(today)) {
      return HANDED_OUT_IN_FUTURE.because(
          "handedOutOn",
          "a hand-out is recorded once it is made, handedOutOn is %s and today is %s"
              .formatted(c.handedOutOn(), today),
          "correct the date or record it on that day");
    }
    refusal = days(c, cheques);
    if (refusal == null) {
      refusal = publicCode(c, cheques);
    }
    return refusal != null ? refusal : renewals.refusal(c, cheques);
  }

  private @Nullable Refusal stock(HandOutCheques c, List<ChequeRange> cheques) {
    for (ChequeRange range : cheques) {
      BatchStock stock = stock(range.batch());
      if (stock.isExpired()) {
        return DeliverChequesDecision.expired(stock.issued());
      }
    }
    for (ChequeRange range : cheques) {
      int missing = stock(range.batch()).notHeldWithin(range, c.prescriber());
      if (missing > 0) {
        return NOT_IN_STOCK.because(
            "cheques",
            "a prescriber hands out cheques of its own stock, %s was not delivered to %s"
                .formatted(new Serial(range.batch(), missing), c.prescriber()),
            "check the serial on the cheque, or have its delivery recorded first");
      }
    }
    for (ChequeRange range : cheques) {
      int given = stock(range.batch()).handedOutWithin(range);
      if (given > 0) {
        return ALREADY_HANDED_OUT.because(
            "cheques",
            "a cheque is handed out once, %s is already"
                .formatted(new Serial(range.batch(), given)),
            "check the serial on the cheque and leave it out");
      }
    }
    for (ChequeRange range : cheques) {
      int opposed = stock(range.batch()).opposedWithin(range);
      if (opposed > 0) {
        return DeliverChequesDecision.opposed(new Serial(range.batch(), opposed), "cheques");
      }
    }
    return null;
  }

  private @Nullable Refusal days(HandOutCheques c, List<ChequeRange> cheques) {
    for (ChequeRange range : cheques) {
      LocalDate deliveredOn = stock(range.batch()).deliveredOn(range);
      if (c.handedOutOn().isBefore(deliveredOn)) {
        return HANDED_OUT_BEFORE_DELIVERY.because(
            "handedOutOn",
            "cheques %d to %d of batch %s were delivered on %s, a hand-out on %s is before"
                .formatted(
                    range.first(), range.last(), range.batch(), deliveredOn, c.handedOutOn()),
            "correct the date");
      }
    }
    for (ChequeRange range : cheques) {
      LocalDate endsOn = stock(range.batch()).issued().endsOn();
      if (c.handedOutOn().isAfter(endsOn)) {
        return HANDED_OUT_AFTER_END.because(
            "handedOutOn",
            "cheques of batch %s could be handed out until %s, a hand-out on %s is after"
                .formatted(range.batch(), endsOn, c.handedOutOn()),
            "hand out cheques of a later order");
      }
    }
    for (ChequeRange range : cheques) {
      BatchStock stock = stock(range.batch());
      LocalDate blockedOn = stock.blockedOn();
      // On that day itself nobody can tell which came first.
      if (blockedOn != null && c.handedOutOn().isAfter(blockedOn)) {
        return HANDED_OUT_AFTER_APPROVAL.because(
            "handedOutOn",
            "all funders of order %s had approved by %s that its cheques are handed out no more, a hand-out on %s is after"
                .formatted(stock.issued().order(), blockedOn, c.handedOutOn()),
            "take the cheques back and hand out those of a later order");
      }
    }
    return null;
  }

  private @Nullable Refusal publicCode(HandOutCheques c, List<ChequeRange> cheques) {
    for (ChequeRange range : cheques) {
      ChequesIssued issued = stock(range.batch()).issued();
      List<String> publics = issued.eligiblePublics();
      if (publics.isEmpty() && !c.publicCode().isEmpty()) {
        return PUBLIC_NOT_ELIGIBLE.because(
            "publicCode",
            "programme %s names no publics, and none is recorded".formatted(issued.programme()),
            "leave publicCode empty");
      }
      if (!publics.isEmpty() && !publics.contains(c.publicCode())) {
        // What was sent is not repeated: it may tell of a person.
        return PUBLIC_NOT_ELIGIBLE.because(
            "publicCode",
            "programme %s is for %s, and publicCode is none of them"
                .formatted(issued.programme(), String.join(", ", publics)),
            "give one of these codes, or hand out cheques of another programme");
      }
    }
    return null;
  }

  private BatchStock stock(Batch batch) {
    return choosing.stock(batch);
  }
}
