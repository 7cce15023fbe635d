package fr.passnumerique.ui.home;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import java.util.Set;
import org.springframework.ui.Model;

/** What people of one role see first. Each is a bean of its own package. */
public interface Home {
  Set<Role> roles();

  /** Of which projection the figures are: its rebuilds are those that {@code shownBefore} names. */
  String projection();

  /**
   * Fills the page.
   *
   * @return its template
   * @throws fr.passnumerique.clearing.http.Problem if the figures of then cannot be told
   */
  String show(Actor actor, HomeMoment when, Model model);
}
