package fr.passnumerique.ui.denial;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.redemption.SubmitSlip;
import fr.passnumerique.ui.ClearingApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Who sends a byte at a time, and who sends more than a form holds. There are two places for pages
 * and two for changes here: whoever kept both would keep everybody out.
 */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "pass.http.patience=1s",
      "pass.http.pages-at-once=2",
      "pass.http.changes-at-once=2"
    })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class SlowAndLargeRequestsIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final String FORM = "application/x-www-form-urlencoded";

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  @Autowired Accounts accounts;

  @Value("${local.server.port}")
  int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Socket> open = new ArrayList<>();
  private Browsers browsers;
  private URI base;

  @BeforeAll
  void createCallers() {
    base = URI.create("http://localhost:" + port);
    browsers =
        new Browsers(
            base,
            Callers.in(accounts).stream()
                .collect(Collectors.toMap(DenialMatrix.Caller::role, Function.identity())));
  }

  @AfterEach
  void hangUp() throws IOException {
    for (Socket each : open) {
      each.close();
    }
    open.clear();
  }

  /** Fields of a form, which the container reads, and a body that an endpoint reads. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/login application/x-www-form-urlencoded",
        "/login multipart/form-data;boundary=x",
        "/api/public/cheque-checks application/json"
      })
  void whoSendsItsBodyAByteAtATimeGivesItsPlaceBack(String where) throws Exception {
    String path = where.substring(0, where.indexOf(' '));
    String type = where.substring(where.indexOf(' ') + 1);
    List<Socket> slow = new ArrayList<>();
    for (int each = 0; each < 2; each++) {
      slow.add(
          begun(
              "POST %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nContent-Type: %s\r\n"
                      .formatted(path, type)
                  + "Content-Length: 1000000\r\n\r\n"));
    }
    int bytes = 0;
    while (slow.stream().noneMatch(SlowAndLargeRequestsIT::isAnswered) && bytes < 600) {
      drip(slow);
      bytes++;
    }

    assertThat(bytes).as("bytes sent until it was refused").isBetween(2, 599);
    // Whoever sends on after the first was refused is refused as well.
    while (!slow.stream().allMatch(SlowAndLargeRequestsIT::isAnswered) && bytes < 1_200) {
      drip(slow);
      bytes++;
    }
    HttpResponse<String> next =
        http.send(
            HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(next.statusCode()).as(next.body()).isNotEqualTo(429);
  }

  @Test
  void whoSendsItsHeadersAByteAtATimeHoldsNoPlace() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int each = 0; each < 50; each++) {
      slow.add(begun("GET /login HTTP/1.1\r\nHost: localhost\r\nX-"));
    }
    drip(slow);

    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(base.resolve("/login")).header("Accept", "text/html").build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  /** In the line of the request, in its headers, and in those of a connection's second request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET /login HTTP/1.1\r\nHost: localhost\r\nX-",
        "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /"
      })
  void whoSendsItsHeadersAByteAtATimeIsHungUpOn(String head) throws Exception {
    Socket slow = begun(head);
    InputStream in = slow.getInputStream();
    if (head.startsWith("HEAD")) {
      String first = "";
      while (!first.endsWith("\r\n\r\n")) {
        first += (char) in.read();
      }
      assertThat(first).startsWith("HTTP/1.1 302");
    }
    int bytes = 0;
    while (!isAnswered(slow) && bytes < 600) {
      drip(List.of(slow));
      bytes++;
    }

    assertThat(bytes).as("bytes sent until it was hung up on").isBetween(2, 599);
    assertThat(in.readAllBytes()).as("answer to no request").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {FORM, "multipart/form-data; boundary=end"})
  void aFormThatIsTooLargeIsRefusedInFrench(String type) throws Exception {
    HttpResponse<String> page = large(type, "text/html");
    HttpResponse<String> problem = large(type, "*/*");

    assertThat(page.statusCode()).isEqualTo(413);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.body()).contains("<html lang=\"fr\"", "Fichier trop volumineux");
    assertThat(problem.statusCode()).isEqualTo(413);
    assertThat(problem.body())
        .contains("UPLOAD_TOO_LARGE", type.equals(FORM) ? "(12 MB)" : "(32 MB)");
  }

  private HttpResponse<String> large(String type, String accept) throws Exception {
    Browsers.Browser clerk = browsers.of(Role.CLERK);
    String body =
        type.equals(FORM)
            ? "_csrf=" + clerk.token() + "&file=" + "a".repeat(13_000_000)
            : "--end\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xml\"\r\n\r\n"
                + "a".repeat(34_000_000)
                + "\r\n--end--\r\n";
    return clerk
        .http()
        .send(
            HttpRequest.newBuilder(base.resolve("/banque/fichier"))
                .header("Accept", accept)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aFormOfTooManyFieldsIsTheSendersMistake() throws Exception {
    HttpResponse<String> answer =
        browsers
            .of(Role.CLERK)
            .http()
            .send(
                HttpRequest.newBuilder(base.resolve("/recherche"))
                    .header("Accept", "text/html")
                    .header("Content-Type", FORM)
                    .POST(HttpRequest.BodyPublishers.ofString("f=1&".repeat(20_000)))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  /**
   * A draft comes back with the page: whoever sends another, longer than any that was shown, would
   * have it read anew for every hundred faults.
   */
  @Test
  void aDraftThatGrewOnItsWayIsNotLookedThrough() throws Exception {
    assertThat(checked(SubmitSlip.MOST_LINES)).doesNotContain("Le bordereau est trop long");
    assertThat(checked(SubmitSlip.MOST_LINES + 1))
        .contains("Le bordereau est trop long")
        .doesNotContain("lignes à corriger");
  }

  private String checked(int lines) throws Exception {
    Browsers.Browser venue = browsers.of(Role.VENUE);
    String kept = "cheque;servedOn;service;pointOfService\n" + "x;x;x;x\n".repeat(lines);
    HttpResponse<String> page =
        venue
            .http()
            .send(
                HttpRequest.newBuilder(base.resolve("/bordereaux/controle"))
                    .header("Accept", "text/html")
                    .header("Content-Type", FORM)
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "_csrf=%s&reference=2026-11-A&action=check&kept=%s"
                                .formatted(
                                    venue.token(),
                                    URLEncoder.encode(kept, StandardCharsets.UTF_8))))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (page.statusCode() == 302) {
      // What is looked through is a page of its own.
      page =
          venue
              .http()
              .send(
                  HttpRequest.newBuilder(base.resolve("/bordereaux/controle"))
                      .header("Accept", "text/html")
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
    }
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    return page.body();
  }

  private Socket begun(String head) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    open.add(socket);
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  /** A byte to each; those that were hung up on take none. */
  private static void drip(List<Socket> to) throws InterruptedException {
    for (Socket each : to) {
      try {
        each.getOutputStream().write('a');
      } catch (IOException e) {
        continue;
      }
    }
    Thread.sleep(50);
  }

  private static boolean isAnswered(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      socket.setSoTimeout(1);
      return in.available() > 0 || in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
