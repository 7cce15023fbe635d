package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import java.time.Instant;

/** A bug in how one kind of command is decided. */
abstract class DecisionBug<C extends Command<A>, A> extends Bug {
  private final Class<C> command;

  DecisionBug(String name, Class<C> command) {
    super(name);
    this.command = command;
  }

  /** What is decided in the place of what is right. */
  abstract Decision<A> changed(C sent, Decision<A> right, Seat seat);

  @Override
  @SuppressWarnings("unchecked")
  Decider<?, ?> decider(Decider<?, ?> right, Seat seat) {
    if (!right.command().equals(command)) {
      return right;
    }
    Decider<C, A> decider = (Decider<C, A>) right;
    return new Decider<C, A>() {
      @Override
      public Class<C> command() {
        return command;
      }

      @Override
      public Decision<A> decide(C sent, Instant receivedAt) {
        return decided(sent, receivedAt, decider, seat);
      }
    };
  }

  /** For a bug that decides anew what was decided. */
  Decision<A> decided(C sent, Instant receivedAt, Decider<C, A> decider, Seat seat) {
    return changed(sent, decider.decide(sent, receivedAt), seat);
  }
}
