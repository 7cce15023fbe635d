package fr.passnumerique.ui.work;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.Deeds;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.FilledForm;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

/** A list that comes in, of which the ledger knows some by now. */
class LargeFilesTest {
  private static final Actor CLERK = new Actor("agent", Role.CLERK, "");
  private static final int LARGE = LargeFiles.WAITED_FOR_BYTES + 1;

  private final WorksTest.Hands hands = new WorksTest.Hands();
  private final Works works = new Works(4, 12, hands, Clock.systemUTC());
  private final List<Field> fields = List.of(Field.file("file", "Liste", 2 * LARGE));
  private final List<String> recorded = new ArrayList<>();
  private int known = 7;
  private boolean silent;

  private final Deed<String> deed =
      new LargeFiles(works)
          .beside(
              CLERK,
              "Liste",
              "file",
              this::bring,
              new Deed<>(
                  "list",
                  fields,
                  (entries, dryRun) -> bring(entries, dryRun, Progress.UNHEARD),
                  (_, answer) ->
                      Effect.of("Enregistrer")
                          .line("Connus", String.valueOf(known))
                          .already(answer.equals("old")),
                  answer -> new Deed.Done("/list", answer)));

  private ResponseEntity<String> bring(Entries entries, boolean dryRun, Progress progress) {
    progress.at(1, 3);
    String list = entries.value("file").substring(0, 1);
    if (list.equals("!")) {
      throw Problem.notFound("the list");
    }
    if (recorded.contains(list)) {
      return ResponseEntity.ok("old");
    }
    if (!dryRun) {
      if (silent) {
        throw new LedgerUnavailableException("no answer");
      }
      recorded.add(list);
    }
    return ResponseEntity.ok("new");
  }

  private Entries file(String first, int bytes) {
    return FilledForm.of(fields, Map.of("file", first.repeat(bytes)));
  }

  /** Sent, and read. */
  private void read(String first) {
    assertThat(deed.beside().apply(file(first, LARGE)))
        .get()
        .extracting(Deed.Done::page)
        .isEqualTo(WorksPage.PATH);
    hands.work();
  }

  private Work work() {
    return works.of(CLERK).getFirst();
  }

  private Result result() {
    return ((Work.Standing.Ready) work().standing()).result();
  }

  private void confirm() {
    works.goOn(CLERK, work().id(), ((Result.Question) result()).id());
    hands.work();
  }

  @Test
  void aShortFileIsWaitedFor() {
    assertThat(deed.beside().apply(file("a", LARGE - 1))).isEmpty();
    assertThat(works.of(CLERK)).isEmpty();
  }

  @Test
  void aLargeOneIsReadAndRecordedOnceThatIsConfirmed() {
    read("a");
    assertThat(((Result.Question) result()).effect().lines())
        .containsExactly(new Effect.Line("Connus", "7"));
    assertThat(recorded).isEmpty();

    confirm();
    assertThat(recorded).containsExactly("a");
    assertThat(result()).isEqualTo(new Result.Done(new Deed.Done("/list", "new")));

    read("a");
    assertThat(result()).isEqualTo(new Result.Done(new Deed.Done("/list", "old")));
  }

  @Test
  void whatHasChangedSinceItWasShownIsAskedOnceMore() {
    read("a");
    known = 8;
    confirm();

    assertThat(recorded).isEmpty();
    assertThat(((Result.Question) result()).trouble()).isEqualTo(Deeds.OTHERWISE);
    confirm();
    assertThat(recorded).containsExactly("a");
  }

  @Test
  void whatNobodyKnowsToBeRecordedIsAskedOnceMore() {
    read("a");
    silent = true;
    confirm();
    assertThat(((Result.Question) result()).trouble()).isEqualTo(Deeds.OUTAGE);

    silent = false;
    confirm();
    assertThat(recorded).containsExactly("a");
  }

  @Test
  void aRefusalIsToldAsOnThePageOfTheForm() {
    read("!");
    WorkRow row = WorkRow.of(work(), work().askedAt());
    assertThat(row.state().words()).isEqualTo("Pas fait");
    assertThat(requireNonNull(row.trouble()).title()).isNotEmpty();
    assertThat(row.asked()).isNull();
  }

  @Test
  void aFormSentTwiceIsOneWorkAndTwoFormsAreTwo() {
    Entries form = file("a", LARGE);
    assertThat(deed.beside().apply(form)).isPresent();
    assertThat(deed.beside().apply(form)).isPresent();
    assertThat(works.of(CLERK)).hasSize(1);

    assertThat(deed.beside().apply(file("b", LARGE))).isPresent();
    assertThat(works.of(CLERK)).hasSize(2);
  }

  @Test
  void partsOfAWorkFollowEachOther() {
    List<String> told = new ArrayList<>();
    Progress progress = (done, of) -> told.add(done + "/" + of);
    progress.part(0, 2).at(1, 3);
    progress.part(1, 2).at(2, 5);
    assertThat(told).containsExactly("1/6", "7/10");
  }
}
