package fr.passnumerique.projections.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.labels.LabelledPlaces.Place;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Anybody looks for where a cheque can be used. */
class LabelledPlacesIT {
  private static final LocalDate SUSPENDED_ON = LocalDate.of(2026, 5, 1);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-04-30T21:59:59Z"));
  private Registered registered;
  private LabelledPlaces places;

  /** A library and a bus of two stops; one stop is suspended from May. */
  @BeforeEach
  void start() throws InterruptedException {
    registered = new Registered();
    places = new LabelledPlaces(registered.register(), clock());
    record(
        List.of(
            Story.listed(
                Story.LIBRARY,
                "Médiathèque",
                Story.pointOfService(Story.LIBRARY_DESK, Story.CREUSE)),
            Story.listed(
                Story.BUS,
                "Cyberbus",
                Story.pointOfService(Story.BUS_GUERET, Story.CREUSE),
                Story.pointOfService(Story.BUS_LIMOGES, Story.HAUTE_VIENNE)),
            new VenueLabelled(Story.LIBRARY, LocalDate.of(2026, 1, 1), "CP 1"),
            new VenueLabelled(Story.BUS, LocalDate.of(2026, 2, 1), "CP 2"),
            LabelRegisterIT.decided(
                Story.BUS, List.of(Story.BUS_LIMOGES), LabelState.SUSPENDED, SUSPENDED_ON)));
  }

  @AfterEach
  void end() {
    registered.close();
  }

  @Test
  void aPlaceIsThereUntilMidnightInParisOfTheDayOfItsSuspension() {
    assertThat(ids("", "")).containsExactlyInAnyOrder("gueret", "bus-gueret", "bus-limoges");

    now.set(Instant.parse("2026-04-30T22:00:00Z"));

    assertThat(ids("", "")).containsExactlyInAnyOrder("gueret", "bus-gueret");
  }

  @Test
  void aLabelCountsAsSoonAsItIsRecorded() throws InterruptedException {
    assertThat(ids("", "")).hasSize(3);

    record(
        List.of(
            LabelRegisterIT.decided(
                Story.LIBRARY, List.of(), LabelState.WITHDRAWN, LocalDate.of(2026, 4, 1))));

    assertThat(ids("", "")).containsExactlyInAnyOrder("bus-gueret", "bus-limoges");
  }

  @Test
  void aDepartementNarrowsThePlacesAndNotTheirNumberElsewhere() {
    assertThat(ids("", Story.HAUTE_VIENNE.code())).containsExactly("bus-limoges");
    assertThat(places.find("", Story.HAUTE_VIENNE.code()).byDepartement())
        .isEqualTo(Map.of(Story.CREUSE.code(), 2, Story.HAUTE_VIENNE.code(), 1));
    assertThat(places.find("", "99").places()).isEmpty();
  }

  /** By the beginnings of words, whatever their accents and capitals; never by their middle. */
  @Test
  void wordsAreFoundAsPeopleTypeThem() {
    Place one = places.find("", "").places().getFirst();
    String commune = one.commune();
    assertThat(commune).hasSizeGreaterThan(3);

    assertThat(ids(commune.toUpperCase(Locale.ROOT), "")).contains(one.id());
    assertThat(ids(commune.substring(0, 3) + " " + one.postcode(), "")).contains(one.id());
    assertThat(ids(one.venue(), "")).contains(one.id());
    assertThat(ids(commune.substring(1), "")).isEmpty();
    assertThat(ids("  ", "")).hasSize(3);
    assertThat(ids("%' or 1=1 --", "")).isEmpty();
  }

  @Test
  void whatIsLookedForIsBoundedSinceEachOfItsWordsIsComparedWithEveryPlace() {
    assertThat(ids("d".repeat(100), "")).isEmpty();
    assertThatThrownBy(() -> places.find("d ".repeat(50) + "d", ""))
        .isInstanceOfSatisfying(
            Problem.class, refused -> assertThat(refused.code()).isEqualTo("INVALID_VALUE"));
  }

  @Test
  void theDepartementsToChooseFromAreThoseThatHaveOneWhateverTheWords() {
    assertThat(places.find("cyberbus", "99").departements())
        .containsExactlyInAnyOrder(Story.CREUSE.code(), Story.HAUTE_VIENNE.code());
  }

  @Test
  void aPlaceIsNamedByWordsThatAllBeginOneOfItsName() {
    Place one = places.find("", "").places().getFirst();

    assertThat(LabelledPlaces.isNamed(one, one.name().toUpperCase(Locale.ROOT))).isTrue();
    assertThat(LabelledPlaces.isNamed(one, one.name() + " " + one.postcode())).isFalse();
  }

  /** Until the projection has it. */
  private void record(List<Fact> facts) throws InterruptedException {
    registered.record(facts);
    registered.points(SUSPENDED_ON, LabelState.LABELLED);
  }

  private List<String> ids(String words, String departement) {
    return places.find(words, departement).places().stream().map(Place::id).toList();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now.get();
      }
    };
  }
}
