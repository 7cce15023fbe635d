package fr.passnumerique.ui.reversal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.ui.words.French;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ContestDeadlineTest {
  private static final LocalDate LAST = LocalDate.parse("2026-12-31");

  private static String on(String today) {
    return ReversalDeeds.until(LAST, LocalDate.parse(today), new French());
  }

  @Test
  void theDaysLeftAreToldUpToTheLastOneAndNoMoreTheDayAfter() {
    assertThat(on("2026-12-29")).endsWith("31/12/2026 : il reste 2\u00A0jours.");
    assertThat(on("2026-12-30")).endsWith("il reste 1\u00A0jour.");
    assertThat(on("2026-12-31")).endsWith("31/12/2026 : c’est le dernier jour.");
    assertThat(on("2027-01-01")).isEqualTo("Il pouvait être contesté jusqu’au 31/12/2026.");
  }
}
