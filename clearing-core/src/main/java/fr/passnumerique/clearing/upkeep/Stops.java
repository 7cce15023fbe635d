package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.http.Problem;
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

  /**
   * What differs, if it is what was read.
   *
   * @param digest of what was read
   * @throws Problem UNKNOWN_REBUILD if the rebuild does not wait, DIFFERENCES_CHANGED if it was
   *     compared again with another result
   */
  default RebuildDifferences differences(RebuildId rebuild, String digest) {
    RebuildDifferences differences =
        differences(rebuild)
            .orElseThrow(
                () ->
                    Problem.of(
                        UpkeepRefusal.UNKNOWN_REBUILD.because(
                            "rebuildId",
                            "no rebuild %s waits because of differences".formatted(rebuild),
                            "read with readRebuild how it stands")));
    if (!differences.digest().equals(digest)) {
      throw Problem.of(
          UpkeepRefusal.DIFFERENCES_CHANGED.because(
              "digest",
              "the differences of rebuild %s are not those that were read".formatted(rebuild),
              "read them again with readRebuild and decide on those"));
    }
    return differences;
  }

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
