package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.distribution.DistributionRefusal.ALREADY_HANDED_OUT;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.CHOSEN_TWICE;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.HANDED_OUT_AFTER_END;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.HANDED_OUT_BEFORE_DELIVERY;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.HANDED_OUT_IN_FUTURE;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.HAND_OUT_ALREADY_RECORDED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.NOTHING_CHOSEN;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.NOT_IN_BATCH;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.NOT_IN_STOCK;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.PUBLIC_NOT_ELIGIBLE;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.TOO_MANY_CHOICES;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.UNKNOWN_BATCH;

import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.issuance.SumOfCheques;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the batches (who holds their cheques, which are handed out) and at the prescriber being
 * known. Deliveries and hand-outs change their batches, so no cheque is handed out twice.
 */
final class HandOutChequesDecision implements Decider<HandOutCheques, ChequesHandedOut> {
  /** One person gets a few carnets; single cheques come one by one. */
  static final int MOST_CHOICES = 1_000;

  private static final Comparator<ChequeRange> BY_SERIAL =
      Comparator.<ChequeRange>comparingInt(range -> range.batch().number())
          .thenComparingInt(ChequeRange::first);

  private final DistributionRegister register;

  HandOutChequesDecision(DistributionRegister register) {
    this.register = register;
  }

  /** What the choices come to: ranges in order of serial, those that touch joined, or a refusal. */
  private record Chosen(List<ChequeRange> cheques, @Nullable Refusal refusal) {
    Chosen(Refusal refusal) {
      this(List.of(), refusal);
    }
  }

  @Override
  public Class<HandOutCheques> command() {
    return HandOutCheques.class;
  }

  @Override
  public Decision<ChequesHandedOut> decide(HandOutCheques c, Instant receivedAt) {
    Chosen chosen = chosen(c);
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
            : refusal(c, chosen.cheques(), ParisCalendar.dayOf(receivedAt));
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
            shares(chosen.cheques()));
    Set<String> looked = new HashSet<>(fact.tags());
    looked.add("prescriber:" + c.prescriber());
    return Decision.accept(fact, Boundary.of(looked), fact);
  }

  private static Decision.Reply<ChequesHandedOut> reply(
      ChequesHandedOut recorded, HandOutCheques c, List<ChequeRange> cheques) {
    boolean same =
        recorded.cheques().equals(cheques)
            && recorded.handedOutOn().equals(c.handedOutOn())
            && recorded.publicCode().equals(c.publicCode());
    return same
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            HAND_OUT_ALREADY_RECORDED.because(
                "handOut",
                "hand-out %s is recorded with other contents".formatted(c.handOut()),
                "choose another identifier for another hand-out"));
  }

  private Chosen chosen(HandOutCheques c) {
    if (c.choices().isEmpty()) {
      return new Chosen(
          NOTHING_CHOSEN.because(
              "", "a hand-out names at least one cheque", "give carnets or cheques"));
    }
    if (c.choices().size() > MOST_CHOICES) {
      return new Chosen(
          TOO_MANY_CHOICES.because(
              "",
              "a hand-out to one person names at most %d carnets or cheques one by one, got %d"
                  .formatted(MOST_CHOICES, c.choices().size()),
              "name ranges, or record a hand-out for each person"));
    }
    for (Choice choice : c.choices()) {
      if (register.batch(choice.batch()) == null) {
        return new Chosen(
            UNKNOWN_BATCH.because(
                "batch",
                "batch %s is not issued".formatted(choice.batch()),
                "copy the first five characters of a cheque"));
      }
    }
    List<ChequeRange> ranges = new ArrayList<>();
    for (Choice choice : c.choices()) {
      ChequeRange range = range(choice, stock(choice.batch()).issued());
      if (range == null) {
        return new Chosen(notInBatch(choice, stock(choice.batch()).issued()));
      }
      ranges.add(range);
    }
    ranges.sort(BY_SERIAL);
    return joined(ranges);
  }

  /** Null if the choice is reversed or leaves the batch. */
  private static @Nullable ChequeRange range(Choice choice, ChequesIssued batch) {
    return switch (choice) {
      case Choice.Cheques(var id, int first, int last) ->
          first < 1 || last < first || last > batch.chequeCount()
              ? null
              : new ChequeRange(id, first, last);
      case Choice.Carnets(var id, int first, int last) -> {
        int perCarnet = batch.chequesPerCarnet();
        yield first < 1 || last < first || last > batch.chequeCount() / perCarnet
            ? null
            : new ChequeRange(id, (first - 1) * perCarnet + 1, last * perCarnet);
      }
    };
  }

  private static Refusal notInBatch(Choice choice, ChequesIssued batch) {
    return switch (choice) {
      case Choice.Cheques(var id, int first, int last) ->
          NOT_IN_BATCH.because(
              "cheques",
              "batch %s has cheques 1 to %d, got %d to %d"
                  .formatted(id, batch.chequeCount(), first, last),
              "give ordinals of the batch, the lower first");
      case Choice.Carnets(var id, int first, int last) ->
          NOT_IN_BATCH.because(
              "carnets",
              "batch %s has carnets 1 to %d, got %d to %d"
                  .formatted(id, batch.chequeCount() / batch.chequesPerCarnet(), first, last),
              "give numbers of the batch's carnets, the lower first");
    };
  }

  private static Chosen joined(List<ChequeRange> sorted) {
    List<ChequeRange> joined = new ArrayList<>();
    for (ChequeRange range : sorted) {
      ChequeRange before = joined.isEmpty() ? null : joined.getLast();
      if (before == null || !before.batch().equals(range.batch())) {
        joined.add(range);
      } else if (range.first() <= before.last()) {
        return new Chosen(
            CHOSEN_TWICE.because(
                "cheques",
                "a hand-out names each cheque once, %s is named twice"
                    .formatted(new Serial(range.batch(), range.first())),
                "leave it out once"));
      } else if (range.first() == before.last() + 1) {
        joined.removeLast();
        joined.add(new ChequeRange(range.batch(), before.first(), range.last()));
      } else {
        joined.add(range);
      }
    }
    return new Chosen(List.copyOf(joined), null);
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
    return refusal != null ? refusal : publicCode(c, cheques);
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

  private List<FundedCents> shares(List<ChequeRange> cheques) {
    SumOfCheques sum = new SumOfCheques();
    cheques.forEach(range -> sum.add(stock(range.batch()).cents(), range.first(), range.last()));
    return sum.shares();
  }

  private BatchStock stock(Batch batch) {
    BatchStock stock = register.batch(batch);
    if (stock == null) {
      throw new IllegalStateException("no fact issues batch " + batch);
    }
    return stock;
  }
}
