package fr.passnumerique.loadtest.crash;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of the command by which a directory came to its cycles, kept in a file of it: what did
 * not hold in one of them is not forgotten by the next, whose cycles may all hold.
 */
final class Stretches implements AutoCloseable {
  private static final String FILE = "stretches";

  private final Path file;
  private final List<Stretch> all = new ArrayList<>();

  /** Of the one that runs. */
  private @Nullable Faults found;

  private boolean held;

  /** How a stretch ended. */
  enum Ending {
    HELD("all holds"),
    FAULTY("DOES NOT HOLD"),
    BROKEN_OFF("broken off before its end"),
    KILLED("killed before its end");

    private final String told;

    Ending(String told) {
      this.told = told;
    }
  }

  /**
   * One run.
   *
   * @param from so many cycles were done before it
   * @param release what was run
   */
  record Stretch(Instant began, int from, String release, Ending ending, List<String> faults) {
    Stretch {
      faults = List.copyOf(faults);
    }

    Stretch ended(Ending how, List<String> found) {
      return new Stretch(began, from, release, how, found);
    }
  }

  private Stretches(Path file) {
    this.file = file;
  }

  /** Those of before; none in a directory of which earlier runs kept no word of themselves. */
  static Stretches in(Path home) throws IOException {
    Stretches stretches = new Stretches(home.resolve(FILE));
    if (Files.exists(stretches.file)) {
      stretches.all.addAll(
          List.of(FactCatalogue.JSON.readValue(Files.readString(stretches.file), Stretch[].class)));
    }
    return stretches;
  }

  /**
   * Until it is closed it counts as killed.
   *
   * @param cycles done before
   * @param faults what does not hold in it
   */
  synchronized Stretches begin(int cycles, String release, Faults faults) throws IOException {
    found = faults;
    held = false;
    all.add(
        new Stretch(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            cycles,
            release,
            Ending.KILLED,
            List.of()));
    write();
    return this;
  }

  /** The one that runs came to its end, and all of it was held. */
  synchronized void held() {
    held = true;
  }

  /** Whether nothing was found in any. */
  synchronized boolean hold() {
    return faults().isEmpty();
  }

  /** In words, of all stretches. */
  synchronized List<String> faults() {
    return all.stream().flatMap(stretch -> stretch.faults().stream()).toList();
  }

  /**
   * @param cycles done by now
   */
  synchronized void print(PrintWriter out, int cycles) {
    int before = all.isEmpty() ? cycles : all.getFirst().from();
    if (before > 0) {
      out.printf("- cycles 1 to %d: of runs that kept no word of themselves%n", before);
    }
    for (int i = 0; i < all.size(); i++) {
      Stretch stretch = all.get(i);
      int to = i + 1 < all.size() ? all.get(i + 1).from() : cycles;
      out.printf(
          "- %s, begun %s, %s: %s%n",
          to > stretch.from()
              ? "cycles %d to %d".formatted(stretch.from() + 1, to)
              : "after cycle %d".formatted(to),
          stretch.began(),
          stretch.release(),
          stretch.ending().told);
    }
  }

  /** Replaced as a whole: whoever is killed meanwhile leaves the one before. */
  private void write() throws IOException {
    Path next = file.resolveSibling(FILE + ".next");
    Files.writeString(next, FactCatalogue.JSON.writeValueAsString(all));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Keeps how the one that runs ended. What it finds afterwards does not count. */
  @Override
  public synchronized void close() {
    Faults faults = found;
    if (faults == null) {
      return;
    }
    found = null;
    Ending ending = !faults.none() ? Ending.FAULTY : held ? Ending.HELD : Ending.BROKEN_OFF;
    all.add(all.removeLast().ended(ending, faults.kept()));
    try {
      write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
