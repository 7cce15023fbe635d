package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.SubmitSlip;
import fr.passnumerique.clearing.redemption.WithdrawSlip;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bugs in what is answered to a command that is sent again. */
final class RetryBugs {
  private RetryBugs() {}

  static List<Supplier<Bug>> all() {
    return List.of(
        Forgetting::new,
        Recomputing::new,
        OtherPosition::new,
        FreeAfterWithdrawal::new,
        SameForAll::new,
        WithdrawnAgain::new);
  }

  /** Decides on slips anew where they are recorded. */
  private abstract static class Anew extends DecisionBug<SubmitSlip, SlipJudged> {
    private final AtomicInteger decided = new AtomicInteger();

    Anew(String name) {
      super(name, SubmitSlip.class);
    }

    @Override
    final Decision<SlipJudged> decided(
        SubmitSlip sent, Instant receivedAt, Decider<SubmitSlip, SlipJudged> decider, Seat seat) {
      Decision<SlipJudged> right = decider.decide(sent, receivedAt);
      return right instanceof Decision.Known<SlipJudged> known
          ? again(sent, known, () -> anew(sent, receivedAt, decider, seat), seat)
          : right;
    }

    /** In the place of what is right: the recorded answer. */
    abstract Decision<SlipJudged> again(
        SubmitSlip sent,
        Decision.Known<SlipJudged> right,
        Supplier<Decision<SlipJudged>> anew,
        Seat seat);

    /** As if the reference had never been used. */
    private Decision<SlipJudged> anew(
        SubmitSlip sent, Instant receivedAt, Decider<SubmitSlip, SlipJudged> decider, Seat seat) {
      SlipReference unused =
          new SlipReference(sent.reference() + "-again-" + decided.incrementAndGet());
      SubmitSlip other = seat.desk().get().prepare(sent.venue(), unused, sent.lines());
      if (!(decider.decide(other, receivedAt)
          instanceof Decision.Accept<SlipJudged>(_, var boundary, SlipJudged answer))) {
        throw new IllegalStateException("a slip that was taken is not taken anew: " + sent);
      }
      SlipJudged judged = Slips.with(answer, sent.reference(), answer.lines());
      Set<String> tags = new HashSet<>(boundary.tags());
      tags.remove(SlipJudged.tag(sent.venue(), unused));
      tags.addAll(judged.tags());
      return Decision.accept(judged, new Boundary(tags, boundary.cheques()), judged);
    }

    @Override
    final Decision<SlipJudged> changed(SubmitSlip sent, Decision<SlipJudged> right, Seat seat) {
      return right;
    }
  }

  private static final class Forgetting extends Anew {
    Forgetting() {
      super("a retry forgets that its slip is recorded");
    }

    @Override
    Decision<SlipJudged> again(
        SubmitSlip sent,
        Decision.Known<SlipJudged> right,
        Supplier<Decision<SlipJudged>> anew,
        Seat seat) {
      return anew.get();
    }
  }

  private static final class Recomputing extends Anew {
    Recomputing() {
      super("a duplicate's verdicts are computed again");
    }

    @Override
    Decision<SlipJudged> again(
        SubmitSlip sent,
        Decision.Known<SlipJudged> right,
        Supplier<Decision<SlipJudged>> anew,
        Seat seat) {
      if (!(anew.get() instanceof Decision.Accept<SlipJudged> computed)) {
        return right;
      }
      return new Decision.Known<>(
          right.position(),
          fact ->
              right.reply().apply(fact) instanceof Decision.Reply.Different<SlipJudged> different
                  ? different
                  : new Decision.Reply.Same<>(computed.answer()));
    }
  }

  private static final class OtherPosition extends Anew {
    /** By the slip's tag. */
    private final Map<String, SlipJudged> recorded = new ConcurrentHashMap<>();

    OtherPosition() {
      super("a retry is told the position of now");
    }

    @Override
    Register register(Register right, Seat seat) {
      Register silenced = super.register(right, seat);
      return (fact, position, recordedAt) -> {
        silenced.fold(fact, position, recordedAt);
        if (fact instanceof SlipJudged slip) {
          recorded.putIfAbsent(SlipJudged.tag(slip.venue(), slip.reference()), slip);
        }
      };
    }

    @Override
    Decision<SlipJudged> again(
        SubmitSlip sent,
        Decision.Known<SlipJudged> right,
        Supplier<Decision<SlipJudged>> anew,
        Seat seat) {
      SlipJudged slip = recorded.get(SlipJudged.tag(sent.venue(), sent.reference()));
      return slip == null ? right : new Decision.Unchanged<>(slip);
    }
  }

  private static final class FreeAfterWithdrawal extends Anew {
    private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();

    FreeAfterWithdrawal() {
      super("a withdrawn slip's reference is free again");
    }

    @Override
    Register register(Register right, Seat seat) {
      Register silenced = super.register(right, seat);
      return (fact, position, recordedAt) -> {
        silenced.fold(fact, position, recordedAt);
        if (fact instanceof SlipWithdrawn slip) {
          withdrawn.add(SlipJudged.tag(slip.venue(), slip.reference()));
        }
      };
    }

    @Override
    Decision<SlipJudged> again(
        SubmitSlip sent,
        Decision.Known<SlipJudged> right,
        Supplier<Decision<SlipJudged>> anew,
        Seat seat) {
      return withdrawn.contains(SlipJudged.tag(sent.venue(), sent.reference()))
          ? anew.get()
          : right;
    }
  }

  private static final class SameForAll extends Anew {
    SameForAll() {
      super("other lines under a used reference are taken for the same slip");
    }

    @Override
    Decision<SlipJudged> again(
        SubmitSlip sent,
        Decision.Known<SlipJudged> right,
        Supplier<Decision<SlipJudged>> anew,
        Seat seat) {
      return new Decision.Known<>(
          right.position(), fact -> new Decision.Reply.Same<>((SlipJudged) fact));
    }
  }

  private static final class WithdrawnAgain extends DecisionBug<WithdrawSlip, SlipWithdrawn> {
    /** By the slip's position. */
    private final Map<Long, SlipWithdrawn> recorded = new ConcurrentHashMap<>();

    WithdrawnAgain() {
      super("a withdrawal that is sent again withdraws again", WithdrawSlip.class);
    }

    @Override
    Register register(Register right, Seat seat) {
      Register silenced = super.register(right, seat);
      return (fact, position, recordedAt) -> {
        silenced.fold(fact, position, recordedAt);
        if (fact instanceof SlipWithdrawn slip) {
          recorded.put(slip.slip(), slip);
        }
      };
    }

    @Override
    Decision<SlipWithdrawn> changed(WithdrawSlip sent, Decision<SlipWithdrawn> right, Seat seat) {
      @Nullable SlipWithdrawn slip =
          right instanceof Decision.Known<SlipWithdrawn> ? recorded.get(sent.position()) : null;
      return slip == null
          ? right
          : Decision.accept(slip, new Boundary(slip.tags(), slip.chequesTouched()), slip);
    }
  }
}
