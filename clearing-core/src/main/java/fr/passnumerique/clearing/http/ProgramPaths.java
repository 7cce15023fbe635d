package fr.passnumerique.clearing.http;

import jakarta.servlet.http.HttpServletRequest;

/** What programs ask, and pages' scripts in a session; whatever else is asked is a page. */
public final class ProgramPaths {
  private static final String ACTUATOR = "/actuator";

  private ProgramPaths() {}

  public static boolean hold(HttpServletRequest request) {
    return hold(pathOf(request));
  }

  public static boolean hold(String path) {
    return path.startsWith("/api/") || path.startsWith("/v3/") || isOfOperators(path);
  }

  /** Health and measures of this node, and nothing of the ledger. */
  public static boolean isOfOperators(String path) {
    return path.equals(ACTUATOR) || path.startsWith(ACTUATOR + "/");
  }

  public static String pathOf(HttpServletRequest request) {
    return request.getRequestURI().substring(request.getContextPath().length());
  }
}
