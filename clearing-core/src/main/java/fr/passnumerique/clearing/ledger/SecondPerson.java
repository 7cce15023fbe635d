package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.access.Hands;
import java.util.Set;

/**
 * That what some accounts began is ended by another person. Whether it is another account, the
 * decision sees; whether one person may act as both, the ledger does not know, since accounts are
 * no facts: it is looked up once the decision is made, when all that it read is recorded, and so is
 * every key by which it was begun.
 *
 * @param first who had a part in it; empty where the ledger does not tell
 * @param by who ends it
 * @param refusal of one who had a part itself
 */
public record SecondPerson(Set<String> first, String by, Refusal refusal) {
  public SecondPerson {
    first = Set.copyOf(first);
  }

  boolean isTheFirst() {
    return first.contains(by);
  }

  /** By the same code and with the same remedy: to the ledger it is the same person. */
  Refusal ofOneHand() {
    return refusal
        .code()
        .because(
            refusal.field(),
            "one person may act as you and as account %s, which had a part in it before you: who makes an account, or a password or a key of it, is no second person for it"
                .formatted(String.join(", ", first.stream().sorted().toList())),
            refusal.remedy() + ", " + Hands.REMEDY);
  }
}
