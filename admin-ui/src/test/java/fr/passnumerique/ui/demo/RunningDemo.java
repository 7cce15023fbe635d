package fr.passnumerique.ui.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application after the demo has played, with the people of its file of accounts: a static
 * {@code @RegisterExtension} of a test class.
 */
public final class RunningDemo implements BeforeAllCallback, AfterAllCallback {
  private final boolean shared;
  private final String[] settings;
  private @Nullable Running running;

  private RunningDemo(boolean shared, String... settings) {
    this.shared = shared;
    this.settings = settings;
  }

  /**
   * One that all who ask for it in this JVM have together: for tests that read, or whose additions
   * no other test counts.
   */
  public static RunningDemo shared() {
    return new RunningDemo(true);
  }

  /**
   * One on a ledger of the class's own, to change it as it likes; takes some seconds.
   *
   * @param settings as on a command line, in the place of the demo's own
   */
  public static RunningDemo ofItsOwn(String... settings) {
    return new RunningDemo(false, settings);
  }

  /** Stopped with the last test that may use it. */
  private static final class Running implements AutoCloseable {
    private final ConfigurableApplicationContext application;
    private final Map<String, JsonNode> accounts = new HashMap<>();
    private final String base;

    Running(String... settings) throws Exception {
      Path data = Files.createTempDirectory("pass-demo-");
      PlayedDemo.copyTo(data);
      application = PlayedDemo.start(data, settings);
      base = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
      for (JsonNode account :
          JsonMapper.shared()
              .readTree(Files.readString(data.resolve("demo-accounts.json")))
              .path("accounts")) {
        accounts.put(account.path("login").asString(), account);
      }
    }

    @Override
    public void close() {
      application.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ExtensionContext of = shared ? context.getRoot() : context;
    running =
        of.getStore(ExtensionContext.Namespace.create(RunningDemo.class))
            .computeIfAbsent(
                // Under another name than the shared one, which a class's store would find in the
                // root's.
                shared ? Running.class : this,
                _ -> {
                  try {
                    return new Running(settings);
                  } catch (Exception e) {
                    throw new IllegalStateException("the demo does not run", e);
                  }
                },
                Running.class);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    running = null;
  }

  private Running running() {
    return requireNonNull(running);
  }

  public ConfigurableApplicationContext application() {
    return running().application;
  }

  /** Without a slash at its end. */
  public String base() {
    return running().base;
  }

  public String password(String login) {
    return account(login).path("password").asString();
  }

  /** From the front page, to which it leads back. */
  public void logIn(Page page, String login) {
    page.navigate(base() + "/");
    page.fill("#login", login);
    page.fill("#password", password(login));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Se connecter")).click();
  }

  /** For which funder, venue or prescriber somebody speaks. */
  public String subject(String login) {
    return account(login).path("subject").asString();
  }

  private JsonNode account(String login) {
    return requireNonNull(running().accounts.get(login), login);
  }

  /**
   * @param login whose API key is sent; none if null
   */
  public HttpResponse<byte[]> send(String path, @Nullable String login)
      throws IOException, InterruptedException {
    return answer(request(path, login));
  }

  public HttpResponse<byte[]> post(String path, String login, String json)
      throws IOException, InterruptedException {
    return answer(
        request(path, login)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Whatever the status. */
  public String text(String path, @Nullable String login) throws IOException, InterruptedException {
    return body(send(path, login));
  }

  public JsonNode json(String path, String login) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(path, login);
    assertThat(answer.statusCode()).as("%s: %s", path, body(answer)).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  public static String body(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path, @Nullable String login) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
    if (login != null) {
      request.header("Authorization", "Bearer " + account(login).path("apiKey").asString());
    }
    return request;
  }

  private static HttpResponse<byte[]> answer(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
