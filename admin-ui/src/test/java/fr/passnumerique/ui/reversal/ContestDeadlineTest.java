package fr.passnumerique.ui.reversal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.words.French;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestDeadlineTest {
  private static final LocalDate LAST = LocalDate.parse("2026-12-31");

  private static String on(String today) {
    return ContestDeeds.until(LAST, LocalDate.parse(today), new French());
  }

  @Test
  void theDaysLeftAreToldUpToTheLastOneAndNoMoreTheDayAfter() {
    assertThat(on("2026-12-29")).endsWith("31/12/2026 : il reste 2\u00A0jours.");
    assertThat(on("2026-12-30")).endsWith("il reste 1\u00A0jour.");
    assertThat(on("2026-12-31")).endsWith("31/12/2026 : c’est le dernier jour.");
    assertThat(on("2027-01-01")).isEqualTo("Il pouvait être contesté jusqu’au 31/12/2026.");
  }

  @Test
  void eachReversalIsContestedByItsOwnButtonUpToItsLastDay() {
    List<Reversal> of =
        List.of(
            ReversalSpecimens.reversal("indu-1", Reversal.State.REVERSED),
            ReversalSpecimens.reversal("indu-2", Reversal.State.CONTESTED),
            ReversalSpecimens.reversal("indu-3", Reversal.State.PROPOSED));
    LocalDate last = of.getFirst().contestUntil().orElseThrow();

    assertThat(acts(of, last))
        .containsExactly(
            new ThingActs.Act(
                "Contester l’indu indu-1, jusqu’au " + new French().date(last),
                "/lieux/40109226700020/indus/indu-1/contestation"));
    assertThat(acts(of, last.plusDays(1))).isEmpty();
  }

  private static List<ThingActs.Act> acts(List<Reversal> of, LocalDate today) {
    return ReversalConfiguration.contests(
        of, "Contester l’indu %s"::formatted, today, new French());
  }
}
