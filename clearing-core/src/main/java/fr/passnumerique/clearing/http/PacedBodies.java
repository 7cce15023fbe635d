package fr.passnumerique.clearing.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Who sends its body a byte at a time gives its place back as well as who falls silent: after some
 * patience a body must have come at a least pace, or it is read no further.
 *
 * <p>In the container, and not in a filter's request: fields and parts of forms are read by the
 * container itself. Headers are {@link PacedHeaders}'.
 */
final class PacedBodies extends ValveBase {
  /** Slower than any line over which a person would wait for a page. */
  private static final long LEAST_BYTES_A_SECOND = 1_000;

  private final long patienceNanos;

  /**
   * @param patience before the pace of a body counts
   */
  PacedBodies(Duration patience) {
    super(true);
    this.patienceNanos = patience.toNanos();
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    org.apache.coyote.Request read = request.getCoyoteRequest();
    InputBuffer body = read.getInputBuffer();
    read.setInputBuffer(new Paced(body, read));
    try {
      getNext().invoke(request, response);
    } finally {
      // It serves the next request of the connection too.
      read.setInputBuffer(body);
    }
  }

  private final class Paced implements InputBuffer {
    private final InputBuffer body;
    private final org.apache.coyote.Request request;

    /** For which its bytes were waited; what the application does between two reads is its own. */
    private long nanos;

    private long bytes;

    Paced(InputBuffer body, org.apache.coyote.Request request) {
      this.body = body;
      this.request = request;
    }

    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
      long began = System.nanoTime();
      int read = body.doRead(handler);
      bytes += Math.max(0, read);
      nanos += System.nanoTime() - began;
      if (read > 0
          && nanos > patienceNanos
          && bytes < LEAST_BYTES_A_SECOND * (nanos / 1_000_000_000.0)) {
        // Nor is it drained, at the same pace.
        request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        throw new BadRequestException(
            "%d bytes of the body came in %d s".formatted(bytes, nanos / 1_000_000_000));
      }
      return read;
    }

    @Override
    public int available() {
      return body.available();
    }
  }
}
