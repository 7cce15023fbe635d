package fr.passnumerique.clearing.worklist;

import static fr.passnumerique.clearing.worklist.WorklistWorld.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankParts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is to be done of statements. The account has 1 000 € by the word of a clerk. */
class WorklistStatementsTest {
  private static final Actor WHO = new Actor(CLERK, Role.CLERK, "");

  private final WorklistWorld world = new WorklistWorld();

  private List<String> tasks() {
    return world.tasks(WHO).stream()
        .filter(
            task ->
                task.kind() == Task.Kind.PROVE_COVER
                    || task.kind() == Task.Kind.EXPLAIN_BANK_STATEMENT)
        .map(task -> "%s %d %s".formatted(task.kind(), task.cents(), task.remedy()))
        .toList();
  }

  private Task task(Task.Kind kind) {
    return world.tasks(WHO).stream().filter(task -> task.kind() == kind).findFirst().orElseThrow();
  }

  @Test
  void coverThatNoStatementProvesIsATaskSinceItWasUnproven() {
    assertThat(tasks()).as("no statement is imported").isEmpty();
    world.bank.states("S-1", world.today(), 100_000);
    assertThat(tasks()).isEmpty();

    String statement = world.bank.states("S-2", world.today(), 100_300);
    assertThat(tasks()).containsExactly("PROVE_COVER -300 readBankStatements");
    Task task = task(Task.Kind.PROVE_COVER);
    assertThat(task.about()).isEqualTo(statement);
    Instant since = task.since();

    world.on(world.today().plusDays(1));
    world.bank.states("S-3", world.today(), 100_300);
    assertThat(task(Task.Kind.PROVE_COVER).since()).isEqualTo(since);
    assertThat(task.otherRemedies())
        .contains(
            List.of(
                "matchBankEntry",
                "takeReceiptBack",
                "takeDebitNotePaymentBack",
                "takeConfirmationBack",
                "takeRefundBack"));

    world.bank.books("B-1", world.today().minusDays(1), 300);
    assertThat(tasks()).isEmpty();
  }

  @Test
  void whatTheBankTellsNoMoreIsATaskUntilItIsTakenOut() {
    world.bank.states("S-1", world.today(), 100_000, 200);
    assertThat(tasks()).isEmpty();
    String otherwise = world.bank.states("S-1", world.today(), 100_000, 201);

    assertThat(tasks())
        .containsExactly(
            "PROVE_COVER 200 readBankStatements", "EXPLAIN_BANK_STATEMENT 200 closeBankException");
    assertThat(task(Task.Kind.EXPLAIN_BANK_STATEMENT).about()).isEqualTo(otherwise);

    world.must(BankParts.close(otherwise));
    assertThat(tasks()).as("and left out by the day's statement still").hasSize(2);
    world.must(BankParts.corrected(task(Task.Kind.EXPLAIN_BANK_STATEMENT).about()));
    assertThat(tasks()).isEmpty();
  }
}
