package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.SubmitSlip;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bugs in what a node's registers hold, and when. */
final class RegisterBugs {
  private RegisterBugs() {}

  static List<Supplier<Bug>> all() {
    return List.of(
        EarlyHead::new,
        OnlyItsOwn::new,
        PassedOver::new,
        BornYesterday::new,
        () ->
            folding(
                "a withdrawal is not folded", fact -> fact instanceof SlipWithdrawn ? null : fact),
        () ->
            folding(
                "the last line of a slip is not folded",
                fact ->
                    fact instanceof SlipJudged slip
                        ? Slips.with(
                            slip,
                            slip.reference(),
                            slip.lines().subList(0, slip.lines().size() - 1))
                        : fact),
        CachedCheck::new);
  }

  /** Only redemption's: that of the decisions and the checks. */
  private static boolean isOfRedemption(Register register) {
    return register.getClass().getSimpleName().equals("RedemptionRegister");
  }

  private interface Change {
    @Nullable Fact of(Fact fact);
  }

  private static Bug folding(String name, Change change) {
    return new Bug(name) {
      @Override
      Register register(Register right, Seat seat) {
        Register silenced = super.register(right, seat);
        return isOfRedemption(right)
            ? (fact, position, recordedAt) -> {
              Fact changed = change.of(fact);
              if (changed != null) {
                silenced.fold(changed, position, recordedAt);
              }
            }
            : silenced;
      }
    };
  }

  /** The head is a fact ahead of what the register holds. */
  private static final class EarlyHead extends Bug {
    EarlyHead() {
      super("the head is published before the register is brought forward");
    }

    @Override
    Register register(Register right, Seat seat) {
      Register silenced = super.register(right, seat);
      return isOfRedemption(right) ? new Late(silenced) : silenced;
    }

    private static final class Late implements Register {
      private final Register register;
      private @Nullable Waiting waiting;

      private record Waiting(Fact fact, long position, Instant recordedAt) {}

      Late(Register register) {
        this.register = register;
      }

      @Override
      public void fold(Fact fact, long position, Instant recordedAt) {
        Waiting before = waiting;
        if (before != null) {
          register.fold(before.fact(), before.position(), before.recordedAt());
        }
        waiting = new Waiting(fact, position, recordedAt);
      }
    }
  }

  private static final class OnlyItsOwn extends DecisionBug<SubmitSlip, SlipJudged> {
    /** Slips that were sent to a node, by node. */
    private final Map<String, Set<String>> sent = new ConcurrentHashMap<>();

    OnlyItsOwn() {
      super("the other node's slips are not folded", SubmitSlip.class);
    }

    private Set<String> sentTo(Seat seat) {
      return sent.computeIfAbsent(seat.node(), _ -> ConcurrentHashMap.newKeySet());
    }

    @Override
    Decision<SlipJudged> changed(SubmitSlip slip, Decision<SlipJudged> right, Seat seat) {
      sentTo(seat).add(slip.reference().value());
      return right;
    }

    @Override
    Register register(Register right, Seat seat) {
      Register silenced = super.register(right, seat);
      return (fact, position, recordedAt) -> {
        if (!(fact instanceof SlipJudged slip) || sentTo(seat).contains(slip.reference().value())) {
          silenced.fold(fact, position, recordedAt);
        }
      };
    }
  }

  private static final class PassedOver extends Bug {
    private static final int ONE_IN = 15;

    PassedOver() {
      super("one fact in fifteen is passed over by one of two nodes");
    }

    @Override
    Register register(Register right, Seat seat) {
      Register silenced = super.register(right, seat);
      return (fact, position, recordedAt) -> {
        boolean passed =
            position % ONE_IN == 0 && fact instanceof SlipJudged && seat.node().startsWith("right");
        if (!passed) {
          silenced.fold(fact, position, recordedAt);
        }
      };
    }
  }

  private static final class BornYesterday extends Bug {
    BornYesterday() {
      super("a node that is started again knows no slip from before");
    }

    @Override
    Sharing sharing() {
      return Sharing.RESTARTED;
    }

    @Override
    Register register(Register right, Seat seat) {
      Register silenced = super.register(right, seat);
      Instant born = Instant.now();
      return (fact, position, recordedAt) -> {
        if (!(fact instanceof SlipJudged) || !recordedAt.isBefore(born)) {
          silenced.fold(fact, position, recordedAt);
        }
      };
    }
  }

  private static final class CachedCheck extends Bug {
    private final Map<String, String> cache = new ConcurrentHashMap<>();

    CachedCheck() {
      super("a check is answered from a cache");
    }

    @Override
    String checked(String node, long cheque, String right) {
      String before = cache.putIfAbsent(node + " " + cheque, right);
      return before == null ? right : before;
    }
  }
}
