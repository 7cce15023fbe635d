package fr.passnumerique.projections.upkeep;

import static fr.passnumerique.projections.Following.number;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.Balances;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledRebuildIT {
  private static final int SLIPS = 3_000;

  @Test
  void aRebuildKilledInTheMiddleGoesOnFromItsOwnPositionAndComesToTheSameFigures(
      @TempDir Path directory) throws Exception {
    try (TestDatabase database = TestDatabase.fresh();
        TestLedger ledger = TestLedger.on(database);
        Following following =
            Following.directly(database, ledger, AccountsProjections.accounts())) {
      ledger.record(Story.untilHandedOut());
      for (int from = 0; from < SLIPS; from += 500) {
        List<Fact> slips = new ArrayList<>();
        for (int i = from; i < from + 500; i++) {
          int cheque = 1 + i % 250 * 2;
          slips.add(Story.slip(Story.LIBRARY, "S-" + i, Story.LIBRARY_DESK, cheque, cheque + 1));
        }
        ledger.record(slips);
      }
      long head = ledger.reader().head();
      following.await("accounts", head);
      Balances before = AccountsProjections.read(database.reader());
      Path properties = directory.resolve("node.properties");
      Properties settings = new Properties();
      settings.putAll(database.properties());
      try (var out = Files.newBufferedWriter(properties)) {
        settings.store(out, "");
      }
      Rebuilds rebuilds = new Rebuilds(database.reader());
      new Rebuilder(
              List.of(AccountsProjections.accounts()),
              ledger.reader(),
              database.projections(),
              Clock.systemUTC())
          .ask("r-1", "accounts", "clerk-1");

      long folded = 0;
      int kills = 0;
      for (int kill = 0; kill < 3; kill++) {
        Process node = RebuildingNode.start(properties);
        try {
          long more = folded + 200;
          await(() -> position(rebuilds) > more);
        } finally {
          // SIGKILL: nothing is finished, nothing is closed.
          node.destroyForcibly().waitFor();
        }
        kills++;
        Rebuild killed = rebuilds.find("r-1").orElseThrow();
        assertThat(killed.state()).isEqualTo(Rebuild.State.FOLDING);
        assertThat(killed.position()).isGreaterThan(folded).isLessThan(head);
        // The rows stand exactly where the position does.
        assertThat(number(database.reader(), "select count(*) from rebuild_1.journal"))
            .isEqualTo(killed.position());
        assertThat(killed.facts()).isEqualTo(killed.position());
        folded = killed.position();
      }
      assertThat(kills).isEqualTo(3);
      Process node = RebuildingNode.start(properties);
      try {
        await(() -> rebuilds.find("r-1").orElseThrow().state() == Rebuild.State.SWITCHED);
      } finally {
        node.destroyForcibly().waitFor();
      }
      Rebuild done = rebuilds.find("r-1").orElseThrow();
      assertThat(done.differences()).isZero();
      assertThat(done.facts()).as("none folded twice").isEqualTo(head);
      assertThat(AccountsProjections.read(database.reader())).isEqualTo(before);
    }
  }

  private static long position(Rebuilds rebuilds) {
    return rebuilds.find("r-1").orElseThrow().position();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
  }
}
