package fr.passnumerique.clearing.http;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.LedgerStoppedException;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.MissingKeyException;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.ledger.RefusalCode;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.VenueId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every way a request can be wrong, over real HTTP, and what the sender is told. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "pass.http.max-upload=1MB")
class ProblemsIT {
  private static final String GOOD =
      """
      {"venueId": "35600000012345", "kind": "BUS", "day": "2026-10-01", "cents": 1000,
       "lines": [{"departement": "2A", "cents": 10}]}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  @Value("${local.server.port}")
  int port;

  @Test
  void aGoodRequestIsAnswered() throws Exception {
    HttpResponse<String> answer = post("/api/slips", GOOD);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"venueId\":\"35600000012345\"", "\"day\":\"2026-10-01\"");
  }

  @Test
  void eachRequestHasAVirtualThread() throws Exception {
    assertThat(get("/api/threads").body()).isEqualTo("true");
  }

  @Test
  void whatIsOptionalMayBeLeftOutOrNull() throws Exception {
    assertThat(post("/api/slips", with("\"note\": null")).statusCode()).isEqualTo(200);
    assertThat(post("/api/slips", with("\"remark\": null")).statusCode()).isEqualTo(200);
    assertThat(post("/api/slips", with("\"note\": \"x\", \"remark\": \"y\"")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void malformedJsonIsToldByLineAndColumn() throws Exception {
    JsonNode problem = problem(400, post("/api/slips", "{\n  \"venueId\": \"A\",\n  oops\n}"));

    assertThat(problem.get("code").asString()).isEqualTo("MALFORMED_JSON");
    assertThat(problem.get("type").asString())
        .isEqualTo("urn:pass-numerique:problem:MALFORMED_JSON");
    assertThat(problem.get("title").asString()).isEqualTo("Malformed json");
    assertThat(problem.get("detail").asString()).contains("line 3, column ");
    assertThat(error(problem).get("line").asInt()).isEqualTo(3);
  }

  @Test
  void jsonThatEndsTooSoonOrGoesOnTooLongIsMalformed() throws Exception {
    assertThat(code(post("/api/slips", "{\"venueId\": "))).isEqualTo("MALFORMED_JSON");
    assertThat(code(post("/api/slips", GOOD + "{}"))).isEqualTo("MALFORMED_JSON");
    assertThat(code(post("/api/slips", ""))).isEqualTo("MISSING_BODY");
    assertThat(code(post("/api/slips", "   "))).isEqualTo("MISSING_BODY");
    assertThat(code(post("/api/slips", "null"))).isEqualTo("MISSING_BODY");
  }

  @Test
  void anUnknownFieldIsNamedWithThoseThatExist() throws Exception {
    JsonNode problem = problem(400, post("/api/slips", with("\"notes\": \"x\"")));

    assertThat(problem.get("code").asString()).isEqualTo("UNKNOWN_FIELD");
    assertThat(error(problem).get("field").asString()).isEqualTo("notes");
    assertThat(error(problem).get("remedy").asString())
        .isEqualTo("the fields are cents, day, kind, lines, note, remark, venueId");
  }

  @Test
  void aMissingFieldIsNamed() throws Exception {
    JsonNode problem = problem(400, post("/api/slips", GOOD.replace("\"cents\": 1000,", "")));

    assertThat(problem.get("code").asString()).isEqualTo("MISSING_FIELD");
    assertThat(error(problem).get("field").asString()).isEqualTo("cents");
  }

  @Test
  void aMissingFieldOfTheSecondLineIsNamedWithItsLine() throws Exception {
    JsonNode problem =
        problem(
            400,
            post(
                "/api/slips",
                GOOD.replace("\"cents\": 10}", "\"cents\": 10}, {\"departement\": \"01\"}")));

    assertThat(problem.get("code").asString()).isEqualTo("MISSING_FIELD");
    assertThat(error(problem).get("line").asInt()).isEqualTo(2);
    assertThat(error(problem).get("field").asString()).isEqualTo("cents");
  }

  @Test
  void aFieldGivenTwiceIsRefused() throws Exception {
    JsonNode problem = problem(400, post("/api/slips", with("\"cents\": 1")));

    assertThat(problem.get("code").asString()).isEqualTo("DUPLICATE_FIELD");
    assertThat(error(problem).get("field").asString()).isEqualTo("cents");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cents    | "1000"                   | WRONG_TYPE
          cents    | 10.50                    | WRONG_TYPE
          cents    | 10.0                     | WRONG_TYPE
          cents    | 1e3                      | WRONG_TYPE
          cents    | 9223372036854775808      | OUT_OF_RANGE
          cents    | -9223372036854775809     | OUT_OF_RANGE
          cents    | 1000000000000000000000000000000000000000000000000000000000 | OUT_OF_RANGE
          cents    | null                     | MISSING_FIELD
          cents    | ""                       | WRONG_TYPE
          cents    | true                     | WRONG_TYPE
          cents    | [1000]                   | WRONG_TYPE
          cents    | {}                       | WRONG_TYPE
          cents    | 0100                     | MALFORMED_JSON
          cents    | NaN                      | MALFORMED_JSON
          day      | "2026-02-30"             | WRONG_TYPE
          day      | "01/10/2026"             | WRONG_TYPE
          day      | "2026-10-01T00:00:00Z"   | WRONG_TYPE
          day      | ""                       | WRONG_TYPE
          day      | 20261001                 | WRONG_TYPE
          day      | [2026, 10, 1]            | WRONG_TYPE
          day      | null                     | MISSING_FIELD
          kind     | "bus"                    | WRONG_TYPE
          kind     | "TRAM"                   | WRONG_TYPE
          kind     | 0                        | WRONG_TYPE
          kind     | ""                       | WRONG_TYPE
          venueId  | 35600000012345           | WRONG_TYPE
          venueId  | true                     | WRONG_TYPE
          venueId  | null                     | MISSING_FIELD
          venueId  | ""                       | INVALID_VALUE
          venueId  | "a/b"                    | INVALID_VALUE
          venueId  | {"value": "A"}           | WRONG_TYPE
          lines    | null                     | MISSING_FIELD
          lines    | {}                       | WRONG_TYPE
          lines    | ""                       | WRONG_TYPE
          lines    | [null]                   | MISSING_FIELD
          lines    | ["x"]                    | WRONG_TYPE
          day      | "+12026-10-01"           | WRONG_TYPE
          note     | "a\\u0000b"              | INVALID_VALUE
          note     | "a\\ud800b"              | INVALID_VALUE
          """)
  void aWrongValueIsRefusedNamingItsField(String field, String value, String code)
      throws Exception {
    String body =
        "note".equals(field)
            ? with("\"note\": " + value)
            : "lines".equals(field)
                ? GOOD.replaceAll("\"lines\": \\[.*]", "\"lines\": " + value.replace("\\", "\\\\"))
                : GOOD.replaceFirst(
                    "\"" + field + "\": [^,]+,", "\"" + field + "\": " + value + ",");

    JsonNode problem = problem(400, post("/api/slips", body));

    assertThat(problem.get("code").asString()).as(problem.toString()).isEqualTo(code);
    if (!code.equals("MALFORMED_JSON")) {
      assertThat(error(problem).get("field").asString()).as(problem.toString()).isEqualTo(field);
      assertThat(error(problem).get("message").asString()).isNotBlank();
      assertThat(error(problem).get("remedy").asString()).isNotBlank();
    }
    assertThat(problem.toString()).doesNotContain("fr.passnumerique.", "java.", "tools.jackson");
  }

  @Test
  void theSmallestAndTheLargestAmountAreRead() throws Exception {
    for (long edge : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
      HttpResponse<String> answer = post("/api/slips", GOOD.replace("1000", Long.toString(edge)));
      assertThat(answer.body()).contains("\"cents\":" + edge);
    }
  }

  @Test
  void anEnumsValuesAreListed() throws Exception {
    JsonNode problem = problem(400, post("/api/slips", GOOD.replace("BUS", "TRAM")));

    assertThat(error(problem).get("value").asString()).isEqualTo("TRAM");
    assertThat(error(problem).get("remedy").asString()).isEqualTo("give one of BUS, LIBRARY");
  }

  @Test
  void whatAnIdentifierRefusesIsToldWithTheLineOfTheList() throws Exception {
    JsonNode problem = problem(400, post("/api/slips", GOOD.replace("\"2A\"", "\"20\"")));

    assertThat(problem.get("code").asString()).isEqualTo("INVALID_VALUE");
    assertThat(error(problem).get("line").asInt()).isEqualTo(1);
    assertThat(error(problem).get("field").asString()).isEqualTo("departement");
    assertThat(error(problem).get("message").asString()).contains("INSEE code");
  }

  @ParameterizedTest
  @CsvSource({
    "venueId, '\"a/b\"', a/b",
    "cents, true, true",
    "day, 20261001, 20261001",
    "kind, 7, 7",
  })
  void whatWasSentIsTold(String field, String value, String told) throws Exception {
    String body =
        GOOD.replaceFirst("\"" + field + "\": [^,]+,", "\"" + field + "\": " + value + ",");

    JsonNode problem = problem(400, post("/api/slips", body));

    assertThat(error(problem).get("field").asString()).isEqualTo(field);
    assertThat(error(problem).get("value").asString()).isEqualTo(told);
  }

  @Test
  void aBodyNestedWithoutEndIsRefused() throws Exception {
    String deep = "[".repeat(5000) + "]".repeat(5000);

    assertThat(code(post("/api/slips", GOOD.replace("\"lines\": [", "\"lines\": [" + deep + ","))))
        .isIn("JSON_TOO_COMPLEX", "WRONG_TYPE");
    assertThat(code(post("/api/tree", deep))).isEqualTo("JSON_TOO_COMPLEX");
  }

  @Test
  void otherEncodingsAreRefusedAndTheMarkOfUtf8IsPassedOver() throws Exception {
    String text = with("\"note\": \"École\"");

    assertThat(send("/api/slips", "application/json", text.getBytes(StandardCharsets.ISO_8859_1)))
        .satisfies(answer -> assertThat(code(answer)).isEqualTo("WRONG_ENCODING"));
    assertThat(send("/api/slips", "application/json", text.getBytes(StandardCharsets.UTF_16)))
        .satisfies(answer -> assertThat(code(answer)).isEqualTo("WRONG_ENCODING"));
    assertThat(send("/api/slips", "application/json", text.getBytes(StandardCharsets.UTF_16LE)))
        .satisfies(answer -> assertThat(code(answer)).isEqualTo("WRONG_ENCODING"));
    assertThat(send("/api/slips", "application/json", text.getBytes(Charset.forName("UTF-32BE"))))
        .satisfies(answer -> assertThat(code(answer)).isEqualTo("WRONG_ENCODING"));
    HttpResponse<String> announced =
        send(
            "/api/slips",
            "application/json;charset=ISO-8859-1",
            text.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(announced.statusCode()).isEqualTo(415);
    assertThat(code(announced)).isEqualTo("WRONG_ENCODING");
    assertThat(
            send(
                    "/api/slips",
                    "application/json",
                    ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(200);
  }

  /** Spring would take it for another number than whoever wrote it means. */
  @Test
  void aNumberIsWrittenWithDigits() throws Exception {
    for (String number : List.of("0x10", "0X1f", "-0x1", "%2310", "%200x10", "ten")) {
      assertThat(code(get("/api/numbers?position=" + number)))
          .as(number)
          .isEqualTo("INVALID_PARAMETER");
    }
    assertThat(get("/api/numbers?position=16").body()).isEqualTo("16");
  }

  @Test
  void aParameterMisspeltEmptyOrGivenTwiceMovesNothing() throws Exception {
    assertThat(post("/api/slips?dryRun=true", GOOD).statusCode()).isEqualTo(200);
    for (String query : List.of("dryrun=true", "dry_run=true", "x")) {
      JsonNode problem = problem(400, post("/api/slips?" + query, GOOD));
      assertThat(problem.get("code").asString()).as(query).isEqualTo("UNKNOWN_PARAMETER");
      assertThat(problem.get("detail").asString()).contains("dryRun");
    }
    for (String query :
        List.of(
            "dryRun",
            "dryRun=",
            "dryRun=%20",
            "dryRun=%00%09",
            "dryRun=true%00",
            "dryRun=true&dryRun=false",
            "dryRun=maybe")) {
      assertThat(code(post("/api/slips?" + query, GOOD))).as(query).isEqualTo("INVALID_PARAMETER");
    }
  }

  @Test
  void parametersAreToldByName() throws Exception {
    assertThat(problem(400, get("/api/days")).toString()).contains("MISSING_PARAMETER", "asOf");
    assertThat(problem(400, get("/api/days?asOf=31/12/2026")).toString())
        .contains("INVALID_PARAMETER", "asOf", "31/12/2026", "a day as 2026-12-31");
    assertThat(get("/api/days?asOf=2026-12-31").body()).contains("2026-12-31");
    assertThat(problem(400, get("/api/venues/a%20b")).toString())
        .contains("INVALID_PARAMETER", "venueId must be 1 to 40");
    assertThat(problem(400, get("/api/venues/a%20b")).toString()).doesNotContain("a b");
  }

  @Test
  void anAddressAMethodOrATypeThatIsNotThereIsTold() throws Exception {
    assertThat(code(404, get("/api/nowhere"))).isEqualTo("NOT_FOUND");
    HttpResponse<String> method = request("/api/days?asOf=2026-12-31", "DELETE", null, null);
    assertThat(code(405, method)).isEqualTo("METHOD_NOT_ALLOWED");
    assertThat(method.headers().firstValue("Allow")).contains("GET");
    HttpResponse<String> type = send("/api/slips", "text/plain", GOOD.getBytes("UTF-8"));
    assertThat(code(415, type)).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    assertThat(type.headers().firstValue("Accept")).contains("application/json");
    HttpResponse<String> accept = request("/api/days?asOf=2026-12-31", "GET", "image/png", null);
    assertThat(code(406, accept)).isEqualTo("NOT_ACCEPTABLE");
    assertThat(accept.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void addressesThatTheFirewallRefusesAreProblemsToo() throws Exception {
    assertThat(code(400, get("/api/venues/a%00b"))).isEqualTo("BAD_REQUEST");
    assertThat(code(400, get("/api/venues/a%2Fb"))).isEqualTo("BAD_REQUEST");
    assertThat(code(400, get("/api/venues/a;b"))).isEqualTo("BAD_REQUEST");
    assertThat(code(400, get("/api/venues/..%5Cb"))).isEqualTo("BAD_REQUEST");
  }

  @Test
  void refusalsOfTheDomainKeepTheirCodeAndKind() throws Exception {
    JsonNode problem = problem(409, get("/api/fails/refusal"));

    assertThat(problem.get("code").asString()).isEqualTo("SLIP_REFERENCE_TAKEN");
    assertThat(error(problem).get("field").asString()).isEqualTo("reference");
    assertThat(error(problem).get("remedy").asString()).isEqualTo("use another reference");
  }

  @Test
  void aMissingKeyIsNamedAndNotWhereItShouldBe() throws Exception {
    HttpResponse<String> answer = get("/api/fails/key");

    assertThat(code(503, answer)).isEqualTo("KEY_MISSING");
    assertThat(answer.body()).contains("check-1-7Q4ZK2", "restore").doesNotContain("secret");
  }

  @Test
  void anUnavailableLedgerAsksForTheSameRequestAgain() throws Exception {
    HttpResponse<String> answer = get("/api/fails/ledger");

    assertThat(code(503, answer)).isEqualTo("LEDGER_UNAVAILABLE");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void aNumberInTheAddressIsToldTheRangeThatNumbersThereHave() throws Exception {
    String refused = problem(400, get("/api/positions?position=99999999999999999999")).toString();

    assertThat(refused).contains("a whole number from 0 to 9223372036854775807");
  }

  @Test
  void aStoppedLedgerTellsWhereAndDoesNotAskForTheSameRequestAgain() throws Exception {
    HttpResponse<String> answer = get("/api/fails/stopped");

    assertThat(code(503, answer)).isEqualTo("LEDGER_STOPPED");
    assertThat(answer.body())
        .contains("at position 2131", "DistributionRegister", "verify it")
        .doesNotContain("same request");
    assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void aFailureOfOursTellsAnIncidentAndNothingElse() throws Exception {
    JsonNode problem = problem(500, get("/api/fails/bug"));

    assertThat(problem.get("code").asString()).isEqualTo("INTERNAL_ERROR");
    assertThat(problem.get("incident").asString()).matches("[0-9a-f]{12}");
    assertThat(problem.toString()).doesNotContain("FR7630006000011234567890189", "Exception");
    assertThat(problem(500, post("/api/fails/constructor", "{\"b\": 1}")).toString())
        .doesNotContain("secret");
  }

  @Test
  void aSecretValueIsNotRepeated() throws Exception {
    for (String body :
        List.of(
            with("\"iban\": \"FR7630006000011234567890189\""),
            with("\"note\": FR7630006000011234567890189"),
            GOOD.replace("\"BUS\"", "{\"x\": \"FR7630006000011234567890189\"}"))) {
      assertThat(problem(400, post("/api/slips", body)).toString())
          .doesNotContain("FR7630006000011234567890189");
    }
  }

  @Test
  void aBodyThatSaysItIsTooLargeIsAnsweredBeforeItIsSent() throws Exception {
    String head =
        """
        POST /api/files HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/octet-stream\r
        Content-Length: 104857600\r
        \r
        """;
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();

      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void aClientThatAsksFirstGetsTheRefusalInsteadOfContinue() throws Exception {
    String head =
        """
        POST /api/files HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/octet-stream\r
        Expect: 100-continue\r
        Content-Length: 104857600\r
        \r
        """;
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();

      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void aClientThatWritesBeforeItReadsStillLearnsWhy() throws Exception {
    byte[] megabyte = new byte[1 << 20];
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /api/files HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream"
                  + "\r\nContent-Length: 7340032\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      // Less than what is drained, and more than a server drains unless told to.
      for (int i = 0; i < 7; i++) {
        out.write(megabyte);
      }
      out.flush();

      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void aBodyInChunksIsRefusedAtTheFirstByteBeyond() throws Exception {
    JsonNode problem = problem(413, stream("/api/files", "application/octet-stream", 3L << 20));
    assertThat(problem.get("code").asString()).isEqualTo("UPLOAD_TOO_LARGE");
    assertThat(problem.get("detail").asString()).contains("1048576 bytes (1 MB)", "split");
    assertThat(code(413, stream("/api/slips", "application/json", 3L << 20)))
        .isEqualTo("UPLOAD_TOO_LARGE");
    assertThat(stream("/api/files", "application/octet-stream", 1L << 20).statusCode())
        .isEqualTo(200);
    assertThat(stream("/api/files", "application/octet-stream", (1L << 20) + 1).statusCode())
        .isEqualTo(413);
  }

  @Test
  void aPartOfAFormIsLimitedLikeABody() throws Exception {
    assertThat(multipart(500_000, true).body()).isEqualTo("500000");
    assertThat(code(413, multipart(2_000_000, true))).isEqualTo("UPLOAD_TOO_LARGE");
    assertThat(code(413, multipart(2_000_000, false))).isEqualTo("UPLOAD_TOO_LARGE");
    assertThat(code(400, send("/api/parts", "multipart/form-data", "x".getBytes("UTF-8"))))
        .isIn("MALFORMED_MULTIPART", "MISSING_PARAMETER");
    assertThat(
            code(
                400,
                send(
                    "/api/parts",
                    "multipart/form-data; boundary=b",
                    "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n"
                        .getBytes("UTF-8"))))
        .isEqualTo("MISSING_PARAMETER");
  }

  // -- sending ---------------------------------------------------------------------------------

  private String with(String member) {
    return GOOD.strip().substring(0, GOOD.strip().length() - 1) + ", " + member + "}";
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> send(String path, String type, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Without a Content-Length, in chunks. */
  private HttpResponse<String> stream(String path, String type, long length) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> blanks(length)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> multipart(int size, boolean withLength) throws Exception {
    byte[] body =
        ("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n"
                + "x".repeat(size)
                + "\r\n--b--\r\n")
            .getBytes(StandardCharsets.UTF_8);
    return http.send(
        HttpRequest.newBuilder(uri("/api/parts"))
            .header("Content-Type", "multipart/form-data; boundary=b")
            .timeout(Duration.ofSeconds(20))
            .POST(
                withLength
                    ? HttpRequest.BodyPublishers.ofByteArray(body)
                    : HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return request(path, "GET", null, null);
  }

  private HttpResponse<String> request(
      String path, String method, @Nullable String accept, @Nullable String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (accept != null) {
      request.header("Accept", accept);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private static InputStream blanks(long length) {
    return new InputStream() {
      private long left = length;

      @Override
      public int read() {
        return left-- > 0 ? ' ' : -1;
      }

      @Override
      public int read(byte[] to, int offset, int wanted) {
        if (left <= 0) {
          return -1;
        }
        int n = (int) Math.min(left, wanted);
        java.util.Arrays.fill(to, offset, offset + n, (byte) ' ');
        left -= n;
        return n;
      }
    };
  }

  private String code(HttpResponse<String> answer) {
    return json.readTree(answer.body()).get("code").asString();
  }

  private String code(int status, HttpResponse<String> answer) {
    return problem(status, answer).get("code").asString();
  }

  private JsonNode problem(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asString()).isNotBlank();
    assertThat(problem.get("errors").size()).as(answer.body()).isPositive();
    for (JsonNode error : problem.get("errors")) {
      assertThat(error.get("remedy").asString()).as(answer.body()).isNotBlank();
    }
    return problem;
  }

  private static JsonNode error(JsonNode problem) {
    assertThat(problem.get("errors").size()).as(problem.toString()).isEqualTo(1);
    return problem.get("errors").get(0);
  }

  // -- a small application ---------------------------------------------------------------------

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import(Http.class)
  static class Application {
    @Bean
    Endpoints endpoints() {
      return new Endpoints();
    }

    @Bean
    SecurityFilterChain open(HttpSecurity security) throws Exception {
      return security
          .csrf(csrf -> csrf.disable())
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }
  }

  enum Kind {
    BUS,
    LIBRARY
  }

  record Line(Departement departement, long cents) {}

  record Slip(
      VenueId venueId,
      Kind kind,
      LocalDate day,
      long cents,
      List<Line> lines,
      Optional<String> note,
      @Nullable String remark) {}

  record Broken(int b) {
    Broken {
      if (b == 1) {
        throw new IllegalStateException("secret");
      }
    }
  }

  enum SlipRefusal implements RefusalCode {
    SLIP_REFERENCE_TAKEN;

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }
  }

  @RestController
  static class Endpoints {
    @PostMapping("/api/slips")
    Slip slips(@RequestBody Slip slip, @RequestParam(defaultValue = "false") boolean dryRun) {
      return slip;
    }

    @PostMapping("/api/tree")
    JsonNode tree(@RequestBody JsonNode tree) {
      return tree;
    }

    @PostMapping(path = "/api/files", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    int files(@RequestBody byte[] file) {
      return file.length;
    }

    @PostMapping(path = "/api/parts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    long parts(@RequestParam("file") MultipartFile file) {
      return file.getSize();
    }

    @GetMapping("/api/threads")
    boolean threads() {
      return Thread.currentThread().isVirtual();
    }

    @GetMapping("/api/numbers")
    long numbers(@RequestParam long position) {
      return position;
    }

    @GetMapping("/api/days")
    LocalDate days(@RequestParam LocalDate asOf) {
      return asOf;
    }

    @GetMapping("/api/positions")
    long positions(@RequestParam long position) {
      return position;
    }

    @GetMapping("/api/venues/{venueId}")
    VenueId venues(@PathVariable VenueId venueId) {
      return venueId;
    }

    @PostMapping("/api/fails/constructor")
    Broken constructor(@RequestBody Broken broken) {
      return broken;
    }

    @GetMapping("/api/fails/{how}")
    String fails(@PathVariable String how) throws IOException {
      throw switch (how) {
        case "refusal" ->
            Problem.of(
                Refusal.of(
                    SlipRefusal.SLIP_REFERENCE_TAKEN,
                    "reference",
                    "slip S-1 was sent with other contents; use another reference",
                    "use another reference"));
        case "ledger" -> new LedgerUnavailableException("no writer");
        case "stopped" ->
            new LedgerStoppedException(
                2131, "register DistributionRegister cannot take fact 2131", "verify it", null);
        case "key" -> new MissingKeyException("check-1-7Q4ZK2", "it is not in /secret/check-keys");
        default -> new IllegalStateException("FR7630006000011234567890189");
      };
    }
  }
}
