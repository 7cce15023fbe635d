package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

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
}
