package fr.passnumerique.ui.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.Effect;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

class WorksTest {
  private static final Actor CLERK = new Actor("agent", Role.CLERK, "");
  private static final Actor OTHER = new Actor("agent-2", Role.CLERK, "");
  private static final Actor THIRD = new Actor("agent-3", Role.CLERK, "");
  private static final ResponseEntity<byte[]> SHEETS = ResponseEntity.ok(new byte[] {7});
  private static final Result PAPER = new Result.File(SHEETS);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-12-01T09:00:00Z"));
  private final Hands hands = new Hands();
  private final Works works =
      new Works(2, 3, hands, ((InstantSource) now::get).withZone(ZoneOffset.UTC));

  @Test
  void aResultIsItsStartersAloneAndInItsRole() {
    works.begin(CLERK, "Chèques", _ -> PAPER);
    String id = only(CLERK).id();

    assertThat(works.result(CLERK, id)).isEmpty();
    hands.work();

    assertThat(works.result(CLERK, id)).contains(SHEETS);
    assertThat(works.result(OTHER, id)).isEmpty();
    assertThat(works.of(OTHER)).isEmpty();
    Actor otherwise = new Actor("agent", Role.AUDITOR, "");
    assertThat(works.result(otherwise, id)).isEmpty();
    assertThat(works.of(otherwise)).isEmpty();
  }

  @Test
  void askedForAgainWhileItGoesOnItIsTheSame() {
    works.begin(CLERK, "Chèques", _ -> PAPER);
    works.begin(CLERK, "Chèques", _ -> PAPER);
    assertThat(works.of(CLERK)).hasSize(1);
    hands.work();

    works.begin(CLERK, "Chèques", _ -> PAPER);
    assertThat(works.of(CLERK)).hasSize(2);
  }

  @Test
  void noMoreGoOnThanMayAndAResultThatWaitsMakesRoom() {
    works.begin(CLERK, "Un", _ -> PAPER);
    works.begin(CLERK, "Deux", _ -> PAPER);

    assertThatThrownBy(() -> works.begin(CLERK, "Trois", _ -> PAPER))
        .isInstanceOfSatisfying(
            Problem.class, busy -> assertThat(busy.code()).isEqualTo("TOO_MANY_WORKS"));

    hands.work();
    works.begin(CLERK, "Trois", _ -> PAPER);
    assertThat(works.of(CLERK)).extracting(Work::what).containsExactly("Trois", "Deux");
  }

  @Test
  void whereAllIsTakenTheOldestResultOfAnybodyMakesRoom() {
    works.begin(CLERK, "Un", _ -> PAPER);
    works.begin(OTHER, "Deux", _ -> PAPER);
    hands.work();
    works.begin(CLERK, "Trois", _ -> PAPER);

    works.begin(OTHER, "Quatre", _ -> PAPER);
    assertThat(works.of(CLERK)).extracting(Work::what).containsExactly("Trois");
    assertThat(works.of(OTHER)).extracting(Work::what).containsExactly("Quatre", "Deux");
    works.begin(THIRD, "Cinq", _ -> PAPER);
    assertThat(works.of(OTHER)).extracting(Work::what).containsExactly("Quatre");

    assertThatThrownBy(() -> works.begin(THIRD, "Six", _ -> PAPER))
        .as("three of everybody go on")
        .isInstanceOf(Problem.class);
    hands.work();
    works.begin(THIRD, "Six", _ -> PAPER);
    assertThat(works.of(CLERK)).isEmpty();
  }

  @Test
  void aResultWaitsAQuarterOfAnHour() {
    works.begin(CLERK, "Chèques", _ -> PAPER);
    hands.work();
    String id = only(CLERK).id();

    pass(Works.KEPT);
    assertThat(works.result(CLERK, id)).contains(SHEETS);

    pass(Duration.ofNanos(1));
    assertThat(works.result(CLERK, id)).isEmpty();
    assertThat(works.of(CLERK)).isEmpty();
  }

  /** A result may hold codes that can be spent. */
  @Test
  void itIsForgottenThoughNobodyAsksAgain() {
    WeakReference<byte[]> kept = printed();

    pass(Works.KEPT.plusSeconds(1));
    hands.workLater();

    for (int i = 0; i < 50 && kept.get() != null; i++) {
      System.gc();
    }
    assertThat(kept.get()).isNull();
  }

  private WeakReference<byte[]> printed() {
    byte[] paper = {7};
    works.begin(CLERK, "Chèques", _ -> new Result.File(ResponseEntity.ok(paper.clone())));
    hands.work();
    byte[] made = works.result(CLERK, only(CLERK).id()).orElseThrow().getBody();
    return new WeakReference<>(made);
  }

  @Test
  void howFarItIsAndWhenItEndsIsToldByThePaceSoFar() {
    works.begin(
        CLERK,
        "Chèques",
        progress -> {
          assertThat(pace().expectedEnd()).isNull();
          pass(Duration.ofSeconds(3));
          progress.at(333, 1000);
          assertThat(pace().percent()).isEqualTo(33);
          assertThat(row().goesOn()).isTrue();
          progress.at(300, 1000);
          assertThat(pace().expectedEnd()).isEqualTo(Instant.parse("2026-12-01T09:00:10Z"));
          progress.at(1000, 1000);
          assertThat(pace().expectedEnd()).isEqualTo(now.get());
          return PAPER;
        });
    assertThat(row().state().words()).isEqualTo("En attente");
    hands.work();

    assertThat(row().state().words()).isEqualTo("Prêt");
    assertThat(row().file()).isEqualTo("/travaux/" + only(CLERK).id() + "/fichier");
  }

  @Test
  void whatItAsksIsAnsweredByItsStarterOnceAndGoesOnThen() {
    AtomicInteger recorded = new AtomicInteger();
    Result.Question question = question(recorded);
    works.begin(CLERK, "Fichier", _ -> question);
    hands.work();
    String id = only(CLERK).id();
    assertThat(row().asked())
        .isEqualTo(new WorkRow.Asked(EFFECT, "/travaux/%s/suite/%s".formatted(id, question.id())));

    assertThatThrownBy(() -> works.goOn(OTHER, id, question.id())).isInstanceOf(Problem.class);
    works.goOn(CLERK, id, question(recorded).id());
    assertThat(row().asked()).as("another question than was shown").isNotNull();
    works.goOn(CLERK, id, question.id());
    works.goOn(CLERK, id, question.id());
    assertThat(row().state().words()).isEqualTo("En attente");
    hands.work();

    assertThat(recorded).hasValue(1);
    assertThat(row().done()).isEqualTo(DONE);
    assertThat(works.result(CLERK, id)).as("no file came of it").isEmpty();
    pass(Works.KEPT.plusNanos(1));
    assertThatThrownBy(() -> works.goOn(CLERK, id, question.id())).isInstanceOf(Problem.class);
  }

  private static final Effect EFFECT = Effect.of("Enregistrer ce fichier");
  private static final Deed.Done DONE = new Deed.Done("/releves-bancaires", "C’est enregistré.");

  private static Result.Question question(AtomicInteger recorded) {
    return Result.Question.of(
        EFFECT,
        null,
        _ -> {
          recorded.incrementAndGet();
          return new Result.Done(DONE);
        });
  }

  @Test
  void whatIsRefusedOrBreaksOffSaysSo() {
    works.begin(
        CLERK,
        "Un",
        _ -> {
          throw Problem.notNow("PRINTING_BUSY", "busy", Duration.ofSeconds(10));
        });
    hands.work();
    assertThat(row().trouble()).extracting("title").isEqualTo("D’autres documents s’impriment");
    assertThat(row().file()).isNull();

    pass(Duration.ofMinutes(1));
    works.begin(
        CLERK,
        "Deux",
        _ -> {
          throw new IllegalStateException("secret");
        });
    hands.work();
    assertThat(row().trouble()).extracting("title").isEqualTo("Le travail s’est interrompu");
    assertThat(row().toString()).doesNotContain("secret");
  }

  private WorkRow row() {
    return WorkRow.of(works.of(CLERK).getFirst(), now.get());
  }

  private WorkRow.Pace pace() {
    WorkRow.Pace pace = row().pace();
    assertThat(pace).isNotNull();
    return pace;
  }

  private Work only(Actor actor) {
    List<Work> own = works.of(actor);
    assertThat(own).hasSize(1);
    return own.getFirst();
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  /** Does what it was given when it is told to, and what is for later when it is told that, too. */
  static final class Hands extends ScheduledThreadPoolExecutor {
    private final Queue<Runnable> given = new ArrayDeque<>();
    private final Queue<Runnable> later = new ArrayDeque<>();

    Hands() {
      super(1);
    }

    void work() {
      while (!given.isEmpty()) {
        given.remove().run();
      }
    }

    void workLater() {
      while (!later.isEmpty()) {
        later.remove().run();
      }
    }

    @Override
    public void execute(Runnable task) {
      given.add(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      assertThat(unit.toSeconds(delay)).isGreaterThan(Works.KEPT.toSeconds());
      later.add(task);
      return null;
    }
  }
}
