package fr.passnumerique.clearing.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Whatever is asked for, it is what the framework by itself would have found, or said. */
class RoutesByStartTest {
  @Controller
  static class Endpoints {
    @GetMapping("/api/venues")
    public void all() {}

    @GetMapping("/api/venues/{venue}")
    public void one() {}

    @GetMapping("/api/venues/known")
    public void known() {}

    @PostMapping(path = "/api/venues/{venue}/slips", consumes = "application/json")
    public void submit() {}

    @GetMapping({"/api/venues/{venue}/slips/{slip}", "/lieux/{venue}/bordereaux/{slip}"})
    public void slip() {}

    @DeleteMapping("/api/{anything}/{name}")
    public void delete() {}

    @GetMapping("/lieux/{venue}")
    public void page() {}

    @GetMapping(path = "/api/two/{one}", params = "a")
    public void first() {}

    @GetMapping(path = "/api/two/{other}", params = "b")
    public void second() {}

    @GetMapping("/")
    public void home() {}
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/venues, all",
    "GET, /api/venues/4711, one",
    "HEAD, /api/venues/4711, one",
    "GET, /api/venues/a%2Fb, one",
    "GET, /api/venues/known, known",
    "POST, /api/venues/4711/slips, submit",
    "GET, /api/venues/4711/slips/2026-A, slip",
    "GET, /lieux/4711/bordereaux/2026-A, slip",
    "GET, /lieux/4711, page",
    "DELETE, /api/venues/4711, delete",
    "GET, /api/two/x?a, first",
    "GET, /api/two/x?b, second",
    "GET, /api/two/x?a&b, IllegalStateException",
    "GET, /, home",
    "OPTIONS, /api/venues/4711, handle",
    "POST, /api/venues, HttpRequestMethodNotSupportedException",
    "PUT, /api/venues/4711/slips, HttpRequestMethodNotSupportedException",
    "GET, /api/venues/4711/nothing, nothing",
    "GET, /elsewhere, nothing"
  })
  void whatIsAskedForIsFoundAsByTheFramework(String method, String address, String found) {
    assertThat(ask(new RoutesByStart(), method, address))
        .isEqualTo(ask(new RequestMappingHandlerMapping(), method, address))
        .startsWith(found + " ");
  }

  private static String ask(RequestMappingHandlerMapping mapping, String method, String address) {
    String[] parts = address.split("\\?", -1);
    MockHttpServletRequest request = new MockHttpServletRequest(method, parts[0]);
    request.setContentType("application/json");
    for (int i = 1; i < parts.length; i++) {
      for (String parameter : parts[i].split("&", -1)) {
        request.addParameter(parameter, "");
      }
    }
    try (AnnotationConfigApplicationContext context =
        new AnnotationConfigApplicationContext(Endpoints.class)) {
      mapping.setApplicationContext(context);
      mapping.afterPropertiesSet();
      ServletRequestPathUtils.parseAndCache(request);
      HandlerExecutionChain chain = mapping.getHandler(request);
      return chain == null
          ? "nothing "
          : "%s %s %s %s"
              .formatted(
                  ((HandlerMethod) chain.getHandler()).getMethod().getName(),
                  request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
                  request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE),
                  request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) != null);
    } catch (Exception e) {
      return e.getClass().getSimpleName() + " " + e.getMessage();
    }
  }
}
