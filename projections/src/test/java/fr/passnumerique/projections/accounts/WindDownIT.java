package fr.passnumerique.projections.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.export.ExportedStory;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WindDownIT {
  private static ExportedStory story;
  private static WindDownQuery query;

  @BeforeAll
  static void start() throws InterruptedException {
    story = new ExportedStory();
    query = new WindDownQuery(story.database().reader());
  }

  @AfterAll
  static void end() {
    story.close();
  }

  @Test
  void eachVenueHasItsClaimAndEachFunderWhatIsLeft() {
    WindDown now = query.read(AsOf.NOW);
    // The bus is paid, the library's transfer was rejected.
    assertThat(now.venues())
        .extracting("venue", "claimCents")
        .containsExactly(org.assertj.core.api.Assertions.tuple(Story.LIBRARY.value(), 3_000L));
    assertThat(now.funders()).extracting("funder").containsExactly("anct", "nouvelle-aquitaine");
    assertThat(now.covered()).isTrue();
    assertThat(now.bankCents()).isEqualTo(1_050_700 - 5_000);
    assertThat(now.bankCents())
        .isEqualTo(now.claimsCents() + now.remaindersCents() + now.unexplainedCents());
  }

  @Test
  void itIsTheSameFromTheLedgerAloneAtEveryPosition() {
    for (long position = 0; position <= story.head(); position++) {
      WindDown fromTables = query.read(new AsOf(position, null, null));
      assertThat(WindDownFold.at(story.ledger().reader(), position, null))
          .as("at position %d", position)
          .usingRecursiveComparison()
          .ignoringFields("venues.name", "funders.name")
          .isEqualTo(fromTables);
      assertThat(fromTables.bankCents())
          .isEqualTo(fromTables.claimsCents() + fromTables.remaindersCents());
    }
  }

  @Test
  void itEqualsTheBalances() {
    WindDown now = query.read(AsOf.NOW);
    Balances balances = AccountsProjections.read(story.database().reader());
    assertThat(now.claimsCents())
        .isEqualTo(balances.totals().owedCents() + balances.totals().inTransitCents());
    assertThat(now.remaindersCents())
        .isEqualTo(
            balances.totals().unallocatedCents()
                + balances.totals().outstandingCents()
                + balances.totals().dueBackCents());
  }

  @Test
  void beyondTheLedgerNothingIsTold() {
    assertThatThrownBy(() -> query.read(new AsOf(story.head() + 1, null, null)))
        .isInstanceOf(UntoldMomentException.class);
    assertThatThrownBy(() -> WindDownFold.at(story.ledger().reader(), story.head() + 1, null))
        .hasMessageContaining("ends at position");
  }

  @Test
  void aTableIsForMachinesOrForAFrenchSpreadsheet() throws IOException {
    assertThat(table(TableFormat.CSV))
        .startsWith("nature,id,name,agreement,claimCents")
        .contains("venue,21230096100018,Médiathèque,,3000,3000,0,0,");
    // Without the formula a spreadsheet shows 2,1E+13.
    assertThat(table(TableFormat.EXCEL_FR))
        .startsWith("\uFEFFNature;Identifiant;")
        .contains("Lieu;\"=\"\"21230096100018\"\"\";Médiathèque;;30,00;30,00;0,00;0,00;");
  }

  private String table(TableFormat format) throws IOException {
    StringWriter text = new StringWriter();
    WindDownTable.write(query.read(AsOf.NOW), format, text);
    return text.toString();
  }
}
