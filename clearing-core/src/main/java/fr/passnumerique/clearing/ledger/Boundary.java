package fr.passnumerique.clearing.ledger;

import java.util.Optional;
import java.util.Set;

/**
 * What a decision looked at: the dynamic consistency boundary of its facts. They are recorded only
 * if no fact since the decision's head carries one of these tags or touches one of these cheques;
 * otherwise the command is decided again.
 *
 * @param tags coarse {@code key:value} tags: batch state, agreement, label, slip key, run
 * @param cheques {@code Serial.key()} of every cheque looked at one by one, accepted or not
 * @param second whom they need besides; empty where one person is enough
 */
public record Boundary(Set<String> tags, long[] cheques, Optional<SecondPerson> second) {
  public Boundary {
    tags = Set.copyOf(tags);
  }

  public Boundary(Set<String> tags, long[] cheques) {
    this(tags, cheques, Optional.empty());
  }

  public static Boundary of(String... tags) {
    return new Boundary(Set.of(tags), Fact.NO_CHEQUES);
  }

  public static Boundary of(Set<String> tags) {
    return new Boundary(tags, Fact.NO_CHEQUES);
  }

  Boundary by(SecondPerson person) {
    return new Boundary(tags, cheques, Optional.of(person));
  }
}
