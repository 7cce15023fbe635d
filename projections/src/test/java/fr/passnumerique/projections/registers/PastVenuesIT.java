package fr.passnumerique.projections.registers;

import static fr.passnumerique.projections.Following.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueIdentified;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.labels.LabelsProjections;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.registers.VenueRegister.Page;
import fr.passnumerique.projections.registers.VenueRegister.Venue;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** The register of venues as it was shown, and as committees' decisions held for a day. */
class PastVenuesIT {
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  private static final VenueId CLUB = new VenueId("W161000119");
  private static final LocalDate SUSPENDED = LocalDate.of(2026, 5, 1);
  private static final LocalDate REINSTATED = LocalDate.of(2026, 6, 15);

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private RegistersEndpoint endpoint;
  private RegisterExportsEndpoint exports;

  /** Of the ledger: moved by a test that needs another. */
  private Instant now = Instant.parse("2026-07-01T08:00:00Z");

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger =
        TestLedger.on(
            database,
            new Clock() {
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
                return now;
              }
            });
    following =
        Following.directly(
            database,
            ledger,
            new RegistersProjection(),
            LabelsProjections.labels(),
            AccountsProjections.accounts());
    BalancesQuery balances = new BalancesQuery(database.reader());
    endpoint =
        new RegistersEndpoint(
            new VenueRegister(database.reader()),
            new PastVenues(new Snapshot(database.reader()), balances::position),
            new StockRegister(database.reader()),
            balances,
            following.runners(),
            database.reader(),
            Clock.systemUTC());
    exports = new RegisterExportsEndpoint(endpoint, following.runners());
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  private long record(List<? extends Fact> facts) throws InterruptedException {
    long head = ledger.record(List.copyOf(facts));
    for (String projection : List.of(RegistersProjection.NAME, "labels", "accounts")) {
      following.await(projection, head);
    }
    return head;
  }

  private long record(Fact fact) throws InterruptedException {
    return record(List.of(fact));
  }

  private static LabelDecided decided(LabelState state, LocalDate from, PointOfServiceId... on) {
    return new LabelDecided(
        Story.LIBRARY,
        List.of(on),
        state,
        from,
        "CP " + from,
        from.minusDays(3),
        state == LabelState.SUSPENDED ? Optional.of(LabelDecided.Reason.CLOSED) : Optional.empty(),
        Optional.empty());
  }

  private static VenueListed club() {
    return new VenueListed(
        CLUB,
        IdentifiedBy.RNA,
        "Club",
        false,
        List.of(Story.pointOfService(new PointOfServiceId("club"), Story.CREUSE)),
        Optional.empty(),
        "test");
  }

  private static WhichMoment at(long position) {
    return new WhichMoment(position, null, null);
  }

  private static WhichMoment on(LocalDate day) {
    return new WhichMoment(null, null, day);
  }

  private Page read(WhichMoment when) {
    return endpoint.readVenueRegister(CLERK, null, null, null, 100, when, null);
  }

  private Venue library(WhichMoment when) {
    return read(when).venues().stream()
        .filter(venue -> venue.venue().equals(Story.LIBRARY.value()))
        .findFirst()
        .orElseThrow();
  }

  /** Everything that changes a row: lists, labels, identification, accounts and their IBAN. */
  @Test
  void whatWasShownAtAPositionOrInstantIsShownAgain() throws Exception {
    List<Fact> facts = new ArrayList<>(Story.untilHandedOut());
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    SettlementRunOpened run = Story.run("R-1", Map.of((long) facts.size() + 1, slip));
    facts.addAll(
        List.of(
            slip,
            run,
            // The bus is paid to the library's IBAN, by an entry of its own in the vault.
            new VenueAccountOpened(Story.BUS, new VaultReference("account-8"), "fingerprint-1"),
            Story.rejected(run, Story.LIBRARY),
            club(),
            new VenueIdentified(CLUB, "13002526500039", "clerk-1"),
            club(),
            // Payable by a list before; another list knows it by its RNA only.
            new VenueListed(
                Story.LIBRARY,
                IdentifiedBy.RNA,
                "Médiathèque",
                false,
                List.of(Story.pointOfService(Story.LIBRARY_DESK, Story.CREUSE)),
                Optional.empty(),
                "test"),
            decided(LabelState.SUSPENDED, SUSPENDED),
            decided(LabelState.SUSPENDED, SUSPENDED.plusDays(1), Story.LIBRARY_DESK),
            decided(LabelState.LABELLED, REINSTATED),
            Story.listed(
                Story.BUS, "Bus numérique", Story.pointOfService(Story.BUS_GUERET, Story.CREUSE)),
            new VenueAccountOpened(Story.BUS, new VaultReference("account-8"), "fingerprint-1"),
            new FunderAccountOpened(
                Story.STATE, new VaultReference("account-7"), "fingerprint-7", "c-1", "c-2"),
            new DayOpened(LocalDate.of(2026, 7, 1))));
    Map<Long, Page> shown = new LinkedHashMap<>();
    for (Fact fact : facts) {
      now = now.plusSeconds(60);
      long position = record(fact);
      shown.put(position, read(WhichMoment.NOW));
    }
    assertThat(shown.values().stream().map(Page::venues).distinct()).hasSizeGreaterThan(10);

    shown.forEach(
        (position, then) -> {
          assertThat(read(at(position))).as("position %d", position).isEqualTo(then);
          Instant instant = then.recordedAt();
          if (instant != null && position < facts.size()) {
            assertThat(read(new WhichMoment(null, instant, null))).isEqualTo(then);
          }
          for (Boolean labelled : new Boolean[] {true, false}) {
            assertThat(
                    endpoint
                        .readVenueRegister(
                            CLERK, new Departement("87"), labelled, null, 9, at(position), null)
                        .venues())
                .as("labelled in 87: %s, position %d", labelled, position)
                .isEqualTo(
                    then.venues().stream()
                        .filter(venue -> labelled == (venue.labelledFrom() != null))
                        .filter(
                            venue ->
                                venue.pointsOfService().stream()
                                    .anyMatch(point -> point.departement().equals("87")))
                        .toList());
          }
        });
    assertThat(read(at(0)).venues()).isEmpty();
  }

  @Test
  void aLabelIsOfTheDayThatItHoldsFrom() throws Exception {
    record(Story.untilHandedOut());
    long known = record(decided(LabelState.SUSPENDED, SUSPENDED));
    record(decided(LabelState.LABELLED, REINSTATED));
    record(new DayOpened(LocalDate.of(2026, 7, 1)));

    assertThat(library(on(LocalDate.of(2025, 12, 31))).labelledFrom()).isNull();
    assertThat(library(on(LocalDate.of(2026, 1, 1))))
        .extracting(Venue::labelledFrom)
        .isEqualTo(LocalDate.of(2026, 1, 1));
    assertThat(library(on(SUSPENDED.minusDays(1))).labelledFrom())
        .isEqualTo(LocalDate.of(2026, 1, 1));
    assertThat(library(on(SUSPENDED)))
        .extracting(Venue::labelledFrom, Venue::labelDecision)
        .containsExactly(null, "CP " + SUSPENDED);
    assertThat(library(on(REINSTATED.minusDays(1))).labelledFrom()).isNull();
    assertThat(library(on(REINSTATED)))
        .extracting(Venue::labelledFrom, Venue::labelDecision)
        .containsExactly(REINSTATED, "CP " + REINSTATED);
    // The same day, before the committee's second decision was recorded.
    assertThat(library(new WhichMoment(known, null, REINSTATED)).labelledFrom()).isNull();
    assertThat(library(new WhichMoment(known - 1, null, SUSPENDED)).labelledFrom())
        .isEqualTo(LocalDate.of(2026, 1, 1));
    assertThat(endpoint.readVenueRegister(CLERK, null, true, null, 9, on(SUSPENDED), null).venues())
        .extracting(Venue::venue)
        .containsExactly(Story.BUS.value());
  }

  /** Of two decisions the later day holds, however late the other was recorded. */
  @Test
  void aDecisionThatIsRecordedLateHoldsUntilTheNextDay() throws Exception {
    record(Story.untilHandedOut());
    record(decided(LabelState.LABELLED, REINSTATED));
    record(decided(LabelState.SUSPENDED, SUSPENDED));
    record(new DayOpened(LocalDate.of(2026, 7, 1)));

    assertThat(library(on(REINSTATED.minusDays(1))).labelledFrom()).isNull();
    assertThat(library(on(REINSTATED)).labelledFrom()).isEqualTo(REINSTATED);
  }

  /** 23:59:59 and midnight in Paris, which are of one day in UTC. */
  @Test
  void whatWasKnownAtMidnightInParis() throws Exception {
    now = Instant.parse("2026-04-30T08:00:00Z");
    record(Story.untilHandedOut());
    now = Instant.parse("2026-04-30T22:00:00Z");
    record(decided(LabelState.SUSPENDED, SUSPENDED));
    now = Instant.parse("2026-05-02T08:00:00Z");
    record(new DayOpened(SUSPENDED.plusDays(1)));

    Instant before = Instant.parse("2026-04-30T21:59:59Z");
    Instant after = Instant.parse("2026-04-30T22:00:01Z");
    LocalDate thatDay = SUSPENDED.minusDays(1);
    assertThat(library(new WhichMoment(null, before, null)).labelledFrom()).isNotNull();
    assertThat(library(new WhichMoment(null, after, null)).labelledFrom()).isNull();
    // The day ends with the fact of the next one: what is asked of it before is not told yet.
    refused(422, "AS_OF_TOO_LATE", new WhichMoment(null, before, thatDay));
    assertThat(library(new WhichMoment(null, before, thatDay.minusDays(1))).labelledFrom())
        .isNotNull();
    assertThat(library(new WhichMoment(null, after, thatDay)).labelledFrom()).isNotNull();
    refused(422, "AS_OF_TOO_LATE", new WhichMoment(null, after, SUSPENDED));
  }

  @Test
  void aVenueThatMovedIsToldWhereItWasWhenThatWasRecorded() throws Exception {
    long before = record(Story.untilHandedOut());
    record(
        Story.listed(
            Story.LIBRARY,
            "Médiathèque de Limoges",
            Story.pointOfService(Story.LIBRARY_DESK, Story.HAUTE_VIENNE)));
    record(new DayOpened(LocalDate.of(2026, 7, 1)));

    assertThat(library(at(before)).pointsOfService())
        .extracting(VenueRegister.PointOfService::departement)
        .containsExactly("23");
    // A list does not say since when: the description of a day is the one that is known.
    for (WhichMoment moved : List.of(WhichMoment.NOW, on(Story.DAY))) {
      assertThat(library(moved).pointsOfService())
          .extracting(VenueRegister.PointOfService::departement)
          .containsExactly("87");
    }
    assertThat(
            endpoint
                .readVenueRegister(CLERK, new Departement("87"), null, null, 9, at(before), null)
                .venues())
        .extracting(Venue::venue)
        .containsExactly(Story.BUS.value());
    MockHttpServletResponse points = new MockHttpServletResponse();
    exports.exportPointsOfService(
        Story.LIBRARY, at(before), null, new TableDownload(TableFormat.CSV, points));
    assertThat(points.getContentAsString().lines().skip(1).findFirst().orElseThrow())
        .contains(",23,");
  }

  @Test
  void itsFileIsAsOfTheSameMoment() throws Exception {
    record(Story.untilHandedOut());
    long suspended = record(decided(LabelState.SUSPENDED, SUSPENDED));
    record(decided(LabelState.LABELLED, REINSTATED));

    MockHttpServletResponse file = new MockHttpServletResponse();
    exports.exportVenueRegister(
        null, true, at(suspended), null, new TableDownload(TableFormat.CSV, file));

    assertThat(file.getContentAsString())
        .contains(Story.BUS.value())
        .doesNotContain(Story.LIBRARY.value());
    assertThat(file.getHeader("Content-Disposition")).contains("lieux-%d.csv".formatted(suspended));
  }

  @Test
  void pagesFollowEachOther() throws Exception {
    long head = record(Story.untilHandedOut());
    record(club());

    Page first = endpoint.readVenueRegister(CLERK, null, null, null, 1, at(head), null);
    Page second =
        endpoint.readVenueRegister(
            CLERK, null, null, new VenueId(String.valueOf(first.next())), 1, at(head), null);

    assertThat(List.of(first, second))
        .extracting(page -> page.venues().getFirst().venue(), Page::position)
        .containsExactly(tuple(Story.BUS.value(), head), tuple(Story.LIBRARY.value(), head));
    assertThat(second.next()).isNull();
  }

  @Test
  void othersAccountsAreNotTold() throws Exception {
    long head = record(Story.untilHandedOut());
    Actor library = new Actor("library", Role.VENUE, Story.LIBRARY.value());

    assertThat(endpoint.readVenueRegister(library, null, null, null, 9, at(head), null).venues())
        .extracting(Venue::accountOpen)
        .containsExactly(null, true);
  }

  @Test
  void whatCannotBeToldIsRefusedWithItsReason() throws Exception {
    long head = record(Story.untilHandedOut());
    refused(400, "INVALID_PARAMETER", at(-1));
    refused(422, "AS_OF_TOO_LATE", at(head + 1));
    refused(422, "AS_OF_TOO_LATE", new WhichMoment(null, now.plusSeconds(60), null));
    refused(
        422, "AS_OF_TOO_EARLY", new WhichMoment(null, Instant.parse("2001-01-01T00:00:00Z"), null));
    refused(422, "AS_OF_TOO_LATE", on(LocalDate.of(2026, 7, 2)));
    refused(400, "AS_OF_TWICE", new WhichMoment(3L, now, null));
    // Folded by a release that kept no openings and closings: now is told, the past is not told in
    // part, though all accounts may have been opened anew since.
    execute(database.projections(), "update projections.accounts_kept set after = " + (head - 1));
    assertThat(library(WhichMoment.NOW).accountOpen()).isTrue();
    refused(422, "AS_OF_NOT_KEPT", at(head));
    refused(422, "AS_OF_NOT_KEPT", on(LocalDate.of(2026, 6, 30)));
    execute(
        database.projections(),
        """
        insert into projections.rebuild (id, projection, state, asked_by, asked_at) values
          ('before', 'registers', 'SWITCHED', 'clerk-1', now()),
          ('of-others', 'labels', 'SWITCHED', 'clerk-1', now())
        """);
    execute(database.projections(), "update projections.accounts_kept set after_rebuild = 1");
    refused(422, "AS_OF_NOT_KEPT", at(head));
    execute(
        database.projections(),
        """
        insert into projections.rebuild (id, projection, state, asked_by, asked_at)
        values ('since', 'registers', 'SWITCHED', 'clerk-1', now())
        """);
    assertThat(library(at(head)).accountOpen()).isTrue();
  }

  @Test
  void whatTheLabelsHaveNotReachedIsNotToldInPart() throws Exception {
    following.close();
    long head = ledger.record(Story.untilHandedOut());
    try (Following others =
        Following.directly(
            database, ledger, new RegistersProjection(), AccountsProjections.accounts())) {
      others.await(RegistersProjection.NAME, head);
      others.await("accounts", head);

      refused(422, "AS_OF_TOO_LATE", at(head));
    }
  }

  private void refused(int status, String code, WhichMoment when) {
    assertThatThrownBy(() -> read(when))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.status()).isEqualTo(status);
              assertThat(problem.faults()).isNotEmpty();
            });
    MockHttpServletResponse file = new MockHttpServletResponse();
    assertThatThrownBy(
            () ->
                exports.exportVenueRegister(
                    null, null, when, null, new TableDownload(TableFormat.CSV, file)))
        .isInstanceOf(Problem.class);
    assertThat(file.isCommitted()).isFalse();
  }
}
