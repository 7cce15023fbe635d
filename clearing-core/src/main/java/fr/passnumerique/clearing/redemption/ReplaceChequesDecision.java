package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.ChequesIssued.Inherited;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.issuance.SumOfCheques;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.redemption.ChequesReplaced.KeptDay;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces opposed cheques. Two facts, recorded together: the replacement batch is issued, and the
 * old cheques are replaced by it.
 *
 * <p>Its boundary: the replacement's own name, which is one of the orders'; the batch numbers; the
 * agreement and the old batch (opposed, replaced, expired, refunded); and the old cheques one by
 * one, since a withdrawn slip changes them.
 */
final class ReplaceChequesDecision implements Decider<ReplaceCheques, ChequesReplaced> {
  /** A replacement names each cheque; more are several replacements. */
  static final int MOST_CHEQUES = 10_000;

  private final RedemptionRegister register;
  private final Opposing opposing;
  private final String checkKeyName;

  /**
   * @param checkKeyName of the key under which batches are issued from now on
   */
  ReplaceChequesDecision(RedemptionRegister register, String checkKeyName) {
    this.register = register;
    this.opposing = new Opposing(register);
    this.checkKeyName = checkKeyName;
  }

  @Override
  public Class<ReplaceCheques> command() {
    return ReplaceCheques.class;
  }

  @Override
  public Decision<ChequesReplaced> decide(ReplaceCheques c, Instant receivedAt) {
    Opposing.Asked asked = opposing.asked(c.cheques(), c.prescriber());
    long recorded = register.replacement(c.replacement());
    if (recorded != 0) {
      return new Decision.Known<>(
          recorded, fact -> reply((ChequesReplaced) fact, serials(asked.cheques()), c));
    }
    Refusal unknown = asked.refusal();
    if (unknown == null && c.prescriber().isPresent()) {
      unknown = opposing.foreign(asked.cheques(), c.prescriber().get());
    }
    if (unknown != null) {
      return Decision.refuse(unknown);
    }
    if (register.isOrder(c.replacement())) {
      return Decision.refuse(taken(c.replacement(), "is the name of an order"));
    }
    List<Serial> old = serials(asked.cheques());
    Refusal refusal = refusal(old, asked, Paris.dayOf(receivedAt));
    return refusal != null
        ? Decision.refuse(refusal)
        : replace(c, old, asked.cheques(), Paris.dayOf(receivedAt));
  }

  private static List<Serial> serials(List<ChequeRange> ranges) {
    List<Serial> serials = new ArrayList<>();
    for (ChequeRange range : ranges) {
      for (int ordinal = range.first(); ordinal <= range.last(); ordinal++) {
        serials.add(new Serial(range.batch(), ordinal));
      }
    }
    return serials;
  }

  private static Decision.Reply<ChequesReplaced> reply(
      ChequesReplaced recorded, List<Serial> asked, ReplaceCheques c) {
    return recorded.replaced().equals(asked)
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(taken(c.replacement(), "is recorded for other cheques"));
  }

  private static Refusal taken(OrderId replacement, String how) {
    return OppositionRefusal.REPLACEMENT_NAME_TAKEN.because(
        "replacement",
        "%s %s".formatted(replacement, how),
        "choose another identifier for another replacement");
  }

  private @Nullable Refusal refusal(List<Serial> old, Opposing.Asked asked, LocalDate today) {
    Batch batch = old.getFirst().batch();
    Optional<Batch> another =
        old.stream().map(Serial::batch).filter(one -> !one.equals(batch)).findFirst();
    if (another.isPresent()) {
      return OppositionRefusal.SEVERAL_BATCHES.because(
          "cheques",
          "a replacement batch keeps the rules of one batch, these cheques are of %s and of %s"
              .formatted(batch, another.get()),
          "send one replacement for each batch");
    }
    if (asked.count() > MOST_CHEQUES) {
      return OppositionRefusal.TOO_MANY_NAMED.because(
          "cheques",
          "at most %d cheques are replaced at once, got %d".formatted(MOST_CHEQUES, asked.count()),
          "send several replacements");
    }
    IssuedBatch issued = register.known(batch);
    for (Serial cheque : old) {
      int ordinal = cheque.ordinal();
      if (issued.isReplaced(ordinal)) {
        return OppositionRefusal.ALREADY_REPLACED.because(
            "cheques",
            "a cheque is replaced once, %s is already".formatted(cheque),
            "leave it out, or oppose and replace the new one");
      }
      if (!issued.isOpposed(ordinal)
          || issued.isVoid(ordinal)
          || issued.dayRedeemed(ordinal) != IssuedBatch.NEVER) {
        return OppositionRefusal.NOT_OPPOSED.because(
            "cheques",
            "only an opposed cheque that nobody was paid for is replaced, %s is none"
                .formatted(cheque),
            "oppose it first, or leave it out; a cheque that a venue presented before is the"
                + " venue's, and not replaced");
      }
    }
    LocalDate over = issued.lastDayOfAll();
    if (issued.isExpired() || today.isAfter(over)) {
      return OppositionRefusal.NOTHING_LEFT.because(
          "cheques",
          "cheques of batch %s could be used until %s: what was due back for them is the funders'"
              .formatted(batch, over),
          "hand out cheques of a later order");
    }
    return null;
  }

  private Decision<ChequesReplaced> replace(
      ReplaceCheques c, List<Serial> old, List<ChequeRange> asked, LocalDate today) {
    IssuedBatch issued = register.known(old.getFirst().batch());
    ChequesIssued rules = issued.issued();
    Batch batch = Batch.of(register.lastBatch() + 1);
    SumOfCheques titles = new SumOfCheques();
    SumOfCheques setAside = new SumOfCheques();
    List<ChequeRange> activated = new ArrayList<>();
    List<KeptDay> lastDays = new ArrayList<>();
    List<Integer> ordinals = new ArrayList<>();
    int next = 1;
    for (Serial cheque : old) {
      int ordinal = cheque.ordinal();
      ordinals.add(issued.seat(ordinal));
      titles.add(issued.cents(), ordinal, ordinal);
      if (issued.isActivated(ordinal)) {
        setAside.add(issued.cents(), ordinal, ordinal);
        join(activated, new ChequeRange(batch, next, next));
      }
      if (issued.dayHandedOut(ordinal) != IssuedBatch.NEVER || issued.keepsLastDay(ordinal)) {
        keep(
            lastDays,
            new ChequeRange(batch, next, next),
            LocalDate.ofEpochDay(issued.lastServiceDay(ordinal)));
      }
      next++;
    }
    ChequesIssued issue =
        new ChequesIssued(
            c.replacement(),
            rules.agreement(),
            rules.programme(),
            rules.keyVersion(),
            batch,
            old.size(),
            rules.faceValueCents(),
            // Loose cheques, delivered one by one; they count with the carnet that they are of.
            1,
            rules.validityDays(),
            rules.presentationWindowDays(),
            rules.endsOn(),
            rules.toleranceDays(),
            rules.eligiblePublics(),
            rules.eligibleServices(),
            rules.territory(),
            rules.chequesPerVisit(),
            rules.conflictOfInterest(),
            rules.fundingDepartement(),
            rules.firstCent(),
            rules.splitAlgorithm(),
            rules.splitAlgorithmVersion(),
            checkKeyName,
            today,
            titles.shares(),
            Optional.of(new Inherited(issued.root().issued().batch(), ordinals)),
            Optional.empty());
    ChequesReplaced fact =
        new ChequesReplaced(
            c.replacement(),
            c.by(),
            batch,
            old,
            titles.shares(),
            activated,
            setAside.shares(),
            lastDays);
    Set<String> looked = new HashSet<>(fact.tags());
    looked.addAll(issue.tags());
    return new Decision.Accept<>(
        List.of(issue, fact), new Boundary(looked, Opposing.keys(asked)), fact);
  }

  private static void join(List<ChequeRange> ranges, ChequeRange next) {
    ChequeRange before = ranges.isEmpty() ? null : ranges.getLast();
    if (before != null && before.last() + 1 == next.first()) {
      ranges.removeLast();
      ranges.add(new ChequeRange(next.batch(), before.first(), next.last()));
    } else {
      ranges.add(next);
    }
  }

  private static void keep(List<KeptDay> days, ChequeRange next, LocalDate lastDay) {
    KeptDay before = days.isEmpty() ? null : days.getLast();
    if (before != null
        && before.lastDay().equals(lastDay)
        && before.cheques().last() + 1 == next.first()) {
      days.removeLast();
      days.add(
          new KeptDay(
              new ChequeRange(next.batch(), before.cheques().first(), next.last()), lastDay));
    } else {
      days.add(new KeptDay(next, lastDay));
    }
  }
}
