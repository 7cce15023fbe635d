package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Of which slips some money is where: a bit for each slip, state and programme. Of a million slips
 * three are found that way without a look at the others; and what a run took moves on with the run
 * at once, without a look at each.
 */
final class SlipsByState {
  /**
   * @param programme empty where there is no money
   * @param run whose next step moves it on; empty where that is a fact of its own
   * @param netted by it, and not in one of its transfers
   */
  private record Place(
      SlipState state,
      Optional<ProgrammeId> programme,
      Optional<SettlementRunId> run,
      boolean netted) {
    static Place of(SlipPart part) {
      boolean runs = movesByRun(part.state());
      return new Place(
          part.state(),
          part.programme(),
          runs ? part.runId() : Optional.empty(),
          runs && part.transferId().isEmpty());
    }

    private static boolean movesByRun(SlipState state) {
      return state == SlipState.IN_RUN || state == SlipState.RELEASED;
    }

    Place to(SlipState next) {
      return new Place(next, programme, movesByRun(next) ? run : Optional.empty(), false);
    }

    boolean isOf(SettlementRunId id) {
      return run.filter(id::equals).isPresent();
    }

    boolean isAsked(@Nullable SlipState only, @Nullable ProgrammeId of) {
      return (only == null || state == only)
          && (of == null || programme.filter(of::equals).isPresent());
    }
  }

  private final Map<Place, BitSet> places = new HashMap<>();

  /**
   * @param slip its number
   * @param parts all of its money: it is nowhere else any more
   */
  void place(int slip, Collection<SlipPart> parts) {
    places
        .values()
        .removeIf(
            slips -> {
              slips.clear(slip);
              return slips.isEmpty();
            });
    for (SlipPart part : parts) {
      places.computeIfAbsent(Place.of(part), _ -> new BitSet()).set(slip);
    }
  }

  /** All that a run took is to be transferred now, and what it nets is paid. */
  void release(SettlementRunId run) {
    move(run, place -> place.to(place.netted() ? SlipState.NETTED : SlipState.RELEASED));
  }

  /** All that a released run is to transfer is with the bank now. */
  void send(SettlementRunId run) {
    move(run, place -> place.to(SlipState.SENT));
  }

  /** Whatever of a run nobody has paid is as if no run had taken it. */
  void oweAgain(SettlementRunId run) {
    move(run, place -> place.to(SlipState.OWED));
  }

  private void move(SettlementRunId run, UnaryOperator<Place> to) {
    List<Place> left = places.keySet().stream().filter(place -> place.isOf(run)).toList();
    for (Place place : left) {
      BitSet slips = places.remove(place);
      places.computeIfAbsent(to.apply(place), _ -> new BitSet()).or(slips);
    }
  }

  /**
   * A copy, by their numbers; money of both in one part.
   *
   * @param state null for every one
   * @param programme null for every one
   */
  BitSet asked(@Nullable SlipState state, @Nullable ProgrammeId programme) {
    BitSet asked = new BitSet();
    places.forEach(
        (place, slips) -> {
          if (place.isAsked(state, programme)) {
            asked.or(slips);
          }
        });
    return asked;
  }
}
