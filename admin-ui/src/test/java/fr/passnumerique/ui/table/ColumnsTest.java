package fr.passnumerique.ui.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.http.Problem;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private record Town(String name, long cents, @Nullable LocalDate day) {}

  private static final Columns<Town> COLUMNS =
      Columns.<Town>of()
          .text("nom", "Nom", Town::name)
          .number("montant", "Montant", Town::cents)
          .order("jour", "Jour", Town::day);

  private static final Town EVREUX = new Town("Évreux", 3, LocalDate.parse("2026-02-01"));
  private static final Town AJACCIO = new Town("Ajaccio", 1, null);
  private static final Town FOIX = new Town("Foix", 3, LocalDate.parse("2026-01-01"));
  private static final List<Town> TOWNS = List.of(FOIX, EVREUX, AJACCIO);

  private static List<Town> shown(@Nullable String sort, @Nullable String search) {
    return COLUMNS.show("/villes", TOWNS, new AskedTable(sort, search, null)).rows();
  }

  @Test
  void rowsComeAsTheyAreUntilTheyAreSorted() {
    assertThat(shown(null, null)).containsExactly(FOIX, EVREUX, AJACCIO);
  }

  @Test
  void anAccentIsNoLetterOfItsOwn() {
    assertThat(shown("nom", null)).containsExactly(AJACCIO, EVREUX, FOIX);
    assertThat(shown(null, "evreux")).containsExactly(EVREUX);
    assertThat(shown(null, "  É ")).containsExactly(EVREUX);
    assertThat(shown(null, "o a")).containsExactly(AJACCIO);
    assertThat(shown(null, "{x}%")).isEmpty();
  }

  @Test
  void amountsThatAreAlikeStayInOrderBothWays() {
    assertThat(shown("montant", null)).containsExactly(AJACCIO, FOIX, EVREUX);
    assertThat(shown("-montant", null)).containsExactly(FOIX, EVREUX, AJACCIO);
  }

  @Test
  void aRowWithoutADayIsTheLast() {
    assertThat(shown("jour", null)).containsExactly(FOIX, EVREUX, AJACCIO);
    assertThat(shown("-jour", null)).containsExactly(EVREUX, FOIX, AJACCIO);
  }

  @Test
  void aHeadingTurnsItsOwnOrderRoundAndKeepsWhatIsSearched() {
    TableSheet<Town> sheet =
        COLUMNS.show("/villes?an=2026", TOWNS, new AskedTable("-montant", "a&b {c}", null));

    assertThat(sheet.headings())
        .extracting(TableSheet.Heading::sorted)
        .containsExactly(null, "descending", null);
    assertThat(sheet.headings())
        .extracting(TableSheet.Heading::address)
        .containsExactly(
            "/villes?an=2026&tri=nom&cherche=a%26b%20%7Bc%7D",
            "/villes?an=2026&tri=montant&cherche=a%26b%20%7Bc%7D",
            "/villes?an=2026&tri=jour&cherche=a%26b%20%7Bc%7D");
  }

  @Test
  void aFullPageHasNoNextAndOneRowMoreHas() {
    List<Town> full =
        IntStream.range(0, Columns.LONGEST_PAGE).mapToObj(i -> new Town("Ville", i, null)).toList();
    List<Town> more =
        IntStream.rangeClosed(0, Columns.LONGEST_PAGE)
            .mapToObj(i -> new Town("Ville", i, null))
            .toList();

    assertThat(COLUMNS.show("/villes", full, AskedTable.AS_IT_COMES).next()).isNull();
    assertThat(COLUMNS.show("/villes", more, AskedTable.AS_IT_COMES).next())
        .isEqualTo("/villes?page=2");
    TableSheet<Town> last = COLUMNS.show("/villes", more, new AskedTable("montant", null, 9));
    assertThat(last.rows()).containsExactly(more.getLast());
    assertThat(last.previous()).isEqualTo("/villes?tri=montant");
    assertThat(last.next()).isNull();
  }

  @Test
  void whatIsNoColumnOrNoPageIsRefused() {
    for (AskedTable wrong :
        List.of(
            new AskedTable("prix", null, null),
            new AskedTable("-", null, null),
            new AskedTable("", null, null),
            new AskedTable(null, null, 0))) {
      assertThatThrownBy(() -> COLUMNS.show("/villes", TOWNS, wrong)).isInstanceOf(Problem.class);
    }
  }
}
