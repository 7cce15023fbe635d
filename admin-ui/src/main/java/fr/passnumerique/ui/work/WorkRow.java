package fr.passnumerique.ui.work;

import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.Effect;
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
 * @param pace how much of it is done; null where that is not to be told
 * @param file address of the result; null if there is none
 * @param asked what is to be confirmed; null if nothing is
 * @param done what was recorded; null if nothing was
 * @param keptUntil how long what came of it waits; null while there is nothing
 * @param trouble why nothing came of it, or why it is asked once more; null if neither
 */
record WorkRow(
    String what,
    Badge state,
    boolean goesOn,
    Instant askedAt,
    @Nullable Pace pace,
    @Nullable String file,
    @Nullable Asked asked,
    Deed.@Nullable Done done,
    @Nullable Instant keptUntil,
    @Nullable Trouble trouble) {
  private static final Trouble BROKEN_OFF =
      Trouble.of(
          "Le travail s’est interrompu",
          "Un document n’en est pas gardé ; un fichier est enregistré entier, ou pas du tout.",
          "Demandez-le de nouveau : rien n’est fait deux fois.");

  /**
   * @param expectedEnd null while it cannot be told
   */
  record Pace(int percent, Bar bar, @Nullable Instant expectedEnd) {
    static Pace of(Work.Standing.UnderWay on, Instant now) {
      return new Pace(
          on.percent(),
          Bar.of(100, new Bar.Part(Bar.Series.PAID, on.percent())),
          on.expectedEnd(now));
    }
  }

  /**
   * @param address that confirms it
   */
  record Asked(Effect effect, String address) {}

  static WorkRow of(Work work, Instant now) {
    return switch (work.standing()) {
      case Work.Standing.Waiting _ -> row(work, Badge.calm("En attente"), null);
      case Work.Standing.UnderWay on -> row(work, Badge.calm("En cours"), Pace.of(on, now));
      case Work.Standing.Ready(Instant at, Result result) ->
          switch (result) {
            case Result.File _ ->
                row(work, Badge.good("Prêt"), null)
                    .with(Address.of(WorksPage.RESULT, work.id()), null, null, at);
            case Result.Question question ->
                row(work, Badge.warn("À confirmer"), null)
                    .with(
                        null,
                        new Asked(
                            question.effect(),
                            Address.of(WorksPage.GO_ON, work.id(), question.id())),
                        null,
                        at)
                    .because(question.trouble());
            case Result.Done(var done) ->
                row(work, Badge.good("Enregistré"), null).with(null, null, done, at);
          };
      case Work.Standing.Failed(var _, var refusal) ->
          row(work, Badge.bad("Pas fait"), null)
              .because(refusal == null ? BROKEN_OFF : RefusalWords.of(refusal));
    };
  }

  private static WorkRow row(Work work, Badge state, @Nullable Pace pace) {
    return new WorkRow(
        work.what(), state, work.goesOn(), work.askedAt(), pace, null, null, null, null, null);
  }

  private WorkRow with(
      @Nullable String result, @Nullable Asked question, Deed.@Nullable Done end, Instant at) {
    return new WorkRow(
        what, state, goesOn, askedAt, pace, result, question, end, at.plus(Works.KEPT), trouble);
  }

  private WorkRow because(@Nullable Trouble why) {
    return new WorkRow(what, state, goesOn, askedAt, pace, file, asked, done, keptUntil, why);
  }
}
