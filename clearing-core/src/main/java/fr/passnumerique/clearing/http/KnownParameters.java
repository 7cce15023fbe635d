package fr.passnumerique.clearing.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * A query parameter that an endpoint or page does not know is refused, and so is one without a
 * value or one given twice: {@code ?dryrun=true} and {@code ?dryRun} would otherwise move the money
 * that they were meant to spare, and a page that does not know {@code asOf} show today's figures
 * for a question about the past.
 */
final class KnownParameters implements HandlerInterceptor {
  /** What Spring Security puts after the address to which it leads back whoever has logged in. */
  private static final String AFTER_THE_LOGIN = "continue";

  private final Map<HandlerMethod, Names> byHandler = new ConcurrentHashMap<>();

  /**
   * @param all every declared name
   * @param texts those of type {@code String}, which may be empty
   * @param lists those that may be given several times
   * @param numbers whole ones, which are written with digits
   * @param open some parameters are not declared by name
   */
  private record Names(
      Set<String> all, Set<String> texts, Set<String> lists, Set<String> numbers, boolean open) {
    static Names of(HandlerMethod handler) {
      Set<String> all = new TreeSet<>();
      Set<String> texts = new TreeSet<>();
      Set<String> lists = new TreeSet<>();
      Set<String> numbers = new TreeSet<>();
      boolean open = false;
      for (MethodParameter parameter : handler.getMethodParameters()) {
        Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
        if (parameter.hasParameterAnnotation(ModelAttribute.class)) {
          if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
              note(component.getName(), component.getType(), all, texts, lists, numbers);
            }
          } else {
            open = true;
          }
        }
        if (type == TableDownload.class) {
          note(TableDownload.PARAMETER, TableFormat.class, all, texts, lists, numbers);
        }
        RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
        if (declared == null) {
          continue;
        }
        String name = declared.name().isEmpty() ? declared.value() : declared.name();
        if (name.isEmpty()) {
          name = String.valueOf(parameter.getParameter().getName());
        }
        open |= Map.class.isAssignableFrom(type);
        note(name, type, all, texts, lists, numbers);
      }
      return new Names(all, texts, lists, numbers, open);
    }

    private static void note(
        String name,
        Class<?> type,
        Set<String> all,
        Set<String> texts,
        Set<String> lists,
        Set<String> numbers) {
      all.add(name);
      if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
        numbers.add(name);
      }
      if (type == String.class) {
        texts.add(name);
      }
      if (type.isArray() || Iterable.class.isAssignableFrom(type)) {
        lists.add(name);
      }
    }
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    String query = request.getQueryString();
    if (query == null
        || query.isEmpty()
        || !(handler instanceof HandlerMethod method)
        || !(ofTheApi(request, method) || ofAPage(method))) {
      return true;
    }
    Names names = byHandler.computeIfAbsent(method, Names::of);
    Set<String> seen = new TreeSet<>();
    for (String pair : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      // Nor do blanks and control characters make one: they are read as nothing.
      boolean empty =
          equals < 0 || decoded(pair.substring(equals + 1)).chars().allMatch(c -> c <= ' ');
      if (pair.equals(AFTER_THE_LOGIN) && !ofTheApi(request, method)) {
        continue;
      }
      if (!names.open() && !names.all().contains(name)) {
        throw refused(
            "UNKNOWN_PARAMETER",
            name,
            "is not a parameter of this request",
            names.all().isEmpty()
                ? "leave it out"
                : "the parameters are " + String.join(", ", names.all()));
      }
      if (empty && names.all().contains(name) && !names.texts().contains(name)) {
        throw refused("INVALID_PARAMETER", name, "has no value", "give a value or leave it out");
      }
      // At the ends they are read as nothing.
      if (names.all().contains(name)
          && !names.texts().contains(name)
          && decoded(pair.substring(equals + 1)).chars().anyMatch(Character::isISOControl)) {
        throw refused("INVALID_PARAMETER", name, "has a control character", "write it without any");
      }
      // Spring reads these as hexadecimal.
      if (names.numbers().contains(name)
          && decoded(pair.substring(equals + 1)).strip().matches("[+-]?(0[xX]|#).*")) {
        throw refused(
            "INVALID_PARAMETER", name, "is no whole number", "write it with the digits 0 to 9");
      }
      if (!seen.add(name) && !names.open() && !names.lists().contains(name)) {
        throw refused("INVALID_PARAMETER", name, "is given twice", "give it once");
      }
    }
    return true;
  }

  private static boolean ofTheApi(HttpServletRequest request, HandlerMethod method) {
    return AnnotatedElementUtils.hasAnnotation(method.getBeanType(), RestController.class)
        && request.getRequestURI().startsWith(request.getContextPath() + "/api/");
  }

  /** Of ours; the page of an error is sent the address that was refused. */
  private static boolean ofAPage(HandlerMethod method) {
    Class<?> type = method.getBeanType();
    return type.getName().startsWith("fr.passnumerique.")
        && type != ErrorPages.class
        && !AnnotatedElementUtils.hasAnnotation(type, RestController.class);
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  private static Problem refused(String code, String name, String message, String remedy) {
    String shown = Problem.shown(name);
    return Problem.badRequest(
        code,
        "the parameter %s %s; %s".formatted(shown, message, remedy),
        List.of(Problem.Fault.of(shown, "", message, remedy)));
  }
}
