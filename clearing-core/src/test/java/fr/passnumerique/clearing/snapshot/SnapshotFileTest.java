package fr.passnumerique.clearing.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.snapshot.SnapshotFile.Stand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
  private static final byte[] CODE = new byte[32];
  private static final Stand STAND = new Stand(7, new byte[] {1, 2, 3}, Instant.EPOCH);

  private static final SnapshotFile.Patience PATIENT = _ -> true;

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
    file.write(CODE, taking -> taking.take(STAND), out -> out.write(graph), PATIENT);
    file.find().orElseThrow().read(ObjectGraph.of(List.of(holder))::read).run();
  }

  @Test
  void oneThatTakesTooLongIsGivenUpAndTheOneBeforeStays() throws Exception {
    SnapshotFile file = SnapshotFile.in(directory);
    file.write(CODE, taking -> taking.take(STAND), out -> out.write(1), PATIENT);
    AtomicInteger blocks = new AtomicInteger();
    assertThatThrownBy(
            () ->
                file.write(
                    CODE,
                    taking -> taking.take(new Stand(8, new byte[] {1}, Instant.EPOCH)),
                    out -> {
                      while (blocks.incrementAndGet() < 1_000) {
                        out.write(new byte[10]);
                        LockSupport.parkNanos(1_000_000);
                      }
                    },
                    stoodStill -> stoodStill.toMillis() < 20))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing could be folded for");
    assertThat(blocks.get()).isLessThan(1_000);
    assertThat(file.find().orElseThrow().stand().position()).isEqualTo(7);
  }

  @Test
  void noneIsBegunWhereThereIsNotRoomForTwo() throws Exception {
    AtomicLong room = new AtomicLong();
    SnapshotFile file = SnapshotFile.in(directory, _ -> room.get());
    long bytes = file.write(CODE, taking -> taking.take(STAND), out -> out.write(1), PATIENT);
    room.set(2 * bytes - 1);
    assertThatThrownBy(
            () ->
                file.write(
                    CODE,
                    _ -> {
                      throw new AssertionError("nothing stands still for it");
                    },
                    out -> out.write(1),
                    PATIENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("room");
    room.set(2 * bytes);
    file.write(CODE, taking -> taking.take(STAND), out -> out.write(1), PATIENT);
  }

  @Test
  void oneThatIsReplacedOnceItIsFoundIsNotRead() throws Exception {
    SnapshotFile file = SnapshotFile.in(directory);
    for (Stand other :
        List.of(
            new Stand(8, STAND.hash(), Instant.EPOCH),
            new Stand(7, new byte[] {1, 2, 4}, Instant.EPOCH))) {
      file.write(CODE, taking -> taking.take(STAND), out -> out.write(1), PATIENT);
      SnapshotFile.Found found = file.find().orElseThrow();
      assertThat(found.<Integer>read(InputStream::read)).isEqualTo(1);
      file.write(CODE, taking -> taking.take(other), out -> out.write(2), PATIENT);
      assertThatThrownBy(() -> found.read(InputStream::read))
          .isInstanceOf(SnapshotFile.UnusableException.class);
    }
    SnapshotFile.Found found = file.find().orElseThrow();
    byte[] code = CODE.clone();
    code[0] = 1;
    Stand same = found.stand();
    file.write(code, taking -> taking.take(same), out -> out.write(2), PATIENT);
    assertThatThrownBy(() -> found.read(InputStream::read))
        .isInstanceOf(SnapshotFile.UnusableException.class);
  }
}
