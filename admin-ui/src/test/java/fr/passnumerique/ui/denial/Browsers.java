package fr.passnumerique.ui.denial;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.ui.denial.DenialMatrix.Caller;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser of each role, logged in. */
final class Browsers {
  private static final Pattern CSRF =
      Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"|_csrf=(\\S+)");

  private final URI base;
  private final Map<Role, Caller> callers;
  private final Map<Role, Browser> browsers = new EnumMap<>(Role.class);

  Browsers(URI base, Map<Role, Caller> callers) {
    this.base = base;
    this.callers = callers;
  }

  /**
   * @param token against forged requests
   */
  record Browser(HttpClient http, String token) {}

  Browser of(Role role) throws IOException, InterruptedException {
    Browser known = browsers.get(role);
    if (known != null) {
      return known;
    }
    Caller caller = Objects.requireNonNull(callers.get(role));
    HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(base.resolve("/login"))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Requests.encoded(
                            Map.of(
                                "login", caller.login(),
                                "password", caller.password(),
                                "_csrf", token(http)))))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    String to = answer.headers().firstValue("Location").orElse("");
    if (answer.statusCode() != 302 || to.contains("/login")) {
      throw new IllegalStateException(
          "%s cannot log in: %d %s".formatted(role, answer.statusCode(), to));
    }
    Browser browser = new Browser(http, token(http));
    browsers.put(role, browser);
    return browser;
  }

  private String token(HttpClient http) throws IOException, InterruptedException {
    HttpResponse<String> page =
        http.send(
            HttpRequest.newBuilder(base.resolve("/login")).header("Accept", "text/html").build(),
            HttpResponse.BodyHandlers.ofString());
    Matcher token = CSRF.matcher(page.body());
    if (!token.find()) {
      throw new IllegalStateException("the login page has no CSRF token: " + page.body());
    }
    return token.group(1) == null ? token.group(2) : token.group(1);
  }
}
