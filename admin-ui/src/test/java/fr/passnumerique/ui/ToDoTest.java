package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.worklist.Task;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a task says of the ways in which it may be ended. */
class ToDoTest {
  private static ToDo shown(Task task) {
    return ToDo.Listed.of(
            new Page<>(1, List.of(task), Optional.empty()), Actor.ENGINE, LocalDate.of(2026, 4, 2))
        .shown()
        .getFirst();
  }

  private static Task task(Task.Kind kind, String about, long cents) {
    return new Task(kind, about, Instant.EPOCH, cents, Optional.empty(), Optional.empty());
  }

  @Test
  void eachOtherWayHasFrenchWords() {
    for (Task task :
        List.of(
            task(Task.Kind.PROVE_COVER, "S-1", 700),
            task(Task.Kind.MATCH_BANK_ENTRY, "E-1", -700),
            task(Task.Kind.REPAIR_BREACH, "ring-fenced-account", 700))) {
      assertThat(shown(task).ways())
          .as(task.kind().name())
          .hasSameSizeAs(task.otherRemedies().orElseThrow())
          .doesNotContainAnyElementsOf(task.otherRemedies().orElseThrow());
    }
  }

  @Test
  void aCreditAndWhatHasOneWayNameNoOther() {
    assertThat(shown(task(Task.Kind.MATCH_BANK_ENTRY, "E-1", 700)).ways()).isEmpty();
    assertThat(shown(task(Task.Kind.REPAIR_BREACH, "creuse-2026/anct", 700)).ways()).isEmpty();
    assertThat(shown(task(Task.Kind.RELEASE_RUN, "reglement-1", 700)).ways()).isEmpty();
  }
}
