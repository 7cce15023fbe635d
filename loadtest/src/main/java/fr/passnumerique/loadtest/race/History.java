package fr.passnumerique.loadtest.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of a round.
 *
 * @param title what it is of: seed, nodes, bug
 * @param lagging nodes whose registers may be behind what another node has recorded, so that checks
 *     are read with their lag
 */
record History(String title, List<String> lagging, List<Call> calls) {
  private static final String TITLE = "# race ";
  private static final String LAGGING = "# lagging ";

  History {
    lagging = List.copyOf(lagging);
    calls = List.copyOf(calls);
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(TITLE + title);
    lines.add(LAGGING + String.join(" ", lagging));
    calls.forEach(call -> lines.add(call.written()));
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.write(file, lines);
  }

  /**
   * @throws IllegalArgumentException if the file is not one that {@link #write} wrote
   */
  static History read(Path file) throws IOException {
    String title = "";
    List<String> lagging = List.of();
    List<Call> calls = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(TITLE)) {
        title = line.substring(TITLE.length());
      } else if (line.startsWith(LAGGING)) {
        lagging =
            List.of(line.substring(LAGGING.length()).split(" ", -1)).stream()
                .filter(name -> !name.isEmpty())
                .toList();
      } else {
        calls.add(Call.read(line));
      }
    }
    return new History(title, lagging, calls);
  }
}
