package fr.passnumerique.clearing.http;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Who sends its headers a byte at a time is hung up on once they are not there after some patience:
 * the container bounds the time until the next byte ({@code server.tomcat.connection-timeout}) and
 * their length, and whoever keeps to both holds a connection for a day. It takes no thread
 * meanwhile, but connections are counted too.
 *
 * <p>Looked at whenever a byte has come: until the next one the container's own bound holds. Public
 * because the container makes it by its name.
 */
public final class PacedHeaders extends Http11NioProtocol {
  private Duration patience = Duration.ofSeconds(30);

  /**
   * @param patience from the first byte of a request until its headers are there
   */
  void setPatience(Duration patience) {
    this.patience = patience;
  }

  @Override
  protected Processor createProcessor() {
    return new Http11Processor(this, getAdapter()) {
      @Override
      public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        SocketState state = super.service(socket);
        // Negative before the first byte, and between two requests.
        long began = request.getStartTimeNanos();
        boolean incomplete = state == SocketState.LONG && !isAsync() && began >= 0;
        return incomplete && System.nanoTime() - began > patience.toNanos()
            ? SocketState.CLOSED
            : state;
      }
    };
  }
}
