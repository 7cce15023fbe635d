package fr.passnumerique.ui.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.projections.labels.LabelledPlaces.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesMapTest {
  private static final Place PARIS = VisitorSpecimens.place(1, "75", 48.857, 2.352);
  private static final Place AJACCIO = VisitorSpecimens.place(2, "2A", 41.927, 8.737);
  private static final Place SAINT_DENIS = VisitorSpecimens.place(3, "974", -20.88, 55.45);
  private static final Place SOLE_TRADER = VisitorSpecimens.place(4, "16", null, null);

  @Test
  void parisIsNorthWestOfAjaccioAndAKilometreIsAsLongEitherWay() {
    PlacesMap map = PlacesMap.of(List.of(PARIS, AJACCIO), false);
    double across = x(map, 1) - x(map, 0);
    double down = y(map, 1) - y(map, 0);

    assertThat(across).isPositive();
    assertThat(down).isPositive();
    // They lie 921 km apart.
    assertThat(Math.hypot(across, down) * 1.112).isBetween(900.0, 940.0);
  }

  @Test
  void whatIsNotOnItIsCounted() {
    PlacesMap map = PlacesMap.of(List.of(PARIS, SAINT_DENIS, SOLE_TRADER), false);

    assertThat(map.dots()).hasSize(1);
    assertThat(map.elsewhere()).isEqualTo(1);
    assertThat(map.nowhere()).isEqualTo(1);
  }

  @Test
  void placesThatAllLieOverseasAreShownThere() {
    PlacesMap map = PlacesMap.of(List.of(SAINT_DENIS), true);

    assertThat(map.dots()).hasSize(1);
    assertThat(map.elsewhere()).isZero();
    assertThat(map.towns()).extracting(PlacesMap.Label::name).containsExactly("Saint-Fraigne-3");
  }

  @Test
  void onePositionThatIsWrongDoesNotMakeOnePointOfAllOthers() {
    List<Place> places = new ArrayList<>();
    for (int each = 0; each < 11; each++) {
      places.add(VisitorSpecimens.place(each, "16", 45.9 + each / 50.0, 0.1));
    }
    places.add(VisitorSpecimens.place(11, "16", 43.3, 5.4));

    PlacesMap map = PlacesMap.of(places, true);

    assertThat(map.dots()).hasSize(11);
    assertThat(map.elsewhere()).isEqualTo(1);
  }

  @Test
  void placesInOneSpotAreOnePointThatSaysHowMany() {
    PlacesMap map = PlacesMap.of(List.of(PARIS, PARIS, PARIS), false);

    assertThat(map.dots()).hasSize(1);
    assertThat(map.dots().getFirst().says()).endsWith(" : 3 lieux");
  }

  @Test
  void noPlaceIsAMapWithoutPoints() {
    assertThat(PlacesMap.of(List.of(), true).dots()).isEmpty();
    assertThat(PlacesMap.of(List.of(SOLE_TRADER), true).dots()).isEmpty();
  }

  private static double x(PlacesMap map, int dot) {
    return Double.parseDouble(map.dots().get(dot).x());
  }

  private static double y(PlacesMap map, int dot) {
    return Double.parseDouble(map.dots().get(dot).y());
  }
}
