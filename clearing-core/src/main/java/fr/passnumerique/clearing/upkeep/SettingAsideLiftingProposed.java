package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * Somebody asked that a projection take a fact again that it passes over. It passes over it until a
 * second person confirms.
 *
 * @param projection by its name
 * @param position of the fact that it passes over
 * @param reason for which it was set aside
 * @param by the account that asked
 */
public record SettingAsideLiftingProposed(
    String projection, long position, SetAsideReason reason, String by) implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of(FactSetAside.tag(projection));
  }
}
