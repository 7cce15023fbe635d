package fr.passnumerique.loadtest.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VitalsTest {
  private static final String METRICS =
      """
      # TYPE jvm_memory_used_bytes gauge
      jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 1.0E3
      jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 2.0E3
      jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.0E9
      process_files_open_files 77.0
      jvm_threads_live_threads 41.0
      """;

  @Test
  void heapIsTheSumOfItsParts() {
    assertThat(Vitals.of(3, METRICS.getBytes(UTF_8)))
        .isEqualTo(Vitals.at(3).heap(3_000).files(77).threads(41));
  }

  @Test
  void whatIsNotToldIsNotTakenForNothing() {
    byte[] without = METRICS.replace("process_files", "other").getBytes(UTF_8);

    assertThatThrownBy(() -> Vitals.of(3, without))
        .hasMessageContaining("does not tell process_files_open_files");
  }

  @Test
  void aLeakRisesAndASawtoothDoesNot() {
    assertThat(risen(second -> 100 + 2 * second)).isCloseTo(2 * 66, within(1e-6));
    assertThat(risen(second -> second % 3 == 0 ? 140 : 100)).isCloseTo(0, within(2.0));
  }

  @Test
  void whileItWarmsUpItMayRise() {
    assertThat(risen(second -> second < 33 ? 10 * second : 330)).isZero();
  }

  @Test
  void aCurveHasItsLeastAndItsMost() {
    assertThat(Curve.of(1, 2, 8, 1)).isEqualTo("▁▂█▁");
    assertThat(Curve.of(5, 5)).isEqualTo("▁▁");
    assertThat(Curve.of(IntStream.range(0, 180).asDoubleStream().toArray()))
        .hasSize(60)
        .startsWith("▁")
        .endsWith("█");
  }

  private static double risen(DoubleUnaryOperator heap) {
    List<Vitals> looks =
        IntStream.range(0, 100)
            .mapToObj(second -> Vitals.at(second).heap(heap.applyAsDouble(second)))
            .toList();
    return Vitals.risen(looks, Vitals::heapBytes);
  }
}
