package fr.passnumerique.clearing.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.EngineActs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A test of endpoints over real HTTP, without accounts: who asks is named with each request, as
 * {@link EngineActs} reads it. Each says {@code @SpringBootTest} itself: inherited, it would look
 * here for the application around the endpoints.
 */
public abstract class OverHttp {
  private final HttpClient http = HttpClient.newHttpClient();

  @Value("${local.server.port}")
  private int port;

  /** Around the endpoints: everybody is let in. */
  @Configuration(proxyBeanMethods = false)
  @Import({Http.class, EngineActs.class})
  public static class Open {
    @Bean
    SecurityFilterChain open(HttpSecurity security) {
      return security
          .csrf(csrf -> csrf.disable())
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }
  }

  protected HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get("", path);
  }

  /**
   * @param as a clerk's account, a party such as {@code FUNDER anct}, or empty for the engine
   */
  protected HttpResponse<String> get(String as, String path)
      throws IOException, InterruptedException {
    return send(as, HttpRequest.newBuilder(uri(path)).GET());
  }

  protected HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return post("", path, body);
  }

  /**
   * @param as as of {@link #get(String, String)}
   * @param body JSON; empty for none
   */
  protected HttpResponse<String> post(String as, String path, String body)
      throws IOException, InterruptedException {
    return send(
        as,
        body.isEmpty()
            ? HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody())
            : HttpRequest.newBuilder(uri(path))
                .POST(BodyPublishers.ofString(body))
                .header("Content-Type", "application/json"));
  }

  private HttpResponse<String> send(String as, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!as.isEmpty()) {
      request.header(as.contains(" ") ? EngineActs.AS_PARTY : EngineActs.AS, as);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  /** What it was answered, with this status. */
  protected static JsonNode answer(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(answer.body());
  }

  protected static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  /** A table's file as text, which is named {@code <name>.<suffix>} and is to be kept nowhere. */
  protected String exported(String as, String path, String name)
      throws IOException, InterruptedException {
    HttpResponse<String> file = get(as, path);
    assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"%s\"".formatted(name));
    assertThat(file.headers().firstValue("Cache-Control")).contains("no-store");
    return file.body();
  }

  /** The code of the refusal that it was answered, with this status. */
  protected static String code(int status, HttpResponse<String> answer) {
    return answer(status, answer).get("code").asString();
  }
}
