package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.SubmitSlip;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.redemption.WithdrawSlip;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bugs in what decisions record and answer the first time. */
final class DecisionBugs {
  private DecisionBugs() {}

  static List<Supplier<Bug>> all() {
    return List.of(DecidedOnce::new, AnothersAnswer::new, RecordedOtherwise::new, AllReleased::new);
  }

  private static final class DecidedOnce extends DecisionBug<SubmitSlip, SlipJudged> {
    /** By the command itself: one sent again is another. */
    private final Map<SubmitSlip, Decision<SlipJudged>> first =
        Collections.synchronizedMap(new IdentityHashMap<>());

    DecidedOnce() {
      super("after a conflict what was decided first is recorded", SubmitSlip.class);
    }

    @Override
    Decision<SlipJudged> decided(
        SubmitSlip sent, Instant receivedAt, Decider<SubmitSlip, SlipJudged> decider, Seat seat) {
      return first.computeIfAbsent(sent, _ -> decider.decide(sent, receivedAt));
    }

    @Override
    Decision<SlipJudged> changed(SubmitSlip sent, Decision<SlipJudged> right, Seat seat) {
      return right;
    }
  }

  private static final class AnothersAnswer extends DecisionBug<SubmitSlip, SlipJudged> {
    private static final long SHARED_NANOS = 500_000;

    private final AtomicReference<@Nullable Answered> last = new AtomicReference<>();

    private record Answered(SlipJudged answer, long at) {}

    AnothersAnswer() {
      super("two slips that are decided at once share a field for the answer", SubmitSlip.class);
    }

    @Override
    Decision<SlipJudged> changed(SubmitSlip sent, Decision<SlipJudged> right, Seat seat) {
      if (!(right instanceof Decision.Accept<SlipJudged>(var facts, var boundary, var answer))) {
        return right;
      }
      Answered before = last.getAndSet(new Answered(answer, System.nanoTime()));
      if (before == null
          || System.nanoTime() - before.at() >= SHARED_NANOS
          || before.answer().lines().size() != answer.lines().size()) {
        return right;
      }
      return new Decision.Accept<>(facts, boundary, before.answer());
    }
  }

  private static final class RecordedOtherwise extends DecisionBug<SubmitSlip, SlipJudged> {
    RecordedOtherwise() {
      super("the last accepted line of a slip is answered and not recorded", SubmitSlip.class);
    }

    @Override
    Decision<SlipJudged> changed(SubmitSlip sent, Decision<SlipJudged> right, Seat seat) {
      if (!(right instanceof Decision.Accept<SlipJudged>(_, var boundary, var answer))
          || answer.acceptedCount() < 2) {
        return right;
      }
      List<SlipJudged.Line> lines = new ArrayList<>(answer.lines());
      for (int i = lines.size() - 1; i >= 0; i--) {
        SlipJudged.Line line = lines.get(i);
        if (line.rejected().isEmpty()) {
          lines.set(
              i,
              new SlipJudged.Line(
                  line.cheque(),
                  line.visit(),
                  Optional.of(Verdict.ALREADY_REDEEMED),
                  Optional.empty()));
          break;
        }
      }
      return new Decision.Accept<>(
          List.of(Slips.with(answer, answer.reference(), lines)), boundary, answer);
    }
  }

  private static final class AllReleased extends DecisionBug<WithdrawSlip, SlipWithdrawn> {
    AllReleased() {
      super("a withdrawal releases the cheques of rejected lines too", WithdrawSlip.class);
    }

    @Override
    Decision<SlipWithdrawn> changed(WithdrawSlip sent, Decision<SlipWithdrawn> right, Seat seat) {
      if (!(right instanceof Decision.Accept<SlipWithdrawn>(_, var boundary, var answer))) {
        return right;
      }
      List<Serial> all =
          sent.slip().lines().stream().flatMap(line -> line.cheque().stream()).toList();
      SlipWithdrawn released = Slips.with(answer, all);
      return new Decision.Accept<>(List.of(released), boundary, released);
    }
  }
}
