package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import fr.passnumerique.clearing.issuance.FileCheckKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlipSenderTest {
  @TempDir private Path directory;

  @Test
  void anAnswerWithoutABodyIsOne() throws IOException {
    Plan plan =
        Plan.make(
            3,
            LocalDate.of(2026, 11, 24),
            Site.of(Site.VenueList.real()),
            new Plan.Size(1, 1, 1, 3),
            FileCheckKeys.open(directory.resolve("keys"), new Random(3)));
    SlipRequests requests =
        new SlipRequests(plan, Collections.nCopies(plan.venues().size(), "key"));
    Slip slip = plan.rounds().getFirst().byClient().getFirst().getFirst();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "2");
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    URI root = URI.create("http://localhost:" + server.getAddress().getPort());
    try (SlipSender sender = new SlipSender(root, requests, 1)) {
      SlipSender.Reply reply = sender.send(slip, requests.json(slip));

      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.body()).isEmpty();
      assertThat(reply.retryAfter()).contains("2");
    } finally {
      server.stop(0);
    }
  }
}
