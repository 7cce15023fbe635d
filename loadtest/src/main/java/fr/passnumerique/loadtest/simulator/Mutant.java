package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import java.util.List;

/**
 * A bug put into the engine from outside, to see whether the simulator finds it: around its
 * registers, deciders or postings, so that production code has no switch for it.
 */
class Mutant {
  /** The engine as it is. */
  static final Mutant NONE = new Mutant("none");

  private final String name;

  Mutant(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  Register register(Register right) {
    return right;
  }

  Decider<?, ?> decider(Decider<?, ?> right) {
    return right;
  }

  List<Entry> postings(Fact fact, List<Entry> right) {
    return right;
  }
}
