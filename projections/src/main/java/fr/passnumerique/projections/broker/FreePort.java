package fr.passnumerique.projections.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For a process that is about to listen on the loopback address. */
public final class FreePort {
  private FreePort() {}

  /** Nobody listens on it now; whoever is quicker may be the next. */
  public static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
