package fr.passnumerique.clearing.ledger;

import java.util.Set;

/**
 * What a decision looked at: the dynamic consistency boundary of its facts. They are recorded only
 * if no fact since the decision's head carries one of these tags or touches one of these cheques;
 * otherwise the command is decided again.
 *
 * @param tags coarse {@code key:value} tags: batch state, agreement, label, slip key, run
 * @param cheques {@code Serial.key()} of every cheque looked at one by one, accepted or not
 */
public record Boundary(Set<String> tags, long[] cheques) {
  public Boundary {
    tags = Set.copyOf(tags);
  }

  public static Boundary of(String... tags) {
    return new Boundary(Set.of(tags), Fact.NO_CHEQUES);
  }

  public static Boundary of(Set<String> tags) {
    return new Boundary(tags, Fact.NO_CHEQUES);
  }
}
