package fr.passnumerique.clearing.issuance;

import static fr.passnumerique.clearing.issuance.IssuanceRefusal.ACTIVATION_ALREADY_RECORDED;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.ALREADY_ACTIVATED;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.BATCH_OVER;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.CASH_MISSING;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.COVER_BREACHED;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.NOT_IN_BATCH;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.OPPOSED;
import static fr.passnumerique.clearing.issuance.IssuanceRefusal.UNKNOWN_BATCH;

import fr.passnumerique.clearing.bookkeeping.FreeCredit;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the batch (which of its cheques are activated) and at its agreement (what each funder
 * has paid in and what is set aside, and whether its cover is broken). Receipts and activations
 * change the agreement, so the same cent is never set aside twice. And at what the bank has taken:
 * nobody knows yet whose it was.
 */
final class ActivateChequesDecision implements Decider<ActivateCheques, ChequesActivated> {
  /** Of every fact that says what the bank booked. */
  private static final String BANK = "bank";

  private final IssuanceRegister register;

  ActivateChequesDecision(IssuanceRegister register) {
    this.register = register;
  }

  @Override
  public Class<ActivateCheques> command() {
    return ActivateCheques.class;
  }

  @Override
  public Decision<ChequesActivated> decide(ActivateCheques c, Instant receivedAt) {
    Long recorded = register.activation(c.activation());
    IssuanceRegister.Issued issued = register.batch(c.batch());
    int last = c.lastOrdinal().orElseGet(() -> issued == null ? 0 : issued.fact().chequeCount());
    if (recorded != null) {
      return new Decision.Known<>(recorded, fact -> reply((ChequesActivated) fact, c, last));
    }
    if (issued == null) {
      return Decision.refuse(
          UNKNOWN_BATCH.because(
              "batch",
              "batch %s is not issued".formatted(c.batch()),
              "copy the batch from the order's answer or from a cheque"));
    }
    int first = c.firstOrdinal();
    Refusal refusal = refusal(issued, first, last, Paris.dayOf(receivedAt));
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    ChequesActivated fact =
        new ChequesActivated(
            c.activation(),
            issued.fact().agreement(),
            c.batch(),
            first,
            last,
            issued.cents().shares(first, last));
    Set<String> looked = new HashSet<>(fact.tags());
    looked.add(BANK);
    return Decision.accept(fact, Boundary.of(looked), fact);
  }

  private static Decision.Reply<ChequesActivated> reply(
      ChequesActivated recorded, ActivateCheques c, int last) {
    boolean same =
        recorded.batch().equals(c.batch())
            && recorded.firstOrdinal() == c.firstOrdinal()
            && recorded.lastOrdinal() == last;
    return same
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            ACTIVATION_ALREADY_RECORDED.because(
                "activation",
                "activation %s is recorded for other cheques".formatted(c.activation()),
                "choose another identifier for another activation"));
  }

  private @Nullable Refusal refusal(
      IssuanceRegister.Issued issued, int first, int last, LocalDate today) {
    ChequesIssued batch = issued.fact();
    if (first < 1 || last < first || last > batch.chequeCount()) {
      return NOT_IN_BATCH.because(
          first < 1 ? "firstOrdinal" : "lastOrdinal",
          "batch %s has cheques 1 to %d, got %d to %d"
              .formatted(batch.batch(), batch.chequeCount(), first, last),
          "give ordinals of the batch, the lower first");
    }
    LocalDate over = batch.lastServiceDay();
    if (today.isAfter(over)) {
      return BATCH_OVER.because(
          "batch",
          "cheques of batch %s could be used until %s, today is %s"
              .formatted(batch.batch(), over, today),
          "order new cheques");
    }
    int activated = issued.activatedWithin(first, last);
    if (activated > 0) {
      return ALREADY_ACTIVATED.because(
          activated == first ? "firstOrdinal" : "lastOrdinal",
          "a cheque is activated once, %s is already"
              .formatted(new Serial(batch.batch(), activated)),
          "leave it out");
    }
    int opposed = issued.opposedWithin(first, last);
    if (opposed > 0) {
      return OPPOSED.because(
          opposed == first ? "firstOrdinal" : "lastOrdinal",
          "no cash is set aside for a cheque that was reported lost or stolen, %s was"
              .formatted(new Serial(batch.batch(), opposed)),
          "leave it out");
    }
    Refusal breached = breach(issued.fact());
    return breached == null ? cash(issued, first, last) : breached;
  }

  private @Nullable Refusal breach(ChequesIssued batch) {
    FreeCredit.Missing missing = register.credit().breach(batch.agreement()).orElse(null);
    if (missing != null) {
      return COVER_BREACHED.because(
          "",
          "cover of agreement %s is broken: %s of funder %s are missing for what is activated already"
              .formatted(
                  batch.agreement(), new Cents(missing.cents()).inEnglish(), missing.funder()),
          "have the funder pay in, or transfer its credit from another agreement");
    }
    return register
        .credit()
        .breachOfAccount()
        .map(
            taken ->
                COVER_BREACHED.because(
                    "",
                    "the bank has taken %s from the ring-fenced account that nobody has explained"
                        .formatted(taken.inEnglish()),
                    "explain each of these debits by matchBankEntry: name the `transfer` that it"
                        + " pays; of fees or a mistake, have the operator or the bank pay in the"
                        + " very same amount, and give that entry as `against`; of a funder's"
                        + " credit that it has taken back, give as much back (giveBackCredit),"
                        + " record its note as refunded (refundCreditNote), and name it as"
                        + " `creditNote`"))
        .orElse(null);
  }

  private @Nullable Refusal cash(IssuanceRegister.Issued issued, int first, int last) {
    Needed lacking = lacking(issued, first, last);
    if (lacking == null) {
      return null;
    }
    int covered = covered(issued, first, last);
    return CASH_MISSING
        .because(
            "lastOrdinal",
            "cheques %d to %d of batch %s take %s of funder %s, which has %s paid in for agreement %s and not yet set aside: %s are missing"
                .formatted(
                    first,
                    last,
                    issued.fact().batch(),
                    new Cents(lacking.cents()).inEnglish(),
                    lacking.owner(),
                    new Cents(lacking.free()).inEnglish(),
                    issued.fact().agreement(),
                    new Cents(lacking.cents() - lacking.free()).inEnglish()),
            covered < first
                ? "record its receipt first"
                : "record its receipt first, or activate cheques %d to %d"
                    .formatted(first, covered))
        .withValue(Integer.toString(last));
  }

  /** What cheques take of the cash of one owner, and what it has. */
  private record Needed(FunderId owner, long cents, long free) {}

  /** The first in the key's order whose cash does not cover these cheques; null if all do. */
  private @Nullable Needed lacking(IssuanceRegister.Issued issued, int first, int last) {
    CentsOfCheques cents = issued.cents();
    long[] totals = new long[cents.funders()];
    cents.addTo(totals, first, last);
    for (Map.Entry<FunderId, Long> of : issued.needed(totals).entrySet()) {
      long free = register.credit().cents(issued.fact().agreement(), of.getKey());
      if (of.getValue() > free) {
        return new Needed(of.getKey(), of.getValue(), free);
      }
    }
    return null;
  }

  /** The last of these cheques up to which the cash would do; first − 1 if it does for none. */
  private int covered(IssuanceRegister.Issued issued, int first, int last) {
    int enough = first - 1;
    int tooMany = last;
    while (tooMany - enough > 1) {
      int middle = enough + (tooMany - enough) / 2;
      if (lacking(issued, first, middle) == null) {
        enough = middle;
      } else {
        tooMany = middle;
      }
    }
    return enough;
  }
}
