package fr.passnumerique.projections.loop;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A table that is taken away says what its figures leave out. */
class ToldCaveatsTest {
  private static final Caveats ALL =
      new Caveats(
          "r-1",
          List.of(
              new Caveats.PassedOver(
                  "accounts", 17, "SlipJudged", 19, Instant.parse("2026-03-02T10:00:00Z"))),
          List.of(
              new Caveats.OtherFigures("r-2", 40, true),
              new Caveats.OtherFigures("r-3", 41, false)));

  private static String written(TableFormat format, @Nullable Caveats caveats) throws IOException {
    Table<String> table = Table.<String>of().code("id", "Identifiant", id -> id);
    StringWriter to = new StringWriter();
    ToldCaveats.beside(table, caveats).write(format, List.of("a", "b")::forEach, to);
    return to.toString();
  }

  @Test
  void whereThereIsNothingToSayTheColumnIsThereAndEmpty() throws IOException {
    assertThat(written(TableFormat.CSV, null)).isEqualTo("id,caveats\r\na,\r\nb,\r\n");
    assertThat(written(TableFormat.JSON, null)).contains("\"caveats\":\"\"");
  }

  @Test
  void machinesAreToldInCodesInEachRow() throws IOException {
    String told =
        "shownBefore r-1; passedOver 17 SlipJudged accounts since 2026-03-02T10:00:00Z;"
            + " otherFiguresBefore r-2 until 40; otherFiguresBefore r-3 until 41 notKept";
    assertThat(written(TableFormat.CSV, ALL))
        .isEqualTo("id,caveats\r\na," + told + "\r\nb," + told + "\r\n");
  }

  @Test
  void peopleAreToldInWords() throws IOException {
    assertThat(written(TableFormat.EXCEL_FR, ALL))
        .startsWith("\uFEFFIdentifiant;À savoir\r\n")
        .contains(
            "Chiffres montrés avant la reconstruction r-1 ; Sans le fait nº 17 (SlipJudged), que"
                + " deux personnes ont écarté de la projection accounts ; D’autres chiffres ont été"
                + " montrés avant la reconstruction r-2, jusqu’à la position 40 ; D’autres chiffres"
                + " ont été montrés avant la reconstruction r-3, jusqu’à la position 41, que cette"
                + " installation n’a pas");
  }
}
