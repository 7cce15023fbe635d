package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * Two people decided that a projection passes over a fact that it cannot take: now, and whenever it
 * is folded anew, until two people take that back ({@link SettingAsideLifted}). The fact itself
 * stays, and counts for everybody else.
 *
 * @param projection by its name
 * @param position of the fact that it passes over
 * @param proposedBy the account that asked
 * @param by the account that confirmed, another
 */
public record FactSetAside(
    String projection, long position, SetAsideReason reason, String proposedBy, String by)
    implements Fact {
  /** Found by it, also by those who have no registers. */
  public static String tag(String projection) {
    return "set-aside:" + projection;
  }

  @Override
  public Set<String> tags() {
    return Set.of(tag(projection));
  }
}
