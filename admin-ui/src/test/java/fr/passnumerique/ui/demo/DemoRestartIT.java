package fr.passnumerique.ui.demo;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.OppositionProposed;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.ClearingApplication;
import fr.passnumerique.ui.command.CommandLineStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** The demo, stopped at any point and started again on its own data. */
@Tag("long")
class DemoRestartIT {
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  // The database inside is stopped with the application; what it leaves behind is of no interest.
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path data;

  @Test
  void aDemoThatWasStoppedEndsAsIfItHadNotBeenAndOneThatHasEndedAddsNothing() throws Exception {
    // Right after the bank's rejection, before the venue gives its second account; when funders
    // have an account, before anything is refunded to it; and in the last week, half begun.
    for (Class<? extends Fact> reached :
        List.of(TransferRejected.class, FunderAccountOpened.class, OppositionProposed.class)) {
      try (var application = start()) {
        LedgerReader ledger = application.getBean(LedgerReader.class);
        await(() -> facts(ledger).stream().anyMatch(f -> reached.isInstance(f.fact())));
      }
    }

    long end;
    try (var application = start()) {
      DemoProgress progress = application.getBean(DemoProgress.class);
      await(() -> progress.health().getStatus().equals(Status.UP));
      LedgerReader ledger = application.getBean(LedgerReader.class);
      end = ledger.head();
      Map<VenueId, Long> opened =
          facts(ledger).stream()
              .filter(f -> f.fact() instanceof VenueAccountOpened)
              .map(f -> ((VenueAccountOpened) f.fact()).venue())
              .collect(Collectors.groupingBy(v -> v, Collectors.counting()));
      assertThat(opened.values())
          .as("after a rejected and a returned transfer, two venues give a second account")
          .filteredOn(accounts -> accounts == 2L)
          .hasSize(2);
      assertThat(opened.values()).containsOnly(1L, 2L);
    }

    try (var application = start()) {
      DemoProgress progress = application.getBean(DemoProgress.class);
      await(() -> progress.health().getStatus().equals(Status.UP));
      assertThat(application.getBean(LedgerReader.class).head()).isEqualTo(end);
    }
    itsLedgerIsExportedVerifiedAndTakenOver(end);
  }

  /** By the commands, as an auditor and a successor give them. */
  private static void itsLedgerIsExportedVerifiedAndTakenOver(long end) throws IOException {
    Path export = data.resolve("ledger.ndjson");
    Path again = data.resolve("again.ndjson");
    String successor = data.resolve("successor").toString();
    String here = data.toString();

    assertThat(run("export-ledger", "--data-directory", here, "--output", export.toString()))
        .isZero();
    assertThat(Files.readAllLines(export))
        .hasSize((int) end + 2)
        .first()
        .asString()
        .contains("\"exportedAt\":\"2027-01-02T03:04:05Z\"");
    assertThat(run("verify-ledger", export.toString())).isZero();
    assertThat(run("import-ledger", export.toString(), "--data-directory", successor, "--dry-run"))
        .isZero();
    assertThat(run("wind-down", "--data-directory", successor, "--position", "1"))
        .as("a dry run keeps nothing")
        .isEqualTo(1);
    String other = "ab".repeat(32);
    assertThat(
            run("import-ledger", export.toString(), "--data-directory", successor, "--head", other))
        .as("it is not the ledger whose hash was kept")
        .isEqualTo(1);
    assertThat(run("wind-down", "--data-directory", successor, "--position", "1"))
        .as("what does not hold is not imported")
        .isEqualTo(1);
    assertThat(
            run(
                "import-ledger",
                export.toString(),
                "--data-directory",
                successor,
                "--head",
                other,
                "--despite-findings",
                "--dry-run"))
        .as("who has read why takes it over all the same")
        .isZero();
    assertThat(run("import-ledger", export.toString(), "--data-directory", successor)).isZero();
    assertThat(run("import-ledger", export.toString(), "--data-directory", successor))
        .as("a ledger that has facts")
        .isEqualTo(1);
    assertThat(run("export-ledger", "--data-directory", successor, "--output", again.toString()))
        .isZero();
    List<String> facts = Files.readAllLines(export).subList(1, (int) end + 1);
    assertThat(Files.readAllLines(again).subList(1, (int) end + 1)).isEqualTo(facts);
    assertThat(run("wind-down", "--data-directory", successor, "--output", "csv")).isZero();

    assertThat(run("wind-down", "--data-directory", successor, "--position", "-5")).isEqualTo(1);
    assertThat(run("export-ledger", "--data-directory", successor, "--funder", "ant")).isEqualTo(1);
    assertThat(run("export-ledger", "--data-directory", successor, "--last", "99999")).isEqualTo(1);
    assertThat(run("export-ledger", "--frist", "1")).isEqualTo(2);
  }

  /** The time of who gives the commands. */
  private static final Clock NEXT_YEAR =
      Clock.fixed(Instant.parse("2027-01-02T03:04:05Z"), ZoneOffset.UTC);

  private static int run(String... arguments) {
    return CommandLineStart.run(ClearingApplication.factCatalogue(), NEXT_YEAR, arguments);
  }

  private static ConfigurableApplicationContext start() throws IOException {
    TestDatabase.sharePrograms(data);
    SpringApplication starter = new SpringApplication(ClearingApplication.class);
    starter.setAdditionalProfiles("demo");
    return starter.run("--server.port=0", "--pass.data-directory=" + data);
  }

  private static List<RecordedFact> facts(LedgerReader ledger) {
    List<RecordedFact> facts = new ArrayList<>();
    List<RecordedFact> next;
    while (!(next = ledger.read(facts.size(), 1_000)).isEmpty()) {
      facts.addAll(next);
    }
    return facts;
  }

  private static void await(BooleanSupplier over) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!over.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(200);
    }
  }
}
