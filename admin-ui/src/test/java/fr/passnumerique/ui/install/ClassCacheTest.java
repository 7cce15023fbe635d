package fr.passnumerique.ui.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassCacheTest {
  private static final List<String> WITH_CACHE = List.of("-Xmx1g", "-XX:AOTCache=/opt/pass.aot");

  @Test
  void aCacheThatJavaWasToldAndSharesNoClassesWithDoesNotFit() {
    assertThat(ClassCache.of(WITH_CACHE, "mixed mode, sharing")).isEqualTo(ClassCache.USED);
    assertThat(ClassCache.of(WITH_CACHE, "mixed mode")).isEqualTo(ClassCache.DOES_NOT_FIT);
    assertThat(ClassCache.of(List.of("-Xmx1g"), "mixed mode, sharing")).isEqualTo(ClassCache.NONE);
  }
}
