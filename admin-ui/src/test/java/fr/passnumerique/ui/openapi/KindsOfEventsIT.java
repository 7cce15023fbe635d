package fr.passnumerique.ui.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Http;
import fr.passnumerique.projections.histories.ChequeHistory;
import fr.passnumerique.projections.histories.HistoryEvent;
import io.swagger.v3.oas.annotations.Operation;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever happens to a cheque is one of the kinds that the API describes, and no other: answers
 * with an event of each, with all that it can tell and with nothing that can be left out.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class KindsOfEventsIT {
  private static final String KIND = "histories.HistoryEvent.";
  private static final List<JsonSubTypes.Type> KINDS =
      List.of(HistoryEvent.class.getAnnotation(JsonSubTypes.class).value());

  @Value("${local.server.port}")
  int port;

  @Test
  void anEventFitsTheOneKindThatItNames() throws Exception {
    JsonNode api = get("/v3/api-docs");
    Schema history = schema(api, "histories.ChequeHistory");
    List<String> fits = new ArrayList<>();
    for (String told : List.of("all", "least")) {
      JsonNode answer = get("/api/" + told);
      assertThat(history.validate(answer.toString(), InputFormat.JSON)).as(told).isEmpty();
      for (JsonNode event : answer.get("events")) {
        fits.add(event.get("kind").asString() + " " + kindsThatFit(api, event));
      }
    }

    assertThat(fits)
        .containsExactlyElementsOf(
            Stream.of(KINDS, KINDS)
                .flatMap(List::stream)
                .map(kind -> kind.name() + " [" + kind.value().getSimpleName() + "]")
                .toList());
  }

  @Test
  void whichItIsIsSaidWithoutTryingAll() throws Exception {
    JsonNode api = get("/v3/api-docs");
    JsonNode discriminator =
        api.at("/components/schemas/histories.ChequeHistory/properties/events/items/discriminator");
    assertThat(discriminator.path("propertyName").asString()).isEqualTo("kind");
    assertThat(discriminator.path("mapping").properties())
        .hasSize(KINDS.size())
        .allSatisfy(
            kind -> {
              JsonNode described = api.at(kind.getValue().asString().substring(1));
              assertThat(described.findValue("const").asString()).isEqualTo(kind.getKey());
            });
  }

  private static List<String> kindsThatFit(JsonNode api, JsonNode event) {
    return api.at("/components/schemas").propertyNames().stream()
        .filter(name -> name.startsWith(KIND))
        .filter(name -> schema(api, name).validate(event.toString(), InputFormat.JSON).isEmpty())
        .map(name -> name.substring(KIND.length()))
        .toList();
  }

  private static Schema schema(JsonNode api, String name) {
    ObjectNode schema = JsonMapper.shared().createObjectNode();
    schema.put("$ref", "#/components/schemas/" + name);
    schema.set("components", api.get("components"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema.toString(), InputFormat.JSON);
  }

  private JsonNode get(String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return JsonMapper.shared()
          .readTree(
              http.send(
                      HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body());
    }
  }

  // -- a small application ---------------------------------------------------------------------

  @SpringBootConfiguration
  @EnableAutoConfiguration(
      exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
  @Import({Http.class, ApiDescription.class})
  static class Application {
    @Bean
    Endpoint endpoint() {
      return new Endpoint();
    }

    @Bean
    SecurityFilterChain open(HttpSecurity security) throws Exception {
      return security.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
    }
  }

  @RestController
  static class Endpoint {
    @GetMapping("/api/{told}")
    @Permit(everyone = true)
    @Operation(operationId = "readChequeHistory", summary = "One event of each kind")
    ChequeHistory read(@PathVariable String told) {
      boolean all = told.equals("all");
      List<Object> events = new ArrayList<>();
      KINDS.forEach(kind -> events.add(made(kind.value(), all, List.of())));
      return (ChequeHistory) made(ChequeHistory.class, all, events);
    }
  }

  /**
   * @param all whether what can be left out is there
   */
  private static Object made(Class<?> type, boolean all, List<Object> events) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values =
        Arrays.stream(components)
            .map(
                component ->
                    !all && component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                        ? null
                        : component.getName().equals("events")
                            ? events
                            : value(component.getType(), all))
            .toArray();
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no " + type + " can be made", e);
    }
  }

  private static Object value(Class<?> type, boolean all) {
    if (type == String.class) {
      return "x";
    } else if (type == long.class || type == Long.class) {
      return 7L;
    } else if (type == int.class || type == Integer.class) {
      return 7;
    } else if (type == boolean.class) {
      return true;
    } else if (type == Instant.class) {
      return Instant.EPOCH;
    } else if (type == LocalDate.class) {
      return LocalDate.EPOCH;
    } else if (type == List.class) {
      return List.of();
    } else if (type == Optional.class) {
      return Optional.empty();
    } else if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return made(type, all, List.of());
  }
}
