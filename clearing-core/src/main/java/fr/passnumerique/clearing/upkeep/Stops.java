package fr.passnumerique.clearing.upkeep;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the projections, wherever they are folded: asked at the edge, never decided on.
 */
public interface Stops {
  /**
   * @return by name of the projection, positions of the facts at which it stands, itself and where
   *     it is folded anew; all projections are in it
   */
  Map<String, Set<Long>> all();

  /**
   * @return positions of the facts at which the projection stands, itself and where it is folded
   *     anew; empty if no projection is called so
   */
  default Optional<Set<Long>> of(String projection) {
    return Optional.ofNullable(all().get(projection));
  }

  /**
   * @return what differs, while the rebuild waits for two people; empty if it does not
   */
  Optional<RebuildDifferences> differences(RebuildId rebuild);

  /** All rebuilds that wait for two people. */
  List<Differing> differing();

  /**
   * A rebuild that comes to other sums.
   *
   * @param digest as {@link RebuildDifferences#digest}
   * @param askedAt when it was asked for
   */
  record Differing(RebuildId rebuild, String digest, Instant askedAt) {}
}
