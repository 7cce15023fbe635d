package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.distribution.DistributionRefusal.ALREADY_HANDED_OUT;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.ALREADY_REDEEMED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.BATCH_EXPIRED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.CORRECTION_ALREADY_RECORDED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.NOT_HANDED_OUT;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.NOT_IN_STOCK;

import fr.passnumerique.clearing.distribution.Choosing.Chosen;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Corrects deliveries and hand-outs. Its boundary: the correction's name, the batches (who holds
 * what, what is handed out, opposed or expired), the prescriber being known, and one by one the
 * cheques, since a slip that redeems one does not touch its batch.
 */
final class TakeBackDecision implements Decider<TakeBack, Fact> {
  private final DistributionRegister register;
  private final Choosing choosing;

  TakeBackDecision(DistributionRegister register) {
    this.register = register;
    this.choosing = new Choosing(register);
  }

  static String tag(PrescriberId prescriber, CorrectionId correction) {
    return "correction:" + prescriber + "/" + correction;
  }

  @Override
  public Class<TakeBack> command() {
    return TakeBack.class;
  }

  @Override
  public Decision<Fact> decide(TakeBack c, Instant receivedAt) {
    Chosen chosen = choosing.chosen(c.choices());
    long recorded = register.correction(c.prescriber(), c.correction());
    if (recorded > 0) {
      return new Decision.Known<>(recorded, fact -> reply(fact, c, chosen.cheques()));
    }
    if (register.prescriber(c.prescriber()) == null) {
      return Decision.refuse(DeliverChequesDecision.unknown(c.prescriber()));
    }
    Refusal refusal = chosen.refusal() != null ? chosen.refusal() : refusal(c, chosen.cheques());
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    Fact fact = fact(c, chosen.cheques());
    Set<String> looked = new HashSet<>(fact.tags());
    looked.add("prescriber:" + c.prescriber());
    return Decision.accept(fact, new Boundary(looked, keys(chosen.cheques())), fact);
  }

  private Fact fact(TakeBack c, List<ChequeRange> cheques) {
    return switch (c.step()) {
      case DELIVERY ->
          new StockReturned(c.correction(), c.prescriber(), cheques, choosing.shares(cheques));
      case HAND_OUT ->
          new HandOutCorrected(c.correction(), c.prescriber(), cheques, choosing.shares(cheques));
    };
  }

  private static Decision.Reply<Fact> reply(Fact recorded, TakeBack c, List<ChequeRange> cheques) {
    boolean same =
        switch (recorded) {
          case StockReturned f -> c.step() == TakeBack.Step.DELIVERY && f.cheques().equals(cheques);
          case HandOutCorrected f ->
              c.step() == TakeBack.Step.HAND_OUT && f.cheques().equals(cheques);
          default -> false;
        };
    return same
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            CORRECTION_ALREADY_RECORDED.because(
                "correction",
                "correction %s is recorded with other contents".formatted(c.correction()),
                "choose another identifier for another correction"));
  }

  private @Nullable Refusal refusal(TakeBack c, List<ChequeRange> cheques) {
    for (ChequeRange range : cheques) {
      BatchStock stock = choosing.stock(range.batch());
      if (stock.isExpired()) {
        return BATCH_EXPIRED.because(
            "cheques",
            "batch %s has expired, and nothing of it is moved any more".formatted(range.batch()),
            "leave its cheques out");
      }
      int foreign = stock.notHeldWithin(range, c.prescriber());
      if (foreign > 0) {
        return NOT_IN_STOCK.because(
            "cheques",
            "only what was delivered to prescriber %s is taken back from it, %s was not"
                .formatted(c.prescriber(), new Serial(range.batch(), foreign)),
            "check the serial in the stock register");
      }
      int opposed = stock.opposedWithin(range);
      if (opposed > 0) {
        return DeliverChequesDecision.opposed(new Serial(range.batch(), opposed), "cheques");
      }
      Refusal refusal =
          switch (c.step()) {
            case DELIVERY -> handedOut(stock, range);
            case HAND_OUT -> notHandedOut(stock, range);
          };
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static @Nullable Refusal handedOut(BatchStock stock, ChequeRange range) {
    int given = stock.handedOutWithin(range);
    return given == 0
        ? null
        : ALREADY_HANDED_OUT.because(
            "cheques",
            "only what is in stock is returned, %s is handed out"
                .formatted(new Serial(range.batch(), given)),
            "leave it out, or correct its hand-out first");
  }

  private static @Nullable Refusal notHandedOut(BatchStock stock, ChequeRange range) {
    int kept = stock.notHandedOutWithin(range);
    if (kept > 0) {
      return NOT_HANDED_OUT.because(
          "cheques",
          "only a recorded hand-out is corrected, %s is not handed out"
              .formatted(new Serial(range.batch(), kept)),
          "leave it out");
    }
    int redeemed = stock.redeemedWithin(range);
    return redeemed == 0
        ? null
        : ALREADY_REDEEMED.because(
            "cheques",
            "the hand-out of a cheque that a venue accepted stands, %s was redeemed"
                .formatted(new Serial(range.batch(), redeemed)),
            "leave it out");
  }

  private static long[] keys(List<ChequeRange> cheques) {
    return cheques.stream()
        .flatMapToLong(
            range ->
                LongStream.rangeClosed(
                    new Serial(range.batch(), range.first()).key(),
                    new Serial(range.batch(), range.last()).key()))
        .toArray();
  }
}
