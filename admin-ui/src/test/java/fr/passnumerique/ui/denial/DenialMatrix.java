package fr.passnumerique.ui.denial;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.ui.openapi.ApiDescription;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)[^}]*}");
  private static final Pattern CSRF =
      Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"|_csrf=(\\S+)");

  private final URI base;
  private final Map<Role, Caller> callers = new EnumMap<>(Role.class);
  private final DoubleSupplier foreignDenials;
  private final HttpClient programs = HttpClient.newHttpClient();
  private final HttpClient strangers = HttpClient.newHttpClient();
  private final Map<Role, Browser> browsers = new EnumMap<>(Role.class);
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  /** An account of each role; those with a subject belong to {@link #OWN}. */
  record Caller(Role role, String key, String login, String password) {}

  private record Browser(HttpClient http, String token) {}

  /**
   * What may be called.
   *
   * @param roles empty with {@code everyone} only
   * @param owners what names the subject
   */
  private record Rule(String name, boolean everyone, Set<Role> roles, List<String> owners) {
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
    Sample sample = new Sample(api);
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
          tryEndpoint(rule, method, path.getKey(), operation, sample);
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
    return new Rule(name, everyone, roles, owners);
  }

  private void tryEndpoint(Rule rule, String method, String path, JsonNode operation, Sample sample)
      throws IOException, InterruptedException {
    List<String> types = new ArrayList<>();
    operation.path("requestBody").path("content").propertyNames().forEach(types::add);
    if (types.isEmpty()) {
      types.add("");
    }
    for (String type : types) {
      Request request =
          subject -> request(method, path, operation, sample, rule.owners(), type, subject);
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

  private HttpRequest.Builder request(
      String method,
      String path,
      JsonNode operation,
      Sample sample,
      List<String> owners,
      String type,
      String subject) {
    Map<String, String> variables = new HashMap<>();
    Map<String, String> query = new LinkedHashMap<>();
    Map<String, String> headers = new LinkedHashMap<>();
    for (JsonNode given : operation.path("parameters")) {
      JsonNode parameter = sample.resolved(given);
      String name = parameter.path("name").asString();
      boolean owner = owners.contains(name);
      String value = owner ? subject : text(sample.of(parameter.path("schema")));
      switch (parameter.path("in").asString()) {
        case "path" -> variables.put(name, value);
        case "query" -> {
          if (owner || parameter.path("required").asBoolean(false)) {
            query.put(name, value);
          }
        }
        case "header" -> {
          if (parameter.path("required").asBoolean(false)) {
            headers.put(name, value);
          }
        }
        default -> {}
      }
    }
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri(filled(path, variables), query)).timeout(Duration.ofSeconds(60));
    headers.forEach(builder::header);
    JsonNode content = operation.path("requestBody").path("content").path(type);
    HttpRequest.BodyPublisher body =
        type.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : body(builder, type, content.path("schema"), sample, owners, subject);
    return builder.method(method.toUpperCase(Locale.ROOT), body);
  }

  private static HttpRequest.BodyPublisher body(
      HttpRequest.Builder builder,
      String type,
      JsonNode schema,
      Sample sample,
      List<String> owners,
      String subject) {
    if (type.startsWith("multipart/")) {
      Map<String, String> parts = new LinkedHashMap<>();
      sample
          .resolved(schema)
          .path("properties")
          .propertyNames()
          .forEach(name -> parts.put(name, owners.contains(name) ? subject : ""));
      builder.header("Content-Type", "multipart/form-data; boundary=matrix");
      return HttpRequest.BodyPublishers.ofString(multipart(parts));
    }
    builder.header("Content-Type", type);
    if (!type.endsWith("json")) {
      return HttpRequest.BodyPublishers.ofString("x\n");
    }
    JsonNode body = sample.of(schema);
    if (body instanceof ObjectNode object) {
      for (String owner : owners) {
        if (sample.property(schema, owner).isPresent()) {
          object.put(owner, subject);
        }
      }
    }
    return HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
  }

  /** Parts without a value are files. */
  private static String multipart(Map<String, String> parts) {
    StringBuilder body = new StringBuilder();
    parts.forEach(
        (name, value) ->
            body.append("--matrix\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append(value.isEmpty() ? "\"; filename=\"x.csv\"" : "\"")
                .append("\r\n\r\n")
                .append(value.isEmpty() ? "x\n" : value)
                .append("\r\n"));
    return body.append("--matrix--\r\n").toString();
  }

  // -- pages -----------------------------------------------------------------------------------

  private void tryPage(String name, String method, String path, HandlerMethod handler)
      throws IOException, InterruptedException {
    Permit permit = handler.getMethodAnnotation(Permit.class);
    if (permit == null) {
      failures.add(name + " does not say who may see it");
      return;
    }
    Rule rule = new Rule(name, permit.everyone(), Set.of(permit.value()), List.of(permit.owner()));
    for (Role role : Role.values()) {
      Browser browser = browser(role);
      Request request =
          subject -> page(method, path, handler, rule.owners(), browser.token(), subject);
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
        subject -> page(method, path, handler, rule.owners(), "", subject),
        builder -> strangers.send(builder.build(), HttpResponse.BodyHandlers.ofString()),
        true);
  }

  private HttpRequest.Builder page(
      String method,
      String path,
      HandlerMethod handler,
      List<String> owners,
      String token,
      String subject) {
    Map<String, String> fields = new LinkedHashMap<>();
    boolean file = false;
    for (MethodParameter parameter : handler.getMethodParameters()) {
      RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
      if (declared == null) {
        continue;
      }
      parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
      String given = declared.name().isEmpty() ? declared.value() : declared.name();
      String name = given.isEmpty() ? String.valueOf(parameter.getParameterName()) : given;
      boolean needed =
          declared.required()
              && !parameter.isOptional()
              && declared.defaultValue().equals(ValueConstants.DEFAULT_NONE);
      if (MultipartFile.class.isAssignableFrom(
          parameter.nestedIfOptional().getNestedParameterType())) {
        fields.put(name, "");
        file = true;
      } else if (owners.contains(name)) {
        fields.put(name, subject);
      } else if (needed) {
        fields.put(name, value(parameter.getParameterType()));
      }
    }
    Map<String, String> variables = new HashMap<>();
    Matcher variable = VARIABLE.matcher(path);
    while (variable.find()) {
      variables.put(variable.group(1), owners.contains(variable.group(1)) ? subject : "X-1");
    }
    boolean get = method.equals("GET");
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri(filled(path, variables), get ? fields : Map.of()))
            .timeout(Duration.ofSeconds(60))
            .header("Accept", "text/html");
    if (get) {
      return builder.GET();
    }
    builder.header("X-CSRF-TOKEN", token);
    if (file) {
      builder.header("Content-Type", "multipart/form-data; boundary=matrix");
      return builder.method(method, HttpRequest.BodyPublishers.ofString(multipart(fields)));
    }
    builder.header("Content-Type", "application/x-www-form-urlencoded");
    return builder.method(method, HttpRequest.BodyPublishers.ofString(encoded(fields)));
  }

  private static String value(Class<?> type) {
    if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
      return "1";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "false";
    }
    return type == LocalDate.class ? "2026-10-01" : "X-1";
  }

  private Browser browser(Role role) throws IOException, InterruptedException {
    Browser known = browsers.get(role);
    if (known != null) {
      return known;
    }
    Caller caller = caller(role);
    HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(base.resolve("/login"))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        encoded(
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
    if (!rule.roles().contains(role)) {
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
        && answer.headers().firstValue("Location").orElse("").endsWith("/login")) {
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

  private URI uri(String path, Map<String, String> query) {
    return base.resolve(query.isEmpty() ? path : path + "?" + encoded(query));
  }

  private static String filled(String path, Map<String, String> variables) {
    return VARIABLE
        .matcher(path)
        .replaceAll(
            found ->
                URLEncoder.encode(
                    variables.getOrDefault(found.group(1), "X-1"), StandardCharsets.UTF_8));
  }

  private static String encoded(Map<String, String> fields) {
    return String.join(
        "&",
        fields.entrySet().stream()
            .map(
                field ->
                    URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .toList());
  }

  private static String text(JsonNode value) {
    return value.isArray() ? text(value.get(0)) : value.asString();
  }

  private static String shortened(String body) {
    return body.length() > 300 ? body.substring(0, 300) + "…" : body;
  }
}
