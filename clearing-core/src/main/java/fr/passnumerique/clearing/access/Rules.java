package fr.passnumerique.clearing.access;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.resource.DefaultServletHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * The rule of every endpoint and page. The application does not start with one that has none, or
 * one that makes no sense: a forgotten rule is found by the author, not by a stranger.
 */
final class Rules implements SmartInitializingSingleton {
  /** Open to all: it shows what the source shows. */
  private static final String API_DESCRIPTION = "org.springdoc.";

  /** How Spring answers OPTIONS: with the methods of an address. */
  private static final String OPTIONS = RequestMappingInfoHandlerMapping.class.getName() + "$";

  /** Judged by their path in {@link PermitAuthorization}. */
  private static final String ACTUATOR = "org.springframework.boot.webmvc.actuate.endpoint.";

  private final ObjectProvider<HandlerMapping> mappings;
  private Map<Method, Rule> byMethod = Map.of();
  private List<RequestMappingInfoHandlerMapping> endpoints = List.of();

  Rules(ObjectProvider<HandlerMapping> mappings) {
    this.mappings = mappings;
  }

  @Override
  public void afterSingletonsInstantiated() {
    Map<Method, Rule> rules = new HashMap<>();
    List<RequestMappingInfoHandlerMapping> walked = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    mappings
        .orderedStream()
        .forEach(
            mapping -> {
              if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
                walked.add(methods);
                methods
                    .getHandlerMethods()
                    .forEach((info, handler) -> add(rules, faults, info, handler));
              } else {
                refuseOthers(mapping, faults);
              }
            });
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "who may call these is not said, or makes no sense; give each a @Permit:\n  "
              + String.join("\n  ", faults));
    }
    byMethod = Map.copyOf(rules);
    endpoints = List.copyOf(walked);
  }

  private static void add(
      Map<Method, Rule> rules,
      List<String> faults,
      RequestMappingInfo info,
      HandlerMethod handler) {
    if (exempt(handler)) {
      return;
    }
    Set<String> patterns = info.getPatternValues();
    try {
      Rule rule = Rule.of(handler, patterns);
      Rule other = rules.put(handler.getMethod(), rule);
      if (other != null && !other.equals(rule)) {
        throw new Rule.Senseless("names its owner in one of its paths and not in another");
      }
    } catch (Rule.Senseless e) {
      faults.add(
          "%s %s.%s %s"
              .formatted(
                  patterns,
                  handler.getBeanType().getSimpleName(),
                  handler.getMethod().getName(),
                  e.getMessage()));
    }
  }

  /** What is neither an endpoint's method nor a file has no place for a rule. */
  private static void refuseOthers(HandlerMapping mapping, List<String> faults) {
    if (mapping instanceof RouterFunctionMapping functions
        && functions.getRouterFunction() != null) {
      faults.add("a router function; write a controller");
    }
    if (mapping instanceof AbstractUrlHandlerMapping urls) {
      urls.getHandlerMap()
          .forEach(
              (path, handler) -> {
                if (!(handler instanceof ResourceHttpRequestHandler
                    || handler instanceof DefaultServletHttpRequestHandler)) {
                  faults.add(path + " is a handler without methods; write a controller");
                }
              });
    }
  }

  /**
   * Which handlers have no rule: nothing but these, and none of them is ours but the error page.
   */
  static boolean exempt(HandlerMethod handler) {
    String type = handler.getBeanType().getName();
    return open(handler) || options(handler) || type.startsWith(ACTUATOR);
  }

  /** Of those without a rule, the ones that strangers may see. */
  static boolean open(HandlerMethod handler) {
    Class<?> type = ClassUtils.getUserClass(handler.getBeanType());
    return ErrorController.class.isAssignableFrom(type)
        || type.getName().startsWith(API_DESCRIPTION);
  }

  static boolean options(HandlerMethod handler) {
    return handler.getBeanType().getName().startsWith(OPTIONS);
  }

  /**
   * @return null for a handler that is exempt or unknown
   */
  @Nullable Rule of(HandlerMethod handler) {
    return of(handler.getMethod());
  }

  @Nullable Rule of(Method handler) {
    return byMethod.get(handler);
  }

  /** Whether what will answer is for those without an account, too. */
  boolean everyone(HttpServletRequest request) {
    HandlerMethod handler = handlerOf(request);
    Rule rule = handler == null ? null : of(handler);
    return rule != null && rule.everyone();
  }

  /**
   * The endpoint or page that will answer.
   *
   * @return null if none will: no such address, or not with this method or media type
   */
  @Nullable HandlerMethod handlerOf(HttpServletRequest request) {
    boolean parsed = ServletRequestPathUtils.hasParsedRequestPath(request);
    if (!parsed) {
      ServletRequestPathUtils.parseAndCache(request);
    }
    try {
      for (RequestMappingInfoHandlerMapping mapping : endpoints) {
        HandlerExecutionChain chain = mapping.getHandler(request);
        if (chain != null && chain.getHandler() instanceof HandlerMethod handler) {
          FoundHandler.keep(request, chain);
          return handler;
        }
      }
      return null;
    } catch (Exception e) {
      // Wrong method or media type: the dispatcher finds the same and says so to those it knows.
      return null;
    } finally {
      if (!parsed) {
        ServletRequestPathUtils.clearParsedRequestPath(request);
      }
    }
  }
}
