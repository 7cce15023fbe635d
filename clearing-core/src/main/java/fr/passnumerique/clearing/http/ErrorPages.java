package fr.passnumerique.clearing.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where the container sends a request that failed outside of every endpoint: a refused address, a
 * filter, a page. Programs get a problem; a person gets the view {@code error/<status>} or {@code
 * error/4xx}, {@code error/5xx}, {@code error} with the problem as its model's {@code problem} and
 * what was asked for as its {@code path}.
 */
@Controller
final class ErrorPages implements ErrorController {
  private final List<ErrorViewResolver> views;

  ErrorPages(List<ErrorViewResolver> views) {
    this.views = List.copyOf(views);
  }

  @RequestMapping("${server.error.path:/error}")
  @Nullable ModelAndView error(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ProblemBody problem = problemOf(request);
    if (!ProblemWriter.forPage(request)) {
      ProblemWriter.writeJson(response, problem);
      return null;
    }
    HttpStatus status = HttpStatus.valueOf(problem.status());
    response.setStatus(status.value());
    Map<String, Object> model =
        Map.of("problem", problem, "status", status.value(), "path", pathOf(request));
    for (ErrorViewResolver resolver : views) {
      ModelAndView view = resolver.resolveErrorView(request, status, model);
      if (view != null) {
        return view;
      }
    }
    return new ModelAndView("error", model, status);
  }

  /** Of the page that was asked for, without its query. */
  private static String pathOf(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path
        ? path
        : request.getRequestURI();
  }

  private static ProblemBody problemOf(HttpServletRequest request) {
    if (request.getAttribute(ProblemWriter.ATTRIBUTE) instanceof ProblemBody body) {
      return body;
    }
    // Asked for directly, the error page is a page that does not exist.
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    if (status == null) {
      status = code == null ? HttpStatus.NOT_FOUND : HttpStatus.INTERNAL_SERVER_ERROR;
    }
    return ProblemBody.of(
        status.is5xxServerError()
            ? new Problem(
                status.value(), status.name(), "the request failed on our side", "send it again")
            : new Problem(
                status.value(),
                status.name(),
                "the request was refused: " + status.getReasonPhrase(),
                "correct the address; it may hold no ; and no encoded /, \\, % or control"
                    + " character; the API is described at /v3/api-docs"));
  }
}
