package fr.passnumerique.clearing.venues;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.projections.labels.LaMednumExport;
import fr.passnumerique.projections.labels.Registered;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is exported and imported again changes nothing, whatever the names are made of. */
class LaMednumRoundTripIT {
  private static final LocalDate DAY = LocalDate.of(2026, 5, 1);
  private static final String SOURCE = "essai";

  /** What spreadsheets, separators and quotation marks make trouble of. */
  private static final List<String> AWKWARD =
      List.of(
          "=1+1", "+33", "-x", "@home", "'", "''=", "\"", ",", ";", "é", "|", "œuvre", "d'Armes",
          "<b>", "  ", "A", "12", "%", "€");

  private final VenueRegister register = new VenueRegister();
  private final DecisionFixture ledger =
      DecisionFixture.of(List.of(register), List.of(new ImportVenuesDecision(register)));
  private final VenueImport imports = new VenueImport(ledger, new MemoryVault());

  @Test
  void theExportOfARandomListImportedAgainChangesNothing() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    LaMednumList list = new LaMednumList();
    for (int i = 0; i < 200; i++) {
      list.row(
          "id",
          "p" + i + text(random),
          "pivot",
          siret(random.nextInt(60)),
          "nom",
          text(random),
          "commune",
          text(random),
          "adresse",
          text(random),
          "latitude",
          random.nextInt(3) == 0 ? "-0.00000123" : "46.0287",
          "structure_parente",
          random.nextBoolean() ? "" : text(random),
          "itinerance",
          List.of("", "Fixe", "Itinérant", "Fixe|Itinérant").get(random.nextInt(4)),
          "horaires",
          random.nextBoolean() ? "" : text(random),
          "complement_adresse",
          random.nextBoolean() ? "" : text(random),
          "site_web",
          random.nextBoolean() ? "" : "https://example.org/?a=" + i,
          "telephone",
          random.nextInt(9) == 0 ? "+33545310000" : "",
          "presentation_detail",
          text(random),
          "date_maj",
          "2024-04-%02d".formatted(1 + random.nextInt(28)));
    }

    roundTrip(list.csv());
  }

  @Test
  void theTwoRealListsComeBackAsTheyWere() throws Exception {
    roundTrip(LaMednumList.bus());
    roundTrip(LaMednumList.post());
  }

  @Test
  void noCellBeginsAsAFormula() throws Exception {
    try (Registered registered = new Registered()) {
      imports.apply(
          LaMednumList.with("nom", "=HYPERLINK(1)", "commune", "@x", "adresse", "-1 rue"),
          VenueImport.Options.from(SOURCE),
          Actor.ENGINE);
      String file = exported(registered);

      assertThat(file).contains("'=HYPERLINK(1)", "'@x", "'-1 rue");
      assertThat(file).doesNotContain(",=", ",@", ",-1 rue", "\"=");
    }
  }

  private void roundTrip(String list) throws Exception {
    try (Registered registered = new Registered()) {
      imports.apply(list, VenueImport.Options.from(SOURCE), Actor.ENGINE);
      String file = exported(registered);
      int facts = ledger.facts().size();

      assertThat(file).startsWith(LaMednumExport.header());
      assertThat(imports.apply(file, VenueImport.Options.from(SOURCE), Actor.ENGINE).already())
          .as(file)
          .isTrue();
      assertThat(ledger.facts()).hasSize(facts);
    }
  }

  private String exported(Registered registered) {
    List<Fact> facts = new ArrayList<>(ledger.facts());
    ledger.facts(VenueListed.class).stream()
        .map(VenueListed::venue)
        .distinct()
        .forEach(venue -> facts.add(new VenueLabelled(venue, DAY, "CP 1")));
    registered.record(facts);
    return registered.export(DAY, SOURCE);
  }

  private static String text(Random random) {
    String text =
        IntStream.range(0, 1 + random.nextInt(4))
            .mapToObj(_ -> AWKWARD.get(random.nextInt(AWKWARD.size())))
            .reduce("", String::concat)
            .strip();
    return text.isEmpty() ? "x" : text;
  }

  /** La Poste's, of whom the digit sum decides. */
  private static String siret(int number) {
    for (int last = 0; last < 100; last++) {
      String digits = "356000000%03d%02d".formatted(number, last);
      if (Siret.isValid(digits)) {
        return digits;
      }
    }
    throw new IllegalStateException("no check digit");
  }
}
