package fr.passnumerique.ui.denial;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.ui.ClearingApplication;
import fr.passnumerique.ui.openapi.DescribedApi;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules of the whole application, each tried by every role on its own subject and another's.
 */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class DenialMatrixIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  @Autowired Accounts accounts;
  @Autowired MeterRegistry meters;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mapping;

  @Value("${local.server.port}")
  int port;

  @Test
  void everyEndpointAndPageAdmitsWhomItsRuleNamesAndNobodyElse() throws Exception {
    DenialMatrix matrix =
        new DenialMatrix(
            base(),
            Callers.in(accounts),
            () -> meters.get("pass.access.denied").tag("reason", "foreign").counter().count());

    DenialMatrix.Report report = matrix.run(api(), mapping.getHandlerMethods());

    System.out.println(report);
    assertThat(report.failures()).as(report.toString()).isEmpty();
    assertThat(report.endpoints()).isGreaterThan(20);
    assertThat(report.pages()).isGreaterThan(1);
    assertThat(report.counts().get("404 foreign")).isPositive();
  }

  @Test
  void everyEndpointIsDescribed() throws Exception {
    assertThat(DescribedApi.faults(api())).isEmpty();
  }

  private JsonNode api() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(base().resolve("/v3/api-docs")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JsonMapper.shared().readTree(answer.body());
    }
  }

  private URI base() {
    return URI.create("http://localhost:" + port);
  }
}
