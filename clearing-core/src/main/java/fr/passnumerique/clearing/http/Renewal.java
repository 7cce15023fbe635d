package fr.passnumerique.clearing.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A request by which a page that stands open asks whether anything is new. Nobody does anything by
 * it: it does not keep a session alive, is nothing that somebody was seen at, and leads to no
 * login.
 *
 * <p>Whoever wants to keep a session alive by a script leaves the header out, as a person would who
 * clicks now and then: it takes no right from anybody, and gives none.
 */
public final class Renewal {
  public static final String HEADER = "X-Renewal";

  private Renewal() {}

  public static boolean is(HttpServletRequest request) {
    return request.getHeader(HEADER) != null;
  }
}
