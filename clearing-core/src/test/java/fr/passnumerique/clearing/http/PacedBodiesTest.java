package fr.passnumerique.clearing.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.junit.jupiter.api.Test;

class PacedBodiesTest {
  private static final Duration PATIENCE = Duration.ofMillis(200);

  /** Between two bytes that were there at once, it thought for longer than a client may. */
  @Test
  void theApplicationsOwnTimeIsNotTheSenders() throws Exception {
    org.apache.coyote.Request sent = new org.apache.coyote.Request();
    sent.setInputBuffer(new AByteAtOnce());
    int[] read = new int[1];
    PacedBodies paced = new PacedBodies(PATIENCE);
    paced.setNext(
        new ValveBase() {
          @Override
          public void invoke(Request request, Response response) throws IOException {
            InputBuffer body = request.getCoyoteRequest().getInputBuffer();
            read[0] += body.doRead(new NowhereToPutIt());
            sleep(PATIENCE.multipliedBy(2));
            read[0] += body.doRead(new NowhereToPutIt());
          }
        });

    paced.invoke(
        new Request(new Connector(), sent), new Response(new org.apache.coyote.Response()));

    assertThat(read[0]).isEqualTo(2);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class AByteAtOnce implements InputBuffer {
    @Override
    public int doRead(ApplicationBufferHandler handler) {
      return 1;
    }

    @Override
    public int available() {
      return 1;
    }
  }

  private static final class NowhereToPutIt implements ApplicationBufferHandler {
    @Override
    public void setByteBuffer(ByteBuffer buffer) {}

    @Override
    public ByteBuffer getByteBuffer() {
      return ByteBuffer.allocate(0);
    }

    @Override
    public void expand(int size) {}
  }
}
