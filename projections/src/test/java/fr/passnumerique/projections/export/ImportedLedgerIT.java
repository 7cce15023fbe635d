package fr.passnumerique.projections.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerImport;
import fr.passnumerique.clearing.upkeep.RebuildDifferences;
import fr.passnumerique.clearing.upkeep.RebuildDifferencesAccepted;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.registers.RegistersProjections;
import fr.passnumerique.projections.upkeep.Rebuilder;
import fr.passnumerique.projections.verifier.VerifyLedger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A successor takes a ledger over. */
class ImportedLedgerIT {
  private static ExportedStory story;

  @TempDir private Path directory;
  private TestDatabase fresh;

  @BeforeAll
  static void start() throws InterruptedException {
    story = new ExportedStory();
  }

  @AfterAll
  static void end() {
    story.close();
  }

  @BeforeEach
  void installAgain() {
    fresh = TestDatabase.fresh();
  }

  @AfterEach
  void remove() {
    fresh.close();
  }

  @Test
  void aSuccessorHasTheSameBalancesAndGoesOnWithTheSameChain() throws Exception {
    LedgerImport.Imported imported = imported(story.whole(false), false);
    assertThat(imported.facts()).isEqualTo(story.head());

    try (TestLedger ledger = TestLedger.on(fresh);
        Following following =
            Following.directly(
                fresh,
                ledger,
                RegistersProjections.registers(),
                AccountsProjections.accountsAndStages())) {
      following.await(AccountsProjections.NAME, story.head());
      following.await("registers", story.head());
      assertThat(AccountsProjections.read(fresh.reader()))
          .isEqualTo(AccountsProjections.read(story.database().reader()));

      long next = ledger.record(Story.slip(Story.LIBRARY, "S-9", Story.LIBRARY_DESK, 11, 12));
      assertThat(next).isEqualTo(story.head() + 1);
      following.await(AccountsProjections.NAME, next);
      Path export = directory.resolve("gone-on.ndjson");
      try (var to = Files.newOutputStream(export)) {
        new LedgerExport(ledger.reader(), fresh.reader(), Clock.systemUTC())
            .write(new LedgerExport.Asked(1, next, null, true), to);
      }
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      String kept = story.head() + ":" + imported.headHash();
      assertThat(
              VerifyLedger.run(
                  new String[] {export.toString(), "--head", kept},
                  new PrintStream(said, true, UTF_8)))
          .as(said.toString(UTF_8))
          .isZero();
    }
  }

  /** The rebuilds are the other installation's, and so are the tables that they replaced. */
  @Test
  void whatTheOtherInstallationShowedOtherwiseIsToldAndNotShownAgain() throws Exception {
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    long head;
    try (TestDatabase other = TestDatabase.fresh();
        TestLedger ledger = TestLedger.on(other)) {
      ledger.record(Story.untilHandedOut());
      ledger.record(accepted("r-1", AccountsProjections.NAME, 18));
      ledger.record(accepted("r-2", "registers", 20));
      ledger.record(accepted("r-3", "a projection that is not followed here", 20));
      // Compared again, after more had come.
      head = ledger.record(accepted("r-1", AccountsProjections.NAME, 20));
      new LedgerExport(ledger.reader(), other.reader(), Clock.systemUTC())
          .write(new LedgerExport.Asked(1, head, null, false), export);
    }
    imported(export.toByteArray(), false);

    try (TestLedger ledger = TestLedger.on(fresh);
        Following following =
            Following.directly(
                fresh,
                ledger,
                RegistersProjections.registers(),
                AccountsProjections.accountsAndStages())) {
      following.await(AccountsProjections.NAME, head);
      following.await("registers", head);
      assertThat(caveats(19, head).otherFiguresBefore())
          .containsExactly(new Caveats.OtherFigures("r-1", 20, false));
      assertThat(caveats(20, head)).isNotNull();
      assertThat(caveats(21, head)).as("of what came later").isNull();
      notKept();

      // Of each projection those that its tables have come to; so has a release that keeps the list
      // since.
      assertThat(listed()).isEqualTo(2);
      String migration =
          new String(
              getClass()
                  .getResourceAsStream("/db/migration/projections/V446__differences_accepted.sql")
                  .readAllBytes(),
              UTF_8);
      String list = migration.substring(migration.indexOf("do $$"));
      Following.execute(fresh.owner(), "delete from projections.differences_accepted");
      Following.execute(fresh.owner(), list);
      assertThat(listed()).as("a ledger that began here is not read through").isZero();
      Following.execute(
          fresh.owner(),
          "update pass_migrations.migration set installed_on = installed_on + interval '1 day'");
      Following.execute(fresh.owner(), list);
      assertThat(listed()).isEqualTo(2);
      assertThat(caveats(20, head)).isNotNull();

      // One of this installation's own with that name is told by its own row alone, and one of
      // another projection tells nothing of it.
      abandoned("registers");
      assertThat(caveats(19, head)).isNotNull();
      notKept();
      Following.execute(fresh.owner(), "delete from projections.rebuild");
      abandoned(AccountsProjections.NAME);
      assertThat(caveats(19, head)).isNull();
    }
  }

  /** What two people signed of it elsewhere would settle one that is asked for here. */
  @Test
  void noRebuildIsAskedForByAnIdThatTheLedgerNames() throws Exception {
    try (TestLedger ledger = TestLedger.on(fresh)) {
      ledger.record(accepted("r-1", AccountsProjections.NAME, 1));
      Rebuilder rebuilder =
          new Rebuilder(
              List.of(AccountsProjections.accounts(), RegistersProjections.registers()),
              ledger.reader(),
              fresh.projections(),
              Clock.systemUTC());
      for (String projection : List.of(AccountsProjections.NAME, "registers")) {
        assertThatThrownBy(() -> rebuilder.ask("r-1", projection, "clerk-1"))
            .isInstanceOfSatisfying(
                Problem.class, problem -> assertThat(problem.code()).isEqualTo("REBUILD_REUSED"))
            .hasMessageContaining("choose another id");
      }
      assertThat(Following.number(fresh.reader(), "select count(*) from projections.rebuild"))
          .isZero();
      assertThat(rebuilder.ask("r-2", AccountsProjections.NAME, "clerk-1").id()).isEqualTo("r-2");

      // One of this installation's own is the same rebuild, whatever was signed of it since.
      ledger.record(accepted("r-2", AccountsProjections.NAME, 1));
      assertThat(rebuilder.ask("r-2", AccountsProjections.NAME, "clerk-1").id()).isEqualTo("r-2");
    }
  }

  private void abandoned(String projection) throws SQLException {
    Following.execute(
        fresh.owner(),
        "insert into projections.rebuild (id, projection, state, asked_by, asked_at)"
            + " values ('r-1', '%s', 'ABANDONED', 'clerk-1', now())".formatted(projection));
  }

  private void notKept() {
    assertThatThrownBy(() -> new ShownBefore(new RebuildId("r-1")).generation(fresh.reader()))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("FIGURES_NOT_KEPT"))
        .hasMessageContaining("shown until position 20, be replaced");
  }

  private long listed() throws SQLException {
    return Following.number(
        fresh.reader(), "select count(*) from projections.differences_accepted");
  }

  private @Nullable Caveats caveats(long position, long head) {
    return new BalancesQuery(fresh.reader())
        .read(BalancesQuery.Filter.ALL, EnumSet.allOf(Grouping.class), head, AsOf.at(position))
        .caveats();
  }

  private static RebuildDifferencesAccepted accepted(
      String rebuild, String projection, long position) {
    return new RebuildDifferencesAccepted(
        new RebuildDifferences(
            new RebuildId(rebuild), projection, position, "0".repeat(64), 1, List.of()),
        "clerk-1",
        "clerk-2");
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    assertThat(imported(story.whole(false), true).facts()).isEqualTo(story.head());
    assertThat(rows()).isZero();
  }

  @Test
  void whatIsNotWholeOrBrokenOrUnknownIsRefusedAndNothingIsWritten() throws Exception {
    String whole = new String(story.whole(false), UTF_8);
    refused(story.range(2, 9), "from position 1");
    refused(story.share("anct"), "only a whole ledger");
    refused(whole.substring(0, whole.lastIndexOf("{\"end\"")).getBytes(UTF_8), "without its last");
    refused(whole.replace("Cyberbus", "Cyberbis").getBytes(UTF_8), "broken at position");
    refused(
        whole.replaceFirst("(?m)^\\{\"position\":9,.*\n", "").getBytes(UTF_8),
        "position 10 follows 8");
    refused("{}\n".getBytes(UTF_8), "no export of format");
    refused("nonsense\n".getBytes(UTF_8), "no JSON");
    assertThat(rows()).isZero();
  }

  @Test
  void aTypeThatThisReleaseDoesNotKnowIsRefused() {
    assertThatThrownBy(
            () ->
                LedgerImport.read(
                    new ByteArrayInputStream(story.whole(false)),
                    fresh.ledger(),
                    new fr.passnumerique.clearing.ledger.FactCatalogue(
                        fr.passnumerique.clearing.ledger.Ledger.FACTS, List.of()),
                    false))
        .isInstanceOf(LedgerImport.Refused.class)
        .hasMessageContaining("position 2: fact type ProgrammeDefined is unknown");
  }

  @Test
  void aLedgerThatHasFactsIsLeftAlone() throws Exception {
    imported(story.whole(false), false);
    refused(story.whole(false), "has %d facts already".formatted(story.head()));
    assertThat(rows()).isEqualTo(story.head());
  }

  private LedgerImport.Imported imported(byte[] export, boolean dryRun)
      throws IOException, SQLException {
    return LedgerImport.read(
        new ByteArrayInputStream(export), fresh.ledger(), Story.CATALOGUE, dryRun);
  }

  private void refused(byte[] export, String why) {
    assertThatThrownBy(() -> imported(export, false))
        .isInstanceOf(LedgerImport.Refused.class)
        .hasMessageContaining(why);
  }

  private long rows() throws SQLException {
    return Following.number(fresh.ledger(), "select count(*) from ledger.event");
  }
}
