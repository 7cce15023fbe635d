package fr.passnumerique.projections.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.CorrectionId;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VatRegime;
import fr.passnumerique.clearing.venues.VatRegimeSet;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueIdentified;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueWaived;
import fr.passnumerique.clearing.venues.VenueWaiverEnded;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.FoundWrong;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.claims.ClaimsProjections;
import fr.passnumerique.projections.histories.HistoriesProjections;
import fr.passnumerique.projections.labels.LabelsProjections;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A ledger in which every table of every projection has rows, folded anew. */
class EveryProjectionRebuiltIT {
  /** Others than before: they remember rows that they have written. */
  private static List<Projection> all() {
    return List.of(
        AccountsProjections.accountsAndStages(),
        ClaimsProjections.claims(),
        HistoriesProjections.histories(),
        LabelsProjections.labels(),
        RegistersProjections.registers());
  }

  private static final VenueId CLUB = new VenueId("W161000119");

  private static TestDatabase database;
  private static TestLedger ledger;
  private static Following following;
  private static Rebuilds rebuilds;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following = Following.directly(database, ledger, all().toArray(Projection[]::new));
    rebuilds = new Rebuilds(database.reader());
    ledger.record(Story.untilHandedOut());
    SlipJudged ofLibrary =
        Story.slip(
            Story.LIBRARY,
            "S-1",
            Story.LIBRARY_DESK,
            List.of(Story.accepted(1), Story.accepted(2), Story.rejected(3, Verdict.OPPOSED)));
    SlipJudged ofBus = conflicting(Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 4, 8));
    SlipJudged withdrawn = Story.slip(Story.BUS, "S-2", Story.BUS_LIMOGES, 9, 10);
    long first = ledger.record(ofLibrary);
    long second = ledger.record(ofBus);
    ledger.record(Story.withdrawn(withdrawn, ledger.record(withdrawn)));
    // Presented again, in a slip with another reference.
    SlipJudged wrong = Story.slip(Story.LIBRARY, "S-3", Story.LIBRARY_DESK, 9, 9);
    long third = ledger.record(wrong);
    ledger.record(new FoundWrong(wrong, third).reversed(ReversedLine.Standing.OWED));
    SettlementRunOpened run = Story.run("R-1", Map.of(first, ofLibrary, second, ofBus));
    ledger.record(run, Story.confirmed(run, Story.BUS), Story.rejected(run, Story.LIBRARY));
    ledger.record(
        Story.opposed("lost-1", Whereabouts.AT_PRESCRIBER, Story.CCAS, 591, 600),
        new StockReturned(
            new CorrectionId("r-1"),
            Story.CCAS,
            List.of(new ChequeRange(Story.BATCH, 581, 590)),
            Story.cents().shares(581, 590)),
        new HandOutCorrected(
            new CorrectionId("c-1"),
            Story.CCAS,
            List.of(new ChequeRange(Story.BATCH, 500, 500)),
            Story.cents().shares(500, 500)),
        new LabelDecided(
            Story.BUS,
            List.of(Story.BUS_LIMOGES),
            LabelState.SUSPENDED,
            Story.DAY.plusDays(9),
            "committee of March",
            Story.DAY,
            Optional.of(LabelDecided.Reason.CLOSED),
            Optional.empty()),
        Story.listed(
            Story.BUS,
            "Bus numérique",
            Story.pointOfService(Story.BUS_LIMOGES, Story.HAUTE_VIENNE),
            Story.pointOfService(new PointOfServiceId("bus-aubusson"), Story.CREUSE)),
        club(),
        new VenueIdentified(CLUB, "13002526500039", "clerk-1"),
        club(),
        new VenueIdentified(
            CLUB,
            "73282932000074",
            "clerk-1",
            Optional.of("13002526500039"),
            Optional.of("clerk-2")),
        new VenueLabelled(CLUB, Story.DAY, "committee of March"),
        new VatRegimeSet(Story.LIBRARY, VatRegime.FRANCHISE, Story.DAY, "clerk-1"),
        new VenueWaived(Story.LIBRARY, Story.DAY.plusDays(30), "letter", "clerk-1"),
        new CreditNoteIssued(
            new CreditNoteId("o-1~anct"),
            new OrderId("o-1"),
            Story.STATE,
            57_140,
            Story.DAY.plusYears(2),
            Story.cents().shares(501, 600).subList(0, 1),
            List.of(),
            Optional.empty()));
    long head =
        ledger.record(
            new VenueWaiverEnded(Story.LIBRARY, Story.DAY.plusDays(60), "letter", "clerk-1"));
    for (Projection projection : all()) {
      following.await(projection.name(), head);
    }
  }

  /** Listed under its RNA, as it is once more after it was identified. */
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

  private static SlipJudged conflicting(SlipJudged slip) {
    return new SlipJudged(
        slip.venue(),
        slip.reference(),
        slip.contentDigest(),
        slip.presentedAt(),
        slip.visits(),
        slip.lines(),
        slip.owed(),
        List.of(new SlipJudged.Conflict(1, Story.CCAS)));
  }

  @AfterAll
  static void end() {
    following.close();
    ledger.close();
    database.close();
  }

  static Stream<Projection> everyOne() {
    return all().stream();
  }

  /** Their keys are made side by side, before those of the tables that they might refer to. */
  @Test
  void noTableThatOnlyGrowsRefersToAnother() throws Exception {
    Set<String> growing = new TreeSet<>();
    all().forEach(projection -> growing.addAll(projection.tables().growing()));
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select c.relname from pg_constraint k join pg_class c on c.oid = k.conrelid
                 where k.contype = 'f' and k.connamespace = 'projections'::regnamespace
                """)) {
      Set<String> referring = new TreeSet<>();
      while (rows.next()) {
        referring.add(rows.getString(1));
      }
      assertThat(growing).isNotEmpty().doesNotContainAnyElementsOf(referring);
    }
  }

  @ParameterizedTest
  @MethodSource("everyOne")
  void aProjectionFoldedAnewHasTheSameRows(Projection projection) throws Exception {
    Map<String, List<String>> before = rows(projection);
    assertThat(before).allSatisfy((_, rows) -> assertThat(rows).isNotEmpty());
    for (RebuildRun.Pace pace :
        List.of(
            RebuildRun.Pace.USUAL, new RebuildRun.Pace(3, 2, 4), new RebuildRun.Pace(1, 1, 0))) {
      Rebuild done = rebuilt(projection, pace, Rebuild.State.SWITCHED);
      assertThat(done.differences()).isZero();
      assertThat(rows(projection)).as(pace.toString()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("everyOne")
  void aRowThatIsNotWhatTheLedgerSaysIsFoundInWhicheverTableItIs(Projection projection)
      throws Exception {
    following.close();
    try {
      Set<String> changed = new TreeSet<>();
      for (String table : projection.tables().names()) {
        if (change(table)) {
          changed.add(table);
        }
      }
      Set<String> compared = new TreeSet<>();
      projection.tables().sums().forEach(sum -> compared.add(sum.table()));
      assertThat(changed).isNotEmpty();

      Rebuild differs = rebuilt(projection, RebuildRun.Pace.USUAL, Rebuild.State.DIFFERS);

      Set<String> told = new TreeSet<>();
      rebuilds.differences(differs, 1_000).forEach(difference -> told.add(difference.source()));
      changed.retainAll(compared);
      assertThat(told).isEqualTo(changed);
      if (!projection.name().equals("accounts") && !projection.name().equals("claims")) {
        assertThat(compared).containsExactlyInAnyOrderElementsOf(projection.tables().names());
      }
    } finally {
      // Folded again by the runner itself.
      truncated(projection);
      following = Following.directly(database, ledger, all().toArray(Projection[]::new));
      following.await(projection.name(), ledger.reader().head());
    }
  }

  private static int asked;

  private Rebuild rebuilt(Projection projection, RebuildRun.Pace pace, Rebuild.State end)
      throws Exception {
    Rebuilder rebuilder =
        new Rebuilder(
            List.of(projection), ledger.reader(), database.projections(), Clock.systemUTC(), pace);
    String id = "r-" + ++asked;
    rebuilder.ask(id, projection.name(), "clerk-1");
    rebuilder.start();
    try {
      long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (rebuilds.find(id).orElseThrow().state() != end && System.nanoTime() < until) {
        Thread.sleep(20);
      }
    } finally {
      rebuilder.stop();
    }
    Rebuild found = rebuilds.find(id).orElseThrow();
    assertThat(found.state()).as(found + " " + rebuilds.differences(found, 10)).isEqualTo(end);
    return found;
  }

  private static Map<String, List<String>> rows(Projection projection) throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String table : projection.tables().names()) {
      rows.put(
          table, texts("select t::text from projections.%s t order by t::text".formatted(table)));
    }
    return rows;
  }

  /** Changes one row by one column, the first that keys and checks let go. */
  private static boolean change(String table) throws SQLException {
    for (String column :
        texts(
            """
            select quote_ident(a.attname) || ' = ' || quote_ident(a.attname) ||
                   case when t.typcategory = 'N' then ' + 1' when t.typname = 'date' then ' + 1'
                        when t.typname = 'timestamptz' then ' + interval ''1 second'''
                        when t.typcategory = 'S' then ' || ''x''' when t.typcategory = 'B' then ' = false' end
              from pg_attribute a join pg_type t on t.oid = a.atttypid
             where a.attrelid = 'projections.%s'::regclass and a.attnum > 0 and not a.attisdropped
               and (t.typcategory in ('N', 'S', 'B') or t.typname in ('date', 'timestamptz'))
               and not exists (select from pg_constraint c where c.conrelid = a.attrelid and c.contype in ('p', 'f')
                                and a.attnum = any (c.conkey))
             order by a.attnum desc
            """
                .formatted(table))) {
      try (Connection connection = database.projections().getConnection();
          Statement update = connection.createStatement()) {
        if (update.executeUpdate(
                "update projections.%s set %s where ctid = (select min(ctid) from projections.%s) and (%s) is not null"
                    .formatted(table, column, table, column.substring(0, column.indexOf(" = "))))
            == 1) {
          return true;
        }
      } catch (SQLException _) {
        // The next column.
      }
    }
    return false;
  }

  private static void truncated(Projection projection) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "truncate %s cascade"
              .formatted(
                  String.join(
                      ", ",
                      projection.tables().names().stream().map(t -> "projections." + t).toList())));
      statement.execute(
          "delete from projections.projection where name = '%s'".formatted(projection.name()));
      for (String seed : projection.tables().seeds()) {
        statement.execute(seed);
      }
    }
  }

  private static List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        texts.add(found.getString(1));
      }
    }
    return texts;
  }
}
