package fr.passnumerique.clearing.access;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** Somebody who is logged in asks, though no request came: rows are shown to whoever is known. */
public final class Asking {
  private Asking() {}

  public static void as(Actor actor, Runnable question) {
    SecurityContextHolder.setContext(new SecurityContextImpl(new SignedIn(actor, 0)));
    try {
      question.run();
    } finally {
      SecurityContextHolder.clearContext();
    }
  }
}
