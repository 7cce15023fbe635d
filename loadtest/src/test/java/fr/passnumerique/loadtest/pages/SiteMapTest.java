package fr.passnumerique.loadtest.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteMapTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/reglements, /reglements",
    "/reglements/run-1/virements/run-1-12, /reglements/…/virements/…",
    "/ecritures?venue=40109226700020&after=7, /ecritures?after&venue",
    "/ecritures?fact=7, /ecritures?fact"
  })
  void pagesOfAKindHaveOneShape(String path, String shape) {
    assertThat(SiteMap.shape(path)).isEqualTo(shape);
  }

  @Test
  void aFormThatOnlyAsksIsSentAsItStandsWithEachChoiceAndWithALetter() {
    Document page =
        Jsoup.parse(
            """
            <form action="/lieux" method="get">
              <input type="search" name="q" value="é">
              <select name="departement"><option value="">Tous</option><option value="23" selected>Creuse</option></select>
              <input type="checkbox" name="tous"><input type="checkbox" name="ici" checked value="oui">
              <input type="hidden" name="page" value="1"><button>Chercher</button>
            </form>
            <form action="/bordereaux/nouveau" method="post"><input type="text" name="reference"></form>
            """);

    assertThat(SiteMap.forms(page))
        .containsExactly(
            "/lieux?q=%C3%A9&departement=23&ici=oui&page=1",
            "/lieux?q=%C3%A9&departement=&ici=oui&page=1",
            "/lieux?q=a&departement=23&ici=oui&page=1");
  }

  @Test
  void aFormWithoutMethodOrActionAsksItsOwnPage() {
    assertThat(SiteMap.forms(Jsoup.parse("<form><input name=depuis></form>")))
        .containsExactly("?depuis=", "?depuis=a");
  }
}
