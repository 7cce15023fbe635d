package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.List;

/** What a reader can do with a thing as it stands now. Each capability tells its own, as a bean. */
@FunctionalInterface
public interface ThingActs {
  /** None if there is nothing to do, or not for this reader. */
  List<Act> of(Shown shown, Actor reader);

  /**
   * @param facts of it, the first and the last
   */
  record Shown(Thing thing, String id, List<Fact> facts) {}

  /**
   * @param address of the page where it is done
   */
  record Act(String label, String address) {}
}
