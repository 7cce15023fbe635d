package fr.passnumerique.ui.openapi;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is sent to an operation and answered by it, from {@code examples/<operationId>.json}: {@code
 * request}, where it has a body, and {@code answer}: JSON, or the text of a file; {@code requests},
 * by what they say, where one does not show what may be sent: the first of them is the usual one. A
 * test reads each request by its endpoint's own type, and compares each with its schema.
 *
 * <p>Not in annotations: they would stand longer than the endpoints themselves, and no test could
 * read them but through the whole description.
 */
record Examples(
    @Nullable JsonNode request, @Nullable JsonNode requests, @Nullable JsonNode answer) {
  private static final String JSON = org.springframework.http.MediaType.APPLICATION_JSON_VALUE;
  private static final Examples NONE = new Examples(null, null, null);

  static Examples of(@Nullable String operationId) {
    try (InputStream in = Examples.class.getResourceAsStream("examples/" + operationId + ".json")) {
      if (in == null) {
        return NONE;
      }
      JsonNode read = JsonMapper.shared().readTree(in);
      return new Examples(read.get("request"), read.get("requests"), read.get("answer"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void addTo(Operation operation) {
    if (request != null && operation.getRequestBody() != null) {
      show(request, operation.getRequestBody().getContent());
    }
    if (requests != null && operation.getRequestBody() != null) {
      MediaType described =
          requireNonNull(
              operation.getRequestBody().getContent().get(JSON),
              "named requests, and %s takes no JSON".formatted(operation.getOperationId()));
      for (Map.Entry<String, JsonNode> each : requests.properties()) {
        described.addExamples(each.getKey(), new Example().value(plain(each.getValue())));
      }
    }
    if (answer != null) {
      for (Map.Entry<String, ApiResponse> response : operation.getResponses().entrySet()) {
        if (response.getKey().startsWith("2")) {
          show(answer, response.getValue().getContent());
        }
      }
    }
  }

  private static void show(JsonNode example, @Nullable Content content) {
    if (content != null) {
      (example.isString()
              ? content.values().stream().findFirst()
              : Optional.ofNullable(content.get(JSON)))
          .ifPresent(type -> type.setExample(plain(example)));
    }
  }

  /** The description is written by another generation of the mapper, which knows no such node. */
  private static Object plain(JsonNode example) {
    return JsonMapper.shared().convertValue(example, Object.class);
  }
}
