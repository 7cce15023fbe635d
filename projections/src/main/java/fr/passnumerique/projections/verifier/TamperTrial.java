package fr.passnumerique.projections.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Changes a good export in many ways and says of how many the verification names the place. The
 * same seed tries the same.
 *
 * <p>The place that must be named is the changed position, or the first by which the change can be
 * known: see {@link Tampering.Kind}.
 */
final class TamperTrial {
  private static final int SHOWN = 10;

  private static final class Tally {
    int tried;
    int located;
    final Map<Check, Integer> by = new EnumMap<>(Check.class);
  }

  private TamperTrial() {}

  /**
   * @return whether every one was located
   */
  static boolean run(byte[] export, long seed, int count, PrintStream out) throws IOException {
    Verification good = verify(export, Verification.Kept.NOTHING);
    if (!good.findings().none()) {
      out.println("the export does not hold as it is; verify it first");
      return false;
    }
    out.println("seed %d, %d tamperings".formatted(seed, count));
    Set<Statements.Unproven> before = Set.copyOf(good.unproven());
    Tampering tampering = new Tampering(new String(export, UTF_8));
    Map<Tampering.Kind, Tally> tallies = new EnumMap<>(Tampering.Kind.class);
    List<String> missed = new ArrayList<>();
    Random random = new Random(seed);
    List<Tampering.Kind> kinds = tampering.kinds();
    for (int i = 0; i < count; i++) {
      Tampering.Kind kind = kinds.get(i % kinds.size());
      Tampering.Changed changed = tampering.change(kind, random);
      Optional<Finding> named = first(changed, before);
      Tally tally = tallies.computeIfAbsent(kind, _ -> new Tally());
      tally.tried++;
      if (named.isPresent() && named.get().position() == changed.knownAt()) {
        tally.located++;
        tally.by.merge(named.get().check(), 1, Integer::sum);
      } else {
        missed.add(
            "number %d, %s: known at position %d, named %s"
                .formatted(
                    i, kind, changed.knownAt(), named.map(Finding::toString).orElse("none")));
      }
    }
    print(tallies, out);
    missed.stream().limit(SHOWN).forEach(out::println);
    return missed.isEmpty();
  }

  /** What is unproven of the good export, and is said of it, finds nothing. */
  private static Optional<Finding> first(Tampering.Changed changed, Set<Statements.Unproven> before)
      throws IOException {
    Verification.Kept kept = changed.kept();
    Verification verified =
        verify(changed.export(), new Verification.Kept(kept.hashes(), kept.head(), kept.shown()));
    Stream<Finding> unproven =
        kept.proven()
            ? verified.unproven().stream()
                .filter(one -> !before.contains(one))
                .map(one -> new Finding(one.position(), Check.PROVEN, one.sentence(), ""))
            : Stream.empty();
    return Stream.concat(verified.findings().first().stream(), unproven)
        .min(Comparator.comparingLong(Finding::position));
  }

  private static Verification verify(byte[] export, Verification.Kept kept) throws IOException {
    return new Verification(kept).read(new ByteArrayInputStream(export));
  }

  private static void print(Map<Tampering.Kind, Tally> tallies, PrintStream out) {
    out.println();
    out.println("| tampering | tried | located | named by |");
    out.println("|---|---|---|---|");
    int tried = 0;
    int located = 0;
    for (Map.Entry<Tampering.Kind, Tally> each : tallies.entrySet()) {
      Tally tally = each.getValue();
      tried += tally.tried;
      located += tally.located;
      List<String> by = new ArrayList<>();
      tally.by.forEach((check, times) -> by.add(check + " " + times));
      out.println(
          "| %s | %d | %d | %s |"
              .formatted(
                  each.getKey().sentence(), tally.tried, tally.located, String.join(", ", by)));
    }
    out.println("| **all** | **%d** | **%d** | |".formatted(tried, located));
    out.println();
  }
}
