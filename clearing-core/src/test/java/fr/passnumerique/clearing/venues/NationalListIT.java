package fr.passnumerique.clearing.venues;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.DataDirectory;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.vault.PostgresVault;
import fr.passnumerique.clearing.venues.LabelVenues.AllOf;
import fr.passnumerique.clearing.venues.VenueImport.Options;
import fr.passnumerique.clearing.venues.VenueImport.Report;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nation's 18 000 venues, on a real ledger and a real vault. */
class NationalListIT {
  private static final int VENUES = 18_000;

  @TempDir private Path directory;

  private final List<LedgerNode> nodes = new ArrayList<>();
  private TestDatabase database;
  private PostgresVault vault;
  private VenueRegister register;
  private LedgerNode node;
  private VenueImport imports;

  @BeforeEach
  void open() throws InterruptedException {
    database = TestDatabase.fresh();
    vault = PostgresVault.open(database.ledger(), DataDirectory.at(directory));
    start();
  }

  @AfterEach
  void close() {
    nodes.forEach(LedgerNode::close);
    database.close();
  }

  @Test
  void theNationsListIsImportedLabelledAndThereAfterARestart() throws Exception {
    String list = list(VENUES);

    Outcome.Recorded<Report> imported = imports.apply(list, Options.from("national"), Actor.ENGINE);
    assertThat(imported.answer().added()).isEqualTo(VENUES);
    assertThat(imported.position()).isEqualTo(VENUES);
    assertThat(label().labelled()).isEqualTo(VENUES);

    start();
    Outcome.Recorded<Report> again = imports.apply(list, Options.from("national"), Actor.ENGINE);
    assertThat(again.already()).isTrue();
    assertThat(again.answer().unchanged()).isEqualTo(VENUES);
    assertThat(label().unchanged()).isEqualTo(VENUES);
    assertThat(node.reader().head()).isEqualTo(2L * VENUES);
  }

  @Test
  void theSameListSentFourTimesAtOnceIsRecordedOnce() throws Exception {
    String list = list(200);
    Callable<Report> send =
        () -> imports.apply(list, Options.from("national"), Actor.ENGINE).answer();
    try (ExecutorService clerks = Executors.newFixedThreadPool(4)) {
      List<Report> reports = new ArrayList<>();
      for (Future<Report> report : clerks.invokeAll(List.of(send, send, send, send))) {
        reports.add(report.get());
      }

      assertThat(reports).filteredOn(report -> report.added() == 200).as("one winner").hasSize(1);
      assertThat(reports).filteredOn(report -> report.unchanged() == 200).hasSize(3);
    }
    assertThat(node.reader().head()).isEqualTo(200);
  }

  private VenuesLabelled label() {
    Outcome<VenuesLabelled> outcome =
        node.commands()
            .send(
                new LabelVenues(
                    new AllOf("national"), LocalDate.now(ZoneId.of("Europe/Paris")), "CP 1"),
                Actor.ENGINE);
    return ((Outcome.Recorded<VenuesLabelled>) outcome).answer();
  }

  /** A node of its own; the one before is closed. */
  private void start() throws InterruptedException {
    nodes.forEach(LedgerNode::close);
    nodes.clear();
    register = new VenueRegister();
    node =
        LedgerNode.start(
            new LedgerNode.Parts(
                database.ledger(),
                new FactCatalogue(Venues.FACTS, List.of()),
                List.of(register),
                List.of(new ImportVenuesDecision(register), new LabelVenuesDecision(register)),
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                true,
                Duration.ofSeconds(20)));
    nodes.add(node);
    assertThat(node.awaitWriting(Duration.ofSeconds(20))).isTrue();
    imports = new VenueImport(node.commands(), vault);
  }

  /** Every second venue has a telephone, every hundredth an e-mail too. */
  private static String list(int venues) {
    StringBuilder csv =
        new StringBuilder(
            "id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,telephone,courriels,date_maj,services\n");
    for (int i = 1; i <= venues; i++) {
      csv.append(
          "Conseiller-numérique_%d,%s,Lieu %d,Commune,%05d,%02d%03d,%d rue de la République,46.%06d,1.5,%s,%s,2024-04-02,Aide aux démarches administratives|Maîtrise des outils numériques du quotidien\n"
              .formatted(
                  i,
                  siret(i),
                  i,
                  1000 + i,
                  1 + i % 19,
                  1 + i % 900,
                  i % 300,
                  i,
                  i % 2 == 0 ? "+3354531%04d".formatted(i % 10_000) : "",
                  i % 100 == 0 ? "lieu%d@example.org".formatted(i) : ""));
    }
    return csv.toString();
  }

  private static String siret(int i) {
    return IntStream.range(0, 10)
        .mapToObj(digit -> "%09d0001%d".formatted(100_000_000 + i, digit))
        .filter(Siret::isValid)
        .findFirst()
        .orElseThrow();
  }
}
