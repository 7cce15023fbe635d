package fr.passnumerique.loadtest.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Between the application and PostgreSQL: hands on what both say, until it is told to cut. Then a
 * connection's next statement still reaches the server, and is executed; its answer reaches nobody.
 */
final class DatabaseLine implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final ServerSocket listening;
  private final int serverPort;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private final Object voice = new Object();
  private boolean silent;

  private DatabaseLine(ServerSocket listening, int serverPort) {
    this.listening = listening;
    this.serverPort = serverPort;
  }

  /**
   * @param serverPort on the loopback address
   */
  static DatabaseLine to(int serverPort) throws IOException {
    DatabaseLine line =
        new DatabaseLine(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort);
    Thread.ofPlatform().daemon().name("database-line").start(line::accept);
    return line;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Each connection at its next statement. Those that say nothing stay. */
  void cut() {
    links.forEach(link -> link.armed = true);
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

    void answer() {
      byte[] buffer = new byte[BUFFER];
      try (client;
          server) {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        int read;
        while ((read = in.read(buffer)) >= 0) {
          if (saidSince) {
            cuts.incrementAndGet();
            return;
          }
          awaitVoice();
          out.write(buffer, 0, read);
        }
      } catch (IOException e) {
        // Either side is gone.
      }
    }
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
