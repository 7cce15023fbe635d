package fr.passnumerique.projections.registers;

import static fr.passnumerique.projections.Following.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.CorrectionId;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.registers.StockRegister.Stock;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** A stock as it stood: what was shown then, and what the accounts say its titles were worth. */
class StockAsOfIT {
  private static final Actor CCAS = new Actor("ccas", Role.PRESCRIBER, Story.CCAS.value());
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private BalancesQuery balances;
  private RegistersEndpoint endpoint;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following =
        Following.directly(
            database, ledger, new RegistersProjection(), AccountsProjections.accounts());
    balances = new BalancesQuery(database.reader());
    endpoint =
        new RegistersEndpoint(
            new VenueRegister(database.reader()),
            new PastVenues(new Snapshot(database.reader()), balances::position),
            new StockRegister(database.reader()),
            balances,
            following.runners(),
            database.reader(),
            Clock.systemUTC());
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  private static List<Fact> moves() {
    return List.of(
        Story.opposed("lost-1", Whereabouts.AT_PRESCRIBER, Story.CCAS, 591, 600),
        Story.opposed("lost-2", Whereabouts.HANDED_OUT, null, 11, 20),
        new StockReturned(
            new CorrectionId("r-1"),
            Story.CCAS,
            List.of(new ChequeRange(Story.BATCH, 571, 580), new ChequeRange(Story.BATCH, 581, 590)),
            Story.cents().shares(571, 590)),
        new HandOutCorrected(
            new CorrectionId("c-1"),
            Story.CCAS,
            List.of(new ChequeRange(Story.BATCH, 1, 1)),
            Story.cents().shares(1, 1)),
        Story.handedOut("h-2", Story.MISSION, 601, 700));
  }

  private long recorded(Fact fact) throws InterruptedException {
    long head = ledger.record(fact);
    following.await(RegistersProjection.NAME, head);
    following.await("accounts", head);
    return head;
  }

  @Test
  void whatWasShownAtAPositionOrInstantIsShownAgain() throws Exception {
    List<Fact> facts = new ArrayList<>(Story.untilHandedOut());
    facts.addAll(moves());
    Map<Long, Map<PrescriberId, Stock>> shown = new LinkedHashMap<>();
    for (Fact fact : facts) {
      long position = recorded(fact);
      Map<PrescriberId, Stock> now = new LinkedHashMap<>();
      if (position >= 10) {
        for (PrescriberId prescriber : List.of(Story.CCAS, Story.MISSION)) {
          now.put(prescriber, endpoint.readStock(CLERK, prescriber, WhichMoment.NOW, null));
        }
      }
      shown.put(position, now);
    }
    assertThat(shown.get((long) facts.size()).get(Story.CCAS).inStock()).isEqualTo(71);

    shown.forEach(
        (position, byPrescriber) ->
            byPrescriber.forEach(
                (prescriber, then) -> {
                  Stock again = endpoint.readStock(CLERK, prescriber, at(position), null);
                  assertThat(again).as("position %d", position).isEqualTo(then);
                  assertThat(again.inStockCents()).isEqualTo(worth(prescriber, at(position)));
                  Instant instant = then.recordedAt();
                  if (instant != null && position < facts.size()) {
                    assertThat(
                            endpoint.readStock(
                                CLERK, prescriber, new WhichMoment(null, instant, null), null))
                        .isEqualTo(then);
                  }
                }));
    // Before it was registered it held nothing.
    assertThat(endpoint.readStock(CCAS, Story.CCAS, at(0), null).batches()).isEmpty();
  }

  @Test
  void aBusinessDayCountsWhatHappenedUntilThenHoweverLateItWasRecorded() throws Exception {
    for (Fact fact : Story.untilHandedOut()) {
      recorded(fact);
    }
    for (Fact fact : moves()) {
      recorded(fact);
    }
    long head = recorded(new DayOpened(Paris.dayOf(Instant.now())));
    LocalDate yesterday = Paris.dayOf(Instant.now()).minusDays(1);
    List<LocalDate> days =
        List.of(
            Story.DAY.minusDays(60),
            Story.DAY.minusDays(1),
            Story.DAY,
            Story.DAY.plusDays(20),
            yesterday);
    for (PrescriberId prescriber : List.of(Story.CCAS, Story.MISSION)) {
      for (LocalDate day : days) {
        for (Long position : new Long[] {null, 12L, 20L, head - 3}) {
          WhichMoment when = new WhichMoment(position, null, day);
          assertThat(endpoint.readStock(CLERK, prescriber, when, null).inStockCents())
              .as("%s on %s at %s", prescriber, day, position)
              .isEqualTo(worth(prescriber, when));
        }
      }
    }
    // Handed out on its day, months before it was recorded; what is of today is not of yesterday.
    assertThat(
            endpoint
                .readStock(CCAS, Story.CCAS, new WhichMoment(null, null, yesterday), null)
                .batches())
        .extracting(StockRegister.OfBatch::handedOut)
        .containsExactly(500L);
  }

  @Test
  void itsFileIsAsOfTheSameMoment() throws Exception {
    for (Fact fact : Story.untilHandedOut()) {
      recorded(fact);
    }
    RegisterExportsEndpoint exports = new RegisterExportsEndpoint(endpoint, following.runners());
    MockHttpServletResponse file = new MockHttpServletResponse();
    exports.exportStock(CCAS, Story.CCAS, at(19), null, new TableDownload(TableFormat.CSV, file));
    assertThat(file.getContentAsString()).endsWith(",600,0,0,0,0,600,600000,\r\n");
    assertThat(file.getHeader("Content-Disposition")).contains("stock-ccas-gueret-19.csv");
  }

  @Test
  void whatCannotBeToldIsRefusedWithItsReason() throws Exception {
    for (Fact fact : Story.untilHandedOut()) {
      recorded(fact);
    }
    refused(400, "INVALID_PARAMETER", at(-1));
    refused(422, "AS_OF_TOO_LATE", at(21));
    refused(422, "AS_OF_TOO_LATE", new WhichMoment(null, Instant.now().plusSeconds(60), null));
    refused(
        422, "AS_OF_TOO_EARLY", new WhichMoment(null, Instant.parse("2001-01-01T00:00:00Z"), null));
    refused(
        422, "AS_OF_TOO_LATE", new WhichMoment(null, null, Paris.dayOf(Instant.now()).plusDays(1)));
    refused(400, "AS_OF_TWICE", new WhichMoment(3L, Instant.now(), null));
    assertThatThrownBy(() -> endpoint.readStock(CCAS, Story.MISSION, at(20), null))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(404));
    // Folded by a release that kept no movements: now is told, the past is not told in part.
    execute(database.projections(), "delete from projections.stock_movement where position = 11");
    assertThat(endpoint.readStock(CCAS, Story.CCAS, at(20), null).inStock()).isEqualTo(100);
    refused(422, "AS_OF_NOT_KEPT", at(19));
    assertThat(endpoint.readStock(CLERK, Story.MISSION, at(19), null).inStock()).isEqualTo(200);
  }

  private void refused(int status, String code, WhichMoment when) {
    assertThatThrownBy(() -> endpoint.readStock(CCAS, Story.CCAS, when, null))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.status()).isEqualTo(status);
            });
  }

  private static WhichMoment at(long position) {
    return new WhichMoment(position, null, null);
  }

  private long worth(PrescriberId prescriber, WhichMoment when) {
    Balances read;
    try {
      read =
          balances.read(
              BalancesQuery.Filter.ALL,
              EnumSet.of(Grouping.PRESCRIBER),
              0,
              new AsOf(when.asOfPosition(), when.asOf(), when.businessDate()));
    } catch (UntoldMomentException e) {
      // Of a day before anything happened balances are not told, and nothing was held.
      assertThat(e.why()).isEqualTo(UntoldMomentException.Why.AS_OF_TOO_EARLY);
      return 0;
    }
    @Nullable List<Balances.OfPrescriber> all = read.prescribers();
    return all == null
        ? 0
        : all.stream()
            .filter(of -> of.prescriber().equals(prescriber.value()))
            .mapToLong(Balances.OfPrescriber::inStockCents)
            .sum();
  }
}
