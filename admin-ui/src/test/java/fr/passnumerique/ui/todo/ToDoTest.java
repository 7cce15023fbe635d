package fr.passnumerique.ui.todo;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
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
            task(Task.Kind.REPAIR_BREACH, Task.RING_FENCED_ACCOUNT, 700))) {
      assertThat(shown(task).ways())
          .as(task.kind().name())
          .hasSameSizeAs(task.otherRemedies().orElseThrow())
          .doesNotContainAnyElementsOf(task.otherRemedies().orElseThrow());
    }
  }

  /** Each leads to the page of what it is about, where its reader has one. */
  @Test
  void itLeadsToWhatItIsAbout() {
    Actor clerk = new Actor("c", Role.CLERK, "");
    Actor bus = new Actor("b", Role.VENUE, "venue");
    Actor anct = new Actor("a", Role.FUNDER, "anct");
    assertThat(page(Task.Kind.CHASE_TRANSFERS, clerk)).isEqualTo("/reglements/x-1");
    assertThat(page(Task.Kind.CHASE_REFUNDS, clerk)).isEqualTo("/remboursements/x-1");
    assertThat(page(Task.Kind.MATCH_BANK_ENTRY, clerk)).isEqualTo("/mouvements/x-1/rapprochement");
    assertThat(page(Task.Kind.APPROVE_OPPOSITION, clerk)).isEqualTo("/oppositions/x-1");
    assertThat(page(Task.Kind.DECIDE_CONTEST, clerk)).isEqualTo("/indus/x-1");
    assertThat(page(Task.Kind.ANSWER_REVERSAL, bus)).isEqualTo("/indus/x-1");
    assertThat(page(Task.Kind.CHASE_CALL, clerk)).isEqualTo("/appels/x-1");
    assertThat(page(Task.Kind.GIVE_ACCOUNT, bus)).isEqualTo("/lieux/x-1/compte");
    assertThat(page(Task.Kind.PAY_CALL, anct)).isEqualTo("/appels/x-1");
    assertThat(page(Task.Kind.REFUND_CREDIT_NOTE, clerk)).isEqualTo("/avoirs/x-1");
    assertThat(page(Task.Kind.SIGN_STATEMENT, clerk)).isEqualTo("/peremptions/x-1");
    assertThat(page(Task.Kind.APPROVE_EXPIRY, anct)).isEqualTo("/peremptions/x-1");
  }

  private static String page(Task.Kind kind, Actor actor) {
    return ToDo.Listed.of(
            new Page<>(1, List.of(task(kind, "x-1", 0)), Optional.empty()),
            actor,
            LocalDate.of(2026, 4, 2))
        .shown()
        .getFirst()
        .page();
  }

  @Test
  void theAccountAsAWholeHasAFrenchName() {
    assertThat(shown(task(Task.Kind.REPAIR_BREACH, Task.RING_FENCED_ACCOUNT, 700)).about())
        .isEqualTo("compte cantonné");
  }

  @Test
  void aCorrectedSiretNamesTheVenueAndTheSiretAndHowEitherIsAnswered() {
    ToDo todo = shown(task(Task.Kind.CONFIRM_IDENTIFICATION, "W161000119/40109226700020", 0));
    assertThat(todo.about()).isEqualTo("lieu W161000119, SIRET 40109226700020");
    assertThat(todo.page())
        .isEqualTo("/lieux/W161000119/identification/40109226700020/confirmation");
  }

  @Test
  void aCreditAndWhatHasOneWayNameNoOther() {
    assertThat(shown(task(Task.Kind.MATCH_BANK_ENTRY, "E-1", 700)).ways()).isEmpty();
    assertThat(shown(task(Task.Kind.REPAIR_BREACH, "creuse-2026/anct", 700)).ways()).isEmpty();
    assertThat(shown(task(Task.Kind.RELEASE_RUN, "reglement-1", 700)).ways()).isEmpty();
  }
}
