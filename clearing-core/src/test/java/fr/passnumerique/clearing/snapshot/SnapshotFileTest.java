package fr.passnumerique.clearing.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.snapshot.SnapshotFile.Stand;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
  private static final byte[] CODE = new byte[32];
  private static final Stand STAND = new Stand(7, new byte[] {1, 2, 3}, Instant.EPOCH);

  @TempDir private Path directory;

  private static final class Holder {
    private final List<String> words = new ArrayList<>();
  }

  /** As none is ever written: its checksum is right, and what it holds is not. */
  @Test
  void whatIsCutShortOrGoesOnIsNotReadAndChangesNothing() throws Exception {
    Holder full = new Holder();
    full.words.addAll(List.of("one", "two", "three"));
    byte[] graph = ObjectGraph.of(List.of(full)).bytes();
    for (int length = 0; length <= graph.length + 1; length++) {
      if (length == graph.length) {
        continue;
      }
      Holder empty = new Holder();
      byte[] other = Arrays.copyOf(graph, length);
      assertThatThrownBy(() -> read(other, empty)).isInstanceOf(RuntimeException.class);
      assertThat(empty.words).isEmpty();
    }
    Holder again = new Holder();
    read(graph, again);
    assertThat(again.words).isEqualTo(full.words);
  }

  private void read(byte[] graph, Holder holder) throws Exception {
    SnapshotFile file = SnapshotFile.in(directory);
    file.write(CODE, taking -> taking.take(STAND), out -> out.write(graph));
    file.find().orElseThrow().read(ObjectGraph.of(List.of(holder))::read).run();
  }
}
