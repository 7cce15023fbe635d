package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.ledger.AppendFaults;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SubmitSlip;
import fr.passnumerique.clearing.redemption.WithdrawSlip;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bugs by which a decision forgets what it looked at, or when. */
final class BoundaryBugs {
  /** No fact carries it. */
  private static final String NOTHING = "nothing:";

  private BoundaryBugs() {}

  static List<Supplier<Bug>> all() {
    return List.of(
        () ->
            boundary(
                "the cheques of a slip are not in its condition",
                SubmitSlip.class,
                (_, right) -> new Boundary(right.tags(), Fact.NO_CHEQUES)),
        () ->
            boundary(
                "only the first cheque of a slip is in its condition",
                SubmitSlip.class,
                (_, right) ->
                    new Boundary(
                        right.tags(),
                        Arrays.copyOf(right.cheques(), Math.min(1, right.cheques().length)))),
        () ->
            boundary(
                "only accepted cheques are in a slip's condition",
                SubmitSlip.class,
                (facts, right) -> new Boundary(right.tags(), facts.getFirst().chequesTouched())),
        () ->
            boundary(
                "a slip's own key is not in its condition",
                SubmitSlip.class,
                (_, right) -> new Boundary(without(right.tags(), "slip:"), right.cheques())),
        () ->
            boundary(
                "a withdrawal has no condition",
                WithdrawSlip.class,
                (_, _) -> Boundary.of(NOTHING)),
        ShortWindow::new);
  }

  private static Set<String> without(Set<String> tags, String prefix) {
    Set<String> left =
        tags.stream().filter(tag -> !tag.startsWith(prefix)).collect(Collectors.toSet());
    left.add(NOTHING);
    return left;
  }

  private interface Change {
    Boundary of(List<Fact> facts, Boundary right);
  }

  private static <C extends Command<A>, A> Bug boundary(
      String name, Class<C> command, Change change) {
    return new DecisionBug<C, A>(name, command) {
      @Override
      Decision<A> changed(C sent, Decision<A> right, Seat seat) {
        return right instanceof Decision.Accept<A>(var facts, var boundary, var answer)
            ? new Decision.Accept<>(facts, change.of(facts, boundary), answer)
            : right;
      }
    };
  }

  /** The condition on cheques is tested against no more than the last facts. */
  private static final class ShortWindow extends Bug {
    private static final int WINDOW = 2;

    private final ThreadLocal<Decided> decided = new ThreadLocal<>();
    private final ConcurrentMap<String, Long> heads = new ConcurrentHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Decided(long head, long[] cheques) {}

    ShortWindow() {
      super("the window of recent facts is shorter than a transaction");
    }

    @Override
    Register register(Register right, Seat seat) {
      Register silenced = super.register(right, seat);
      return (fact, position, recordedAt) -> {
        silenced.fold(fact, position, recordedAt);
        heads.put(seat.node(), position);
      };
    }

    @Override
    Decider<?, ?> decider(Decider<?, ?> right, Seat seat) {
      return new DecisionBug<SubmitSlip, SlipJudged>(name(), SubmitSlip.class) {
        @Override
        Decision<SlipJudged> changed(SubmitSlip sent, Decision<SlipJudged> same, Seat at) {
          if (same instanceof Decision.Accept<SlipJudged> accept) {
            decided.set(
                new Decided(heads.getOrDefault(seat.node(), 0L), accept.boundary().cheques()));
          }
          return same;
        }
      }.decider(right, seat);
    }

    @Override
    AppendFaults faults(AppendFaults right, Seat seat) {
      return new AppendFaults() {
        @Override
        public void afterDecision() {
          right.afterDecision();
          @Nullable Decided mine = decided.get();
          decided.remove();
          if (mine != null && heads.getOrDefault(seat.node(), 0L) > mine.head() + WINDOW) {
            Arrays.fill(mine.cheques(), -1);
          }
        }

        @Override
        public void beforeStatement() {
          right.beforeStatement();
        }

        @Override
        public void afterStatement() {
          right.afterStatement();
        }
      };
    }
  }
}
