package fr.passnumerique.projections.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ledger looked through page by page. */
class LedgerFactsIT {
  private static TestDatabase database;
  private static TestLedger ledger;
  private static Following following;
  private static LedgerFactsEndpoint endpoint;
  private static long slip;
  private static long head;

  @BeforeAll
  static void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following = Following.directly(database, ledger, AccountsProjections.accounts());
    endpoint =
        new LedgerFactsEndpoint(
            new LedgerFacts(ledger.reader(), database.reader()), following.runners());
    ledger.record(Story.untilHandedOut());
    SlipJudged judged = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 5, 9);
    slip = ledger.record(judged);
    SettlementRunOpened run = Story.run("R-1", Map.of(slip, judged));
    head = ledger.record(run, Story.confirmed(run, Story.LIBRARY));
    following.await("accounts", head);
  }

  @AfterAll
  static void end() {
    following.close();
    ledger.close();
    database.close();
  }

  private static LedgerFacts.Page facts(
      @Nullable Long first, @Nullable Long last, @Nullable String type, @Nullable String tag) {
    return endpoint.readFacts(first, last, type, tag, null, null, null, 200);
  }

  private static List<Long> positions(LedgerFacts.Page page) {
    return page.facts().stream().map(LedgerFacts.Row::position).toList();
  }

  @Test
  void aFactIsToldAsItIsStoredWithTheHashOfTheOneBefore() {
    LedgerFacts.Row told = facts(slip, slip, null, null).facts().getFirst();
    List<LedgerRow> stored = ledger.reader().readRows(slip - 2, 2);

    assertThat(told.type()).isEqualTo("SlipJudged");
    assertThat(told.payload()).isEqualTo(stored.getLast().payloadText());
    assertThat(told.metadata()).isEqualTo(stored.getLast().metadata());
    assertThat(told.tags()).isEqualTo(stored.getLast().tags());
    assertThat(told.recordedAt()).isEqualTo(stored.getLast().recordedAt());
    assertThat(told.hash()).isEqualTo(HexFormat.of().formatHex(stored.getLast().hash()));
    assertThat(told.previousHash()).isEqualTo(HexFormat.of().formatHex(stored.getFirst().hash()));
    assertThat(facts(1L, 1L, null, null).facts().getFirst().previousHash())
        .isEqualTo("0".repeat(64));
  }

  @Test
  void allArePagedNewestFirstWhateverIsAskedFor() {
    assertThat(paged(null, null)).hasSize((int) head).startsWith(head).endsWith(1L);
    assertThat(paged("VenueListed", null)).hasSize(2);
    assertThat(paged(null, "agreement:" + Story.AGREEMENT)).hasSizeGreaterThan(2);
    assertThat(facts(null, null, null, null).next()).isNull();
    assertThat(facts(null, null, null, null).position()).isEqualTo(head);
    assertThatThrownBy(() -> endpoint.readFacts(null, null, null, null, null, null, null, 201))
        .isInstanceOf(Problem.class);
  }

  /** The same as in one page. */
  private static List<Long> paged(@Nullable String type, @Nullable String tag) {
    List<Long> paged = new ArrayList<>();
    Long before = null;
    do {
      LedgerFacts.Page page = endpoint.readFacts(null, null, type, tag, null, null, before, 1);
      paged.addAll(positions(page));
      before = page.next();
    } while (before != null);
    assertThat(paged).isEqualTo(positions(facts(null, null, type, tag)));
    return paged;
  }

  @Test
  void conditionsHoldTogether() {
    assertThat(positions(facts(slip, null, null, null))).containsExactly(slip + 2, slip + 1, slip);
    assertThat(positions(facts(null, 2L, null, null))).containsExactly(2L, 1L);
    assertThat(facts(null, null, "SlipWithdrawn", null).facts()).isEmpty();
    assertThat(positions(facts(null, null, "SlipJudged", null))).containsExactly(slip);
    assertThat(facts(slip + 1, null, "SlipJudged", null).facts()).isEmpty();
    assertThat(positions(facts(null, null, null, "run:R-1"))).contains(slip + 1);
    assertThat(positions(facts(null, null, "SettlementRunOpened", "run:R-1")))
        .containsExactly(slip + 1);
    assertThat(facts(null, slip, null, "run:R-1").facts()).isEmpty();
    assertThat(facts(null, null, "SlipJudged", "run:R-1").facts()).isEmpty();
    assertThat(facts(null, null, null, "run:none").facts()).isEmpty();
    assertThat(facts(5L, 4L, null, null).facts()).isEmpty();
    assertThat(facts(head + 1, null, null, null).facts()).isEmpty();
  }

  @Test
  void theDayOnWhichFactsWereRecordedIsThatOfParis() {
    LocalDate last = Paris.dayOf(ledger.reader().readRows(head - 1, 1).getFirst().recordedAt());
    LocalDate first = Paris.dayOf(ledger.reader().readRows(0, 1).getFirst().recordedAt());
    assertThat(recorded(first, last)).hasSize((int) head);
    assertThat(recorded(last.plusDays(1), null)).isEmpty();
    assertThat(recorded(null, first.minusDays(1))).isEmpty();
    assertThat(recorded(last, null)).contains(head);
  }

  private static List<Long> recorded(@Nullable LocalDate from, @Nullable LocalDate to) {
    return positions(endpoint.readFacts(null, null, null, null, from, to, null, 200));
  }
}
