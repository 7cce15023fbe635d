package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Of which slips some money is where: a bit for each slip, state and programme. Of a million slips
 * three are found that way without a look at the others.
 */
final class SlipsByState {
  /**
   * @param programme empty where there is no money
   */
  private record Place(SlipState state, Optional<ProgrammeId> programme) {
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
    places.values().forEach(slips -> slips.clear(slip));
    for (SlipPart part : parts) {
      places
          .computeIfAbsent(new Place(part.state(), part.programme()), _ -> new BitSet())
          .set(slip);
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
