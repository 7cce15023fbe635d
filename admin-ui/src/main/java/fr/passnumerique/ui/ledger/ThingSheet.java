package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.FactWords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that is recorded of one thing, in order.
 *
 * @param state null where it has none
 * @param cents what it is about; null where it is about no amount
 * @param steps of a page
 * @param opens whether the reader may look at the bank's movements
 * @param address of the page, without a moment
 * @param next address of the following steps; null after the last
 */
record ThingSheet(
    Situation situation,
    String what,
    String id,
    @Nullable Badge state,
    @Nullable Long cents,
    List<Detail> details,
    List<Step> steps,
    boolean opens,
    String address,
    @Nullable String next) {

  /**
   * @param page of what the text names; null if there is none
   */
  record Detail(String label, String text, @Nullable String page) {
    static Detail of(String label, String text) {
      return new Detail(label, text, null);
    }

    static Detail of(String label, CauseWords to) {
      return new Detail(label, to.id(), to.page());
    }
  }

  /**
   * One fact.
   *
   * @param on the day on which it happened, Europe/Paris
   */
  record Step(LocalDate on, String title, Told told, long position, Instant recordedAt) {
    static Step of(RecordedFact recorded, Function<Fact, Told> words) {
      Fact fact = recorded.fact();
      return new Step(
          fact.happenedOn().orElseGet(() -> Paris.dayOf(recorded.recordedAt())),
          FactWords.of(fact.getClass().getSimpleName()),
          words.apply(fact),
          recorded.position(),
          recorded.recordedAt());
    }
  }
}
