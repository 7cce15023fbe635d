package fr.passnumerique.ui.frame;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerStoppedException;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.ui.live.LivePages;
import fr.passnumerique.ui.words.French;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Puts the frame around every page, error pages included. Answers of the HTTP API have no view and
 * are left alone.
 */
public final class Frames implements HandlerInterceptor {
  private static final String NAME = "frame";

  private final LedgerReader ledger;
  private final UnaryOperator<String> logins;
  private final French french;
  private final Menu menu;
  private final ToIntFunction<Actor> unseen;

  /**
   * @param logins the login of an account's identifier: what its owner knows it by
   * @param unseen how many notifications are new to somebody
   */
  public Frames(
      LedgerReader ledger,
      UnaryOperator<String> logins,
      French french,
      Menu menu,
      ToIntFunction<Actor> unseen) {
    this.ledger = ledger;
    this.logins = logins;
    this.french = french;
    this.menu = menu;
    this.unseen = unseen;
  }

  @Override
  public void postHandle(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable ModelAndView page) {
    if (page == null || !isRendered(page)) {
      return;
    }
    page.addObject(NAME, frame(request, response.getStatus()));
  }

  private static boolean isRendered(ModelAndView page) {
    String view = page.getViewName();
    return view != null && !view.startsWith("redirect:");
  }

  private Frame frame(HttpServletRequest request, int status) {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || !(who.getPrincipal() instanceof Actor actor)) {
      return new Frame(null, "", List.of(), 0, head(), null);
    }
    String here = request.getRequestURI().substring(request.getContextPath().length());
    return new Frame(
        logins.apply(actor.account()),
        french.role(actor.role()),
        menu.of(actor.role(), here),
        status < 500 ? unseen(actor) : 0,
        head(),
        LivePages.tag(request));
  }

  /** Nothing else on the page fails because they cannot be counted. */
  private int unseen(Actor actor) {
    try {
      return unseen.applyAsInt(actor);
    } catch (DataAccessException | LedgerStoppedException e) {
      return 0;
    }
  }

  /** A page that tells of an outage must not fail because of it, nor wait. */
  private long head() {
    try {
      return ledger.known();
    } catch (LedgerUnavailableException e) {
      return 0;
    }
  }
}
