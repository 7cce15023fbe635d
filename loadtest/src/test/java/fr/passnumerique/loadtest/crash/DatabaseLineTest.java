package fr.passnumerique.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.loadtest.crash.DatabaseLine.Cut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before a server that answers each byte with the next one. */
class DatabaseLineTest {
  private static final int PATIENCE_MILLIS = 10_000;

  private final AtomicInteger executed = new AtomicInteger();
  private final ServerSocket server;
  private final DatabaseLine line;

  DatabaseLineTest() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    line = DatabaseLine.to(server.getLocalPort(), new NoAppends());
  }

  @BeforeEach
  void open() {
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /** Nothing is recorded here. */
  private static final class NoAppends implements DatabaseLine.Backends {
    @Override
    public long head() {
      throw new AssertionError();
    }

    @Override
    public boolean endAtWork(int clientPort) {
      throw new AssertionError();
    }

    @Override
    public void awaitGone(int clientPort) {
      throw new AssertionError();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> answer(client));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void answer(Socket client) {
    try (client) {
      int said;
      while ((said = client.getInputStream().read()) >= 0) {
        executed.incrementAndGet();
        client.getOutputStream().write(said + 1);
      }
    } catch (IOException e) {
      // Cut.
    }
  }

  @AfterEach
  void close() throws IOException {
    line.close();
    server.close();
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), line.port());
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  private static int ask(Socket client, int what) throws IOException {
    client.getOutputStream().write(what);
    return client.getInputStream().read();
  }

  @Test
  void whatIsSaidAtACutIsExecutedAndItsAnswerIsUnheard() throws IOException {
    try (Socket busy = connect();
        Socket idle = connect()) {
      assertThat(ask(busy, 1)).isEqualTo(2);
      assertThat(ask(idle, 1)).isEqualTo(2);

      line.cut(Cut.ANSWER_LOST);

      assertThat(ask(busy, 5)).as("the end, and no answer").isEqualTo(-1);
      assertThat(executed).hasValue(3);
      assertThat(line.cuts()).isEqualTo(1);
      assertThat(idle.isClosed()).isFalse();

      line.spare();
      assertThat(ask(idle, 5)).as("one that is spared").isEqualTo(6);
    }
    try (Socket next = connect()) {
      assertThat(ask(next, 7)).as("one that begins after the cut").isEqualTo(8);
    }
  }

  @Test
  void whatIsSaidInASilenceArrivesAfterIt() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, 1)).isEqualTo(2);

      line.silence();
      client.setSoTimeout(200);
      assertThatThrownBy(() -> ask(client, 5)).isInstanceOf(SocketTimeoutException.class);
      assertThat(executed).hasValue(1);

      line.restore();
      client.setSoTimeout(PATIENCE_MILLIS);
      assertThat(client.getInputStream().read()).isEqualTo(6);
    }
  }
}
