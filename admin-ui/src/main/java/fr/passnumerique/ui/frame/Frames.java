package fr.passnumerique.ui.frame;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.ui.frame.Frame.Door;
import fr.passnumerique.ui.words.French;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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

  /** The pages of the menu, and who may open them: the same as their handlers permit. */
  private record Place(String path, String label, Set<Role> roles) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("/", "Tableau de bord", EnumSet.allOf(Role.class)),
          new Place("/bordereaux/nouveau", "Nouveau bordereau", EnumSet.of(VENUE)),
          new Place("/cheques", "Chèques", EnumSet.allOf(Role.class)),
          new Place("/reglements", "Règlements", EnumSet.of(CLERK, AUDITOR)),
          new Place("/projections", "Projections", EnumSet.of(CLERK, AUDITOR)),
          new Place("/comptes", "Comptes", EnumSet.of(CLERK, AUDITOR)));

  private final LedgerReader ledger;
  private final UnaryOperator<String> logins;
  private final French french;

  /**
   * @param logins the login of an account's identifier: what its owner knows it by
   */
  public Frames(LedgerReader ledger, UnaryOperator<String> logins, French french) {
    this.ledger = ledger;
    this.logins = logins;
    this.french = french;
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
    page.addObject(NAME, frame(request));
  }

  private static boolean isRendered(ModelAndView page) {
    String view = page.getViewName();
    return view != null && !view.startsWith("redirect:");
  }

  private Frame frame(HttpServletRequest request) {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || !(who.getPrincipal() instanceof Actor actor)) {
      return new Frame(null, "", List.of(), head());
    }
    String here = request.getRequestURI().substring(request.getContextPath().length());
    List<Door> menu =
        PLACES.stream()
            .filter(place -> place.roles().contains(actor.role()))
            .map(place -> new Door(place.path(), place.label(), leads(place, here)))
            .toList();
    return new Frame(logins.apply(actor.account()), french.role(actor.role()), menu, head());
  }

  private static boolean leads(Place place, String here) {
    return here.equals(place.path())
        || !place.path().equals("/") && here.startsWith(place.path() + "/");
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
