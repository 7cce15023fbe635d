package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * Somebody asked that a projection pass over a fact at which it stands. It stands there until a
 * second person confirms.
 *
 * @param projection by its name
 * @param position of the fact that it cannot take
 * @param by the account that asked
 */
public record SettingAsideProposed(
    String projection, long position, SetAsideReason reason, String by) implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of(FactSetAside.tag(projection));
  }
}
