package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.issuance.Serial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

  /** Cheques and slips that calls are on, as a finding names them. */
  Set<String> objects() {
    Set<String> objects = new TreeSet<>();
    for (Call call : calls) {
      if (call.kind() != Call.Kind.CHECK) {
        objects.add("slip " + call.slip());
      }
      if (call.kind() != Call.Kind.REUSE) {
        call.cheques().stream()
            .filter(cheque -> cheque >= 0)
            .forEach(cheque -> objects.add("cheque " + Serial.ofKey(cheque)));
      }
    }
    return objects;
  }

  /**
   * The calls on one object and what of them is about it: checked alike, and short enough to keep.
   * Of those that were not answered the first of a kind stands for all, as it does to the checker.
   *
   * @param object as a finding names it
   */
  History on(String object) {
    Set<String> unanswered = new HashSet<>();
    return new History(
        "%s: %s".formatted(title, object),
        lagging,
        calls.stream()
            .filter(call -> call.isOn(object))
            .map(call -> call.about(object))
            .sorted(Comparator.comparingLong(Call::invoked))
            .filter(call -> call.isAnswered() || unanswered.add(call.kind() + call.slip()))
            .toList());
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
