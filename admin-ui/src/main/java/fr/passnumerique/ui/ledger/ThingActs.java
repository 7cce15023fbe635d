package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import java.util.List;

/** What a reader can do with a thing as it stands now. Each capability tells its own, as a bean. */
@FunctionalInterface
public interface ThingActs {
  /** None if there is nothing to do, or not for this reader. */
  List<Act> of(Thing thing, String id, Actor reader);

  /**
   * @param address of the page where it is done
   */
  record Act(String label, String address) {}
}
