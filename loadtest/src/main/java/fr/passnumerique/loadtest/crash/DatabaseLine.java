package fr.passnumerique.loadtest.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Between the application and PostgreSQL: hands on what both say, until it is told to cut. Then
 * each connection is cut at its next statement, whose answer reaches nobody; or the one alone that
 * records slips, in the middle of that. What came of such a statement is looked up before the
 * application hears of the cut: afterwards it would record again.
 */
final class DatabaseLine implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final byte[] SYNC = {'S', 0, 0, 0, 4};
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServerSocket listening;
  private final int serverPort;
  private final Backends backends;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicReference<@Nullable Cut> next = new AtomicReference<>();
  private final Map<Cut, Integer> appendsCut = new EnumMap<>(Cut.class);
  private final Map<Cut, Integer> recordedAllTheSame = new EnumMap<>(Cut.class);
  private final Object voice = new Object();
  private boolean silent;

  /** In what moment a connection is cut. */
  enum Cut {
    HALF_SAID("with half of the statement said"),
    SAID("right after the statement was said"),
    BACKEND_ENDED("by the end of its backend (pg_terminate_backend) while that executes it"),
    ANSWER_LOST("with the statement executed and its answer unheard");

    private final String told;

    Cut(String told) {
      this.told = told;
    }

    String told() {
      return told;
    }
  }

  /** What the server says of itself, apart from what goes over the line. */
  interface Backends {
    /** Position of the ledger's last row. */
    long head() throws IOException;

    /**
     * Ends the backend of a connection while it works.
     *
     * @return whether it did; it may be at rest before it is found at work
     */
    boolean endAtWork(int clientPort) throws IOException;

    /** Until the backend of a connection that is closed is gone. */
    void awaitGone(int clientPort) throws IOException;
  }

  private DatabaseLine(ServerSocket listening, int serverPort, Backends backends) {
    this.listening = listening;
    this.serverPort = serverPort;
    this.backends = backends;
  }

  /**
   * @param serverPort on the loopback address
   * @param backends of that server
   */
  static DatabaseLine to(int serverPort, Backends backends) throws IOException {
    DatabaseLine line =
        new DatabaseLine(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort, backends);
    Thread.ofPlatform().daemon().name("database-line").start(line::accept);
    return line;
  }

  int port() {
    return listening.getLocalPort();
  }

  /**
   * Whichever connection records slips next; where the answer is to be lost, every other too, at
   * its next statement. Those that say nothing stay.
   */
  void cut(Cut cut) {
    next.set(cut);
    if (cut == Cut.ANSWER_LOST) {
      links.forEach(link -> link.armed = true);
    }
  }

  /** Whether none has recorded slips since it was to be cut. */
  boolean isToCut() {
    return next.get() != null;
  }

  /** Those that were to be cut and have said nothing since. */
  void spare() {
    next.set(null);
    links.forEach(link -> link.armed = false);
  }

  /** So far. */
  synchronized AppendsCut appendsCut() {
    List<Integer> all = new ArrayList<>();
    List<Integer> recorded = new ArrayList<>();
    for (Cut cut : Cut.values()) {
      all.add(appendsCut.getOrDefault(cut, 0));
      recorded.add(recordedAllTheSame.getOrDefault(cut, 0));
    }
    return new AppendsCut(all, recorded);
  }

  private synchronized void count(Cut cut, boolean recorded) {
    cuts.incrementAndGet();
    appendsCut.merge(cut, 1, Integer::sum);
    if (recorded) {
      recordedAllTheSame.merge(cut, 1, Integer::sum);
    }
  }

  /** From now on nothing comes through, and nobody is told: as where a network fails. */
  void silence() {
    synchronized (voice) {
      silent = true;
    }
  }

  /** What was said meanwhile arrives after all. */
  void restore() {
    synchronized (voice) {
      silent = false;
      voice.notifyAll();
    }
  }

  private void awaitVoice() throws IOException {
    synchronized (voice) {
      try {
        while (silent) {
          voice.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  /** Connections cut so far. */
  int cuts() {
    return cuts.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        try {
          Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
          links.add(link);
          Thread.ofVirtual().start(link::sayOn);
          Thread.ofVirtual().start(link::answer);
        } catch (IOException e) {
          // The server is down: so it seems to the client.
          client.close();
        }
      } catch (IOException e) {
        // Closed, or a client that was gone again.
      }
    }
  }

  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean armed;
    private volatile boolean saidSince;
    private final CountDownLatch heard = new CountDownLatch(1);
    private volatile boolean muted;

    Link(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    void sayOn() {
      byte[] buffer = new byte[BUFFER];
      try (client;
          server) {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        int read;
        while ((read = in.read(buffer)) >= 0) {
          if (isToCut() && appends(buffer, read)) {
            Cut cut = next.getAndSet(null);
            if (cut != null) {
              cutAppend(cut, whole(in, buffer, read));
              return;
            }
          }
          // Before it is said: the answer may be faster than this thread.
          if (armed) {
            saidSince = true;
          }
          awaitVoice();
          out.write(buffer, 0, read);
        }
      } catch (IOException e) {
        // Either side is gone.
      } finally {
        links.remove(this);
      }
    }

    /** The client hears of it when this returns, and not before. */
    private void cutAppend(Cut cut, byte[] statement) throws IOException {
      muted = true;
      Cut done = cut;
      long before = backends.head();
      int port = server.getLocalPort();
      OutputStream out = server.getOutputStream();
      out.write(statement, 0, cut == Cut.HALF_SAID ? statement.length / 2 : statement.length);
      switch (cut) {
        case HALF_SAID, SAID -> {
          server.close();
          backends.awaitGone(port);
        }
        case BACKEND_ENDED -> {
          if (backends.endAtWork(port)) {
            backends.awaitGone(port);
          } else {
            // It was faster.
            awaitHeard();
            done = Cut.ANSWER_LOST;
          }
        }
        case ANSWER_LOST -> awaitHeard();
      }
      count(done, backends.head() > before);
    }

    private void awaitHeard() throws IOException {
      try {
        if (!heard.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException("no answer to the statement that is cut off");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    void answer() {
      byte[] buffer = new byte[BUFFER];
      try {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        int read;
        while ((read = in.read(buffer)) >= 0) {
          if (saidSince) {
            cuts.incrementAndGet();
            return;
          }
          awaitVoice();
          if (muted) {
            heard.countDown();
          } else {
            out.write(buffer, 0, read);
          }
        }
      } catch (IOException e) {
        // Either side is gone.
      } finally {
        // What was cut off in the middle is told to the client when it is known what came of it.
        if (!muted) {
          close(client);
          close(server);
        }
      }
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is of no use any more.
      }
    }
  }

  /**
   * Whether what is said to the database records slips: only the ledger's insert names the type.
   */
  private static boolean appends(byte[] said, int length) {
    return new String(said, 0, length, ISO_8859_1).contains("SlipJudged");
  }

  /** A long statement comes in parts, of which the last ends with the message Sync. */
  private static byte[] whole(InputStream in, byte[] buffer, int read) throws IOException {
    ByteArrayOutputStream statement = new ByteArrayOutputStream();
    int more = read;
    while (more >= 0) {
      statement.write(buffer, 0, more);
      byte[] said = statement.toByteArray();
      if (said.length >= SYNC.length
          && Arrays.equals(said, said.length - SYNC.length, said.length, SYNC, 0, SYNC.length)) {
        return said;
      }
      more = in.read(buffer);
    }
    throw new IOException("the client is gone in the middle of a statement");
  }

  @Override
  public void close() {
    restore();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
