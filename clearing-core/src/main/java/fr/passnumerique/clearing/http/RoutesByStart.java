package fr.passnumerique.clearing.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Looks for the endpoint of a request among those whose addresses begin alike. The framework looks
 * at each of some hundreds, but for addresses without a variable.
 *
 * <p>Right as long as no pattern that is open in its first two segments is meant to win over one
 * that is literal there. Where nothing is found here, or two would do, the framework looks itself:
 * it knows what to say then.
 */
final class RoutesByStart extends RequestMappingHandlerMapping {
  private static final int SEGMENTS = 2;

  private Map<String, List<Route>> byStart = Map.of();

  private record Route(RequestMappingInfo info, HandlerMethod handler) {}

  @Override
  protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> methods) {
    super.handlerMethodsInitialized(methods);
    Map<String, List<Route>> routes = new HashMap<>();
    methods.forEach(
        (info, handler) ->
            info.getPatternValues().stream()
                .map(RoutesByStart::start)
                .distinct()
                .forEach(
                    start ->
                        routes
                            .computeIfAbsent(start, _ -> new ArrayList<>())
                            .add(new Route(info, handler))));
    byStart = routes;
  }

  @Override
  protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
      throws Exception {
    RequestMappingInfo best = null;
    HandlerMethod handler = null;
    for (Route route : byStart.getOrDefault(start(path), List.of())) {
      RequestMappingInfo match = getMatchingMapping(route.info(), request);
      if (match == null) {
        continue;
      }
      int order = best == null ? -1 : match.compareTo(best, request);
      if (order == 0) {
        return super.lookupHandlerMethod(path, request);
      }
      if (order < 0) {
        best = match;
        handler = route.handler();
      }
    }
    if (best == null || handler == null) {
      return super.lookupHandlerMethod(path, request);
    }
    request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, handler);
    handleMatch(best, path, request);
    return handler;
  }

  /**
   * The first segments of an address or a pattern; of a pattern that is open there it is its own.
   */
  private static String start(String path) {
    int end = 0;
    for (int segment = 0; segment < SEGMENTS && end >= 0; segment++) {
      end = path.indexOf('/', end + 1);
    }
    return end < 0 ? path : path.substring(0, end);
  }
}
