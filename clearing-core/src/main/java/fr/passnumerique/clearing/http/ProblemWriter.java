package fr.passnumerique.clearing.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a request with a problem. One writer for controllers, filters and the container's own
 * errors, so that a client meets one shape, whatever media type it asked for.
 */
public final class ProblemWriter {
  /** The problem of a page, for the template of the error page. */
  static final String ATTRIBUTE = ProblemWriter.class.getName() + ".problem";

  private static final JsonMapper JSON = JsonMapper.shared();

  private ProblemWriter() {}

  /** Writes the problem in the form that the asker reads: JSON for programs, an error page else. */
  public static void write(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    write(request, response, problem, null);
  }

  static void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Problem problem,
      @Nullable String incident)
      throws IOException {
    ProblemBody body = ProblemBody.of(problem, incident);
    if (problem.retryAfterSeconds() > 0) {
      response.setHeader("Retry-After", Long.toString(problem.retryAfterSeconds()));
    }
    if (forPage(request)) {
      request.setAttribute(ATTRIBUTE, body);
      response.sendError(problem.status());
    } else {
      writeJson(response, body);
    }
  }

  static void writeJson(HttpServletResponse response, ProblemBody body) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] json = JSON.writeValueAsBytes(body);
    response.resetBuffer();
    response.setStatus(body.status());
    response.setContentType(ProblemBody.MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    // A download that failed is no download.
    response.setHeader("Content-Disposition", null);
    response.setContentLength(json.length);
    response.getOutputStream().write(json);
    response.flushBuffer();
  }

  /** Whether a person waits for a page; everything under {@code /api} is for programs. */
  public static boolean forPage(HttpServletRequest request) {
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String path =
        (failed == null ? request.getRequestURI() : failed.toString())
            .substring(request.getContextPath().length());
    if (ProgramPaths.hold(path)) {
      return false;
    }
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains("text/html");
  }
}
