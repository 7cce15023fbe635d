package fr.passnumerique.ui.figures;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.projections.loop.Caveats;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said beside the figures of a page. */
class SituationTest {
  @Test
  void figuresThatAreNotHereAreToldAndNotOffered() {
    Situation situation =
        new Situation(50, null, 0, false)
            .with(
                new Caveats(
                    null,
                    List.of(),
                    List.of(
                        new Caveats.OtherFigures("r-1", 20, false),
                        new Caveats.OtherFigures("r-2", 40, true))));

    assertThat(situation.otherBefore()).containsExactly("r-2");
    assertThat(situation.warnings())
        .containsExactly(
            "Deux personnes ont accepté que d’autres chiffres, montrés jusqu’à la position 20,"
                + " soient remplacés (reconstruction « r-1 ») ; cette installation ne les a pas.",
            "D’autres chiffres ont été montrés pour ce moment avant la reconstruction « r-2 »"
                + " (jusqu’à la position 40).");
  }
}
