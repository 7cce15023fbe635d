package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.http.Page;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;

/** Where a task stands in a list of tasks: by kind, what waits longest first. */
record TaskPlace(Task.Kind kind, Instant since, String about) implements Comparable<TaskPlace> {
  private static final Comparator<TaskPlace> ORDER =
      Comparator.comparing(TaskPlace::kind)
          .thenComparing(TaskPlace::since)
          .thenComparing(TaskPlace::about);

  static TaskPlace of(Task task) {
    return new TaskPlace(task.kind(), task.since(), task.about());
  }

  /**
   * @throws fr.passnumerique.clearing.http.Problem INVALID_PARAMETER if it is no place
   */
  static TaskPlace read(String text) {
    String[] parts = text.split("~", 3);
    if (parts.length != 3) {
      throw Page.notNamed(text);
    }
    try {
      return new TaskPlace(Task.Kind.valueOf(parts[0]), Instant.parse(parts[1]), parts[2]);
    } catch (IllegalArgumentException | DateTimeException _) {
      throw Page.notNamed(text);
    }
  }

  @Override
  public int compareTo(TaskPlace other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return kind + "~" + since + "~" + about;
  }
}
