package fr.passnumerique.ui.work;

import fr.passnumerique.ui.figures.Bar;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.RefusalWords;
import fr.passnumerique.ui.words.Trouble;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A work as its page shows it.
 *
 * @param bar how much of it is done; null where that is not to be told
 * @param expectedEnd null while it cannot be told
 * @param file address of the result; null if there is none
 * @param keptUntil how long that waits
 * @param trouble why there is none; null if there will be
 */
record WorkRow(
    String what,
    Badge state,
    boolean goesOn,
    Instant askedAt,
    int percent,
    @Nullable Bar bar,
    @Nullable Instant expectedEnd,
    @Nullable String file,
    @Nullable Instant keptUntil,
    @Nullable Trouble trouble) {
  private static final Trouble BROKEN_OFF =
      Trouble.of("Le travail s’est interrompu", "Rien n’en est gardé.", "Demandez-le de nouveau.");

  static WorkRow of(Work work, Instant now) {
    return switch (work.standing()) {
      case Work.Standing.Waiting _ ->
          row(work, Badge.calm("En attente"), 0, null, null, null, null, null);
      case Work.Standing.UnderWay on ->
          row(
              work,
              Badge.calm("En cours"),
              on.percent(),
              Bar.of(100, new Bar.Part(Bar.Series.PAID, on.percent())),
              on.expectedEnd(now),
              null,
              null,
              null);
      case Work.Standing.Ready ready ->
          row(
              work,
              Badge.good("Prêt"),
              100,
              null,
              null,
              Address.of(WorksPage.RESULT, work.id()),
              ready.at().plus(Works.KEPT),
              null);
      case Work.Standing.Failed failed ->
          row(
              work,
              Badge.bad("Pas fait"),
              0,
              null,
              null,
              null,
              null,
              failed.refusal() == null ? BROKEN_OFF : RefusalWords.of(failed.refusal()));
    };
  }

  private static WorkRow row(
      Work work,
      Badge state,
      int percent,
      @Nullable Bar bar,
      @Nullable Instant expectedEnd,
      @Nullable String file,
      @Nullable Instant keptUntil,
      @Nullable Trouble trouble) {
    return new WorkRow(
        work.what(),
        state,
        work.goesOn(),
        work.askedAt(),
        percent,
        bar,
        expectedEnd,
        file,
        keptUntil,
        trouble);
  }
}
