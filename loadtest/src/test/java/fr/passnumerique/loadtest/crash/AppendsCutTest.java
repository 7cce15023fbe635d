package fr.passnumerique.loadtest.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.crash.DatabaseLine.Cut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before a server that executes what ends with a Sync, and answers one byte. */
class AppendsCutTest implements DatabaseLine.Backends {
  private static final String SYNC = "S\0\0\0\4";
  private static final int PATIENCE_MILLIS = 20_000;

  private final AtomicInteger executed = new AtomicInteger();
  private final Map<Integer, Thread> backends = new ConcurrentHashMap<>();
  private final ServerSocket server;
  private final DatabaseLine line;

  /** Whether a statement is found at work: then it is held up until its backend is ended. */
  private volatile boolean atWork;

  private final CountDownLatch ended = new CountDownLatch(1);

  AppendsCutTest() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    line = DatabaseLine.to(server.getLocalPort(), this);
  }

  @BeforeEach
  void open() {
    Thread.ofPlatform().daemon().start(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        backends.put(client.getPort(), Thread.ofPlatform().daemon().start(() -> serve(client)));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      StringBuilder said = new StringBuilder();
      int next;
      while ((next = client.getInputStream().read()) >= 0) {
        said.append((char) next);
        if (said.toString().endsWith(SYNC)) {
          said.setLength(0);
          if (atWork) {
            ended.await();
            return;
          }
          executed.incrementAndGet();
          client.getOutputStream().write('Z');
        }
      }
    } catch (IOException e) {
      // Cut.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public long head() {
    return executed.get();
  }

  @Override
  public boolean endAtWork(int clientPort) {
    ended.countDown();
    return atWork;
  }

  @Override
  public void awaitGone(int clientPort) throws IOException {
    try {
      backends.get(clientPort).join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    line.close();
    server.close();
  }

  /**
   * In two parts, as a long statement is said.
   *
   * @return the answer; -1 for the end
   */
  private static int record(Socket client) throws Exception {
    client.setSoTimeout(PATIENCE_MILLIS);
    client.getOutputStream().write("insert SlipJudged ".getBytes(ISO_8859_1));
    Thread.sleep(20);
    client.getOutputStream().write(("and so on" + SYNC).getBytes(ISO_8859_1));
    return client.getInputStream().read();
  }

  private AppendsCut cut(Cut cut) throws Exception {
    try (Socket reader = new Socket(InetAddress.getLoopbackAddress(), line.port());
        Socket writer = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
      assertThat(record(writer)).isEqualTo('Z');
      int before = executed.get();
      line.cut(cut);

      if (cut != Cut.ANSWER_LOST) {
        reader.setSoTimeout(PATIENCE_MILLIS);
        reader.getOutputStream().write(("select" + SYNC).getBytes(ISO_8859_1));
        assertThat(reader.getInputStream().read()).as("one that records nothing").isEqualTo('Z');
        before++;
      }
      assertThat(record(writer)).as("the end, and no answer").isEqualTo(-1);
      List<Integer> counts = new ArrayList<>(line.appendsCut().recorded());
      assertThat(counts.stream().mapToInt(Integer::intValue).sum())
          .as("told before the client hears of the cut")
          .isEqualTo(executed.get() - before);
      return line.appendsCut();
    }
  }

  @Test
  void whatIsHalfSaidIsNotRecorded() throws Exception {
    assertThat(cut(Cut.HALF_SAID).word()).isEqualTo("1,0,0,0,0,0,0,0");
  }

  @Test
  void whatIsSaidIsRecordedThoughNobodyHearsOfIt() throws Exception {
    assertThat(cut(Cut.SAID).word()).isEqualTo("0,1,0,0,0,1,0,0");
  }

  @Test
  void whatIsAtWorkWhenItsBackendEndsIsNotRecorded() throws Exception {
    try (Socket before = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
      assertThat(record(before)).isEqualTo('Z');
      line.cut(Cut.BACKEND_ENDED);
      atWork = true;

      assertThat(record(before)).isEqualTo(-1);

      assertThat(line.appendsCut().word()).isEqualTo("0,0,1,0,0,0,0,0");
    }
  }

  @Test
  void aBackendThatWasFasterIsCountedAsAnAnswerThatIsLost() throws Exception {
    assertThat(cut(Cut.BACKEND_ENDED).word()).isEqualTo("0,0,0,1,0,0,0,1");
  }

  @Test
  void anAnswerThatIsLostIsOfWhatIsRecorded() throws Exception {
    AppendsCut cut = cut(Cut.ANSWER_LOST);

    assertThat(cut.word()).isEqualTo("0,0,0,1,0,0,0,1");
    assertThat(AppendsCut.of(cut.word())).isEqualTo(cut);
    assertThat(cut.minus(cut)).isEqualTo(AppendsCut.NONE);
    assertThat(cut.told())
        .endsWith("with the statement executed and its answer unheard 1, 1 of them recorded");
  }
}
