package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * Two people took back that a projection passes over a fact: a release takes it. Whenever it is
 * folded anew from here on, it folds the fact; until then its tables leave it out as before.
 *
 * @param projection by its name
 * @param position of the fact that it is to take
 * @param reason for which it had been set aside
 * @param proposedBy the account that asked
 * @param by the account that confirmed, another
 */
public record SettingAsideLifted(
    String projection, long position, SetAsideReason reason, String proposedBy, String by)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of(FactSetAside.tag(projection));
  }
}
