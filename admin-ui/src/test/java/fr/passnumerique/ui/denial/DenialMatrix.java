package fr.passnumerique.ui.denial;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.ui.openapi.ApiDescription;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.JsonNode;

/**
 * Every endpoint and page × every role and nobody × its own subject and another's, over real HTTP.
 *
 * <p>The API's part is generated from its own description, the pages' from their handlers. A
 * foreign subject and a thing that does not exist are answered alike, on purpose; that it was
 * ownership that denied is told by the engine's own count of such denials.
 */
final class DenialMatrix {
  /** The subject of every caller that has one. */
  static final String OWN = "OWN-1";

  static final String FOREIGN = "FOREIGN-1";

  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
  private final URI base;
  private final Map<Role, Caller> callers = new EnumMap<>(Role.class);
  private final DoubleSupplier foreignDenials;
  private final HttpClient programs = HttpClient.newHttpClient();
  private final HttpClient strangers = HttpClient.newHttpClient();
  private final Browsers browsers;
  private final PageRequests pages;
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  /** An account of each role; those with a subject belong to {@link #OWN}. */
  record Caller(Role role, String key, String login, String password) {}

  /**
   * What may be called.
   *
   * @param roles empty with {@code everyone} only
   * @param owners what names the subject
   * @param factor a page that asks for a second factor, which no browser here has shown; keys,
   *     which the engine made, need none
   */
  private record Rule(
      String name, boolean everyone, Set<Role> roles, List<String> owners, boolean factor) {
    boolean owned(Role role) {
      return owners.stream().anyMatch(owner -> owner.replaceFirst("Id$", "").equals(word(role)));
    }

    private static String word(Role role) {
      return role.hasSubject() ? role.subjectKind() : "-";
    }
  }

  /** Builds the request that names this subject. */
  private interface Request {
    HttpRequest.Builder naming(String subject);
  }

  /** What came of it; {@code failures} is empty if all was as its rule says. */
  record Report(int endpoints, int pages, Map<String, Integer> counts, List<String> failures) {
    int requests() {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
      return "denial matrix: %d endpoints, %d pages, %d requests: %s"
          .formatted(endpoints, pages, requests(), counts);
    }
  }

  /**
   * @param foreignDenials how often the engine denied a foreign subject so far
   */
  DenialMatrix(URI base, List<Caller> callers, DoubleSupplier foreignDenials) {
    this.base = base;
    callers.forEach(caller -> this.callers.put(caller.role(), caller));
    this.browsers = new Browsers(base, this.callers);
    this.pages = new PageRequests(base);
    this.foreignDenials = foreignDenials;
  }

  /**
   * @param api the description of the running application
   * @param handlers of the running application, to find pages, and endpoints that are not described
   */
  Report run(JsonNode api, Map<RequestMappingInfo, HandlerMethod> handlers)
      throws IOException, InterruptedException {
    Set<String> described = new TreeSet<>();
    int endpoints = 0;
    EndpointRequests requests = new EndpointRequests(base, new Sample(api));
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (String method : METHODS) {
        JsonNode operation = path.getValue().path(method);
        if (operation.isMissingNode()) {
          continue;
        }
        endpoints++;
        String name = method.toUpperCase(Locale.ROOT) + " " + path.getKey();
        described.add(name);
        Rule rule = rule(name, operation);
        if (rule != null) {
          tryEndpoint(rule, method, path.getKey(), operation, requests);
        }
      }
    }
    int pages = 0;
    for (Map.Entry<RequestMappingInfo, HandlerMethod> entry : handlers.entrySet()) {
      HandlerMethod handler = entry.getValue();
      if (!handler.getBeanType().getName().startsWith("fr.passnumerique.")
          || handler.getBeanType().getSimpleName().equals("ErrorPages")) {
        continue;
      }
      for (String path : entry.getKey().getPatternValues()) {
        for (String method : methods(entry.getKey())) {
          String name = method + " " + path;
          if (path.startsWith("/api/")) {
            if (!described.contains(name)) {
              failures.add(name + " is not in the description of the API");
            }
          } else {
            pages++;
            tryPage(name, method, path, handler);
          }
        }
      }
    }
    return new Report(endpoints, pages, Map.copyOf(counts), List.copyOf(failures));
  }

  private static List<String> methods(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return methods.isEmpty() ? List.of("GET") : methods.stream().map(Enum::name).sorted().toList();
  }

  // -- endpoints -------------------------------------------------------------------------------

  private @Nullable Rule rule(String name, JsonNode operation) {
    boolean everyone = operation.path(ApiDescription.EVERYONE).asBoolean(false);
    Set<Role> roles = new TreeSet<>();
    operation.path(ApiDescription.ROLES).forEach(role -> roles.add(Role.valueOf(role.asString())));
    List<String> owners = new ArrayList<>();
    operation.path(ApiDescription.OWNER).forEach(owner -> owners.add(owner.asString()));
    if (everyone == !roles.isEmpty()) {
      failures.add(name + " does not say who may call it");
      return null;
    }
    return new Rule(name, everyone, roles, owners, false);
  }

  private void tryEndpoint(
      Rule rule, String method, String path, JsonNode operation, EndpointRequests requests)
      throws IOException, InterruptedException {
    List<String> types = new ArrayList<>();
    operation.path("requestBody").path("content").propertyNames().forEach(types::add);
    if (types.isEmpty()) {
      types.add("");
    }
    for (String type : types) {
      Request request =
          subject -> requests.of(method, path, operation, rule.owners(), type, subject);
      String name = type.isEmpty() ? rule.name() : rule.name() + " as " + type;
      for (Role role : Role.values()) {
        String key = caller(role).key();
        judge(
            name,
            rule,
            role,
            request,
            builder ->
                programs.send(
                    builder.header("Authorization", "Bearer " + key).build(),
                    HttpResponse.BodyHandlers.ofString()),
            false);
      }
      judge(
          name,
          rule,
          null,
          request,
          builder -> strangers.send(builder.build(), HttpResponse.BodyHandlers.ofString()),
          false);
    }
  }

  // -- pages -----------------------------------------------------------------------------------

  private void tryPage(String name, String method, String path, HandlerMethod handler)
      throws IOException, InterruptedException {
    Permit permit = handler.getMethodAnnotation(Permit.class);
    if (permit == null) {
      failures.add(name + " does not say who may see it");
      return;
    }
    Rule rule =
        new Rule(
            name,
            permit.everyone(),
            Set.of(permit.value()),
            List.of(permit.owner()),
            permit.secondFactor());
    for (Role role : Role.values()) {
      Browsers.Browser browser = browsers.of(role);
      Request request =
          subject -> pages.of(method, path, handler, rule.owners(), browser.token(), subject);
      judge(
          name,
          rule,
          role,
          request,
          builder -> browser.http().send(builder.build(), HttpResponse.BodyHandlers.ofString()),
          true);
    }
    judge(
        name,
        rule,
        null,
        subject -> pages.of(method, path, handler, rule.owners(), "", subject),
        builder -> strangers.send(builder.build(), HttpResponse.BodyHandlers.ofString()),
        true);
  }

  // -- judging ---------------------------------------------------------------------------------

  private interface Sender {
    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException;
  }

  private void judge(
      String name, Rule rule, @Nullable Role role, Request request, Sender sender, boolean page)
      throws IOException, InterruptedException {
    String who = name + " by " + (role == null ? "nobody" : role);
    for (String subject : rule.owners().isEmpty() ? List.of(OWN) : List.of(OWN, FOREIGN)) {
      double before = foreignDenials.getAsDouble();
      HttpResponse<String> answer = sender.send(request.naming(subject));
      boolean foreign = foreignDenials.getAsDouble() > before;
      String expected = expected(rule, role, subject);
      String got = got(answer, foreign, page);
      String which = rule.owners().isEmpty() ? who : who + " for " + subject;
      if (!got.equals(expected)) {
        failures.add(
            "%s: %s, should be %s; %d %s"
                .formatted(which, got, expected, answer.statusCode(), shortened(answer.body())));
      }
      counts.merge(expected, 1, Integer::sum);
    }
  }

  private static String expected(Rule rule, @Nullable Role role, String subject) {
    if (rule.everyone()) {
      return "answered";
    }
    if (role == null) {
      return "401";
    }
    if (!rule.roles().contains(role) || rule.factor()) {
      return "403";
    }
    return rule.owned(role) && subject.equals(FOREIGN) ? "404 foreign" : "answered";
  }

  private static String got(HttpResponse<String> answer, boolean foreign, boolean page) {
    int status = answer.statusCode();
    if (foreign) {
      return status == 404 ? "404 foreign" : status + " foreign";
    }
    if (page
        && status == 302
        && answer
            .headers()
            .firstValue("Location")
            .orElse("")
            .matches("(http://[^/]+)?/login(\\?ended)?")) {
      return "401";
    }
    if (page && status == 401) {
      return "401 without a way to log in";
    }
    if (!page && status == 401 && answer.headers().firstValue("WWW-Authenticate").isEmpty()) {
      return "401 without WWW-Authenticate";
    }
    if (!page
        && status >= 400
        && !answer
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .startsWith("application/problem+json")) {
      return status + " without a problem";
    }
    if (!page && status >= 400 && !Remedies.lack(answer).isEmpty()) {
      return "%d without %s".formatted(status, Remedies.lack(answer));
    }
    if (status == 401 || status == 403 || status >= 500) {
      return Integer.toString(status);
    }
    return "answered";
  }

  private Caller caller(Role role) {
    Caller caller = callers.get(role);
    if (caller == null) {
      throw new IllegalStateException("no caller is a " + role);
    }
    return caller;
  }

  private static String shortened(String body) {
    return body.length() > 300 ? body.substring(0, 300) + "…" : body;
  }
}
