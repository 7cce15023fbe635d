package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who reads pages and sends their forms, without any script. */
public record LoggedIn(String base, HttpClient http) {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  public static LoggedIn as(String login, String password, String base) throws Exception {
    LoggedIn browser =
        new LoggedIn(base, HttpClient.newBuilder().cookieHandler(new CookieManager()).build());
    String form = "login=%s&password=%s".formatted(login, encoded(password));
    assertThat(browser.send("/login", "/login", form).statusCode()).isEqualTo(302);
    return browser;
  }

  public String page(int status, String path) throws Exception {
    HttpResponse<String> page =
        http.send(
            HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "text/html").build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(page.statusCode()).as(path).isEqualTo(status);
    return page.body();
  }

  /**
   * @param from the page on which the form stands
   * @param form its fields, as they are sent
   */
  public HttpResponse<String> send(String from, String path, String form) throws Exception {
    Matcher token = TOKEN.matcher(page(200, from));
    assertThat(token.find()).as(from).isTrue();
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form + "&_csrf=" + encoded(token.group(1))))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
