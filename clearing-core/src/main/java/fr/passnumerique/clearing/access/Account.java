package fr.passnumerique.clearing.access;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who may log in.
 *
 * @param id kept with every fact that the account causes; random
 * @param login lower case
 * @param subject the funder, venue or prescriber it acts for; empty for clerks and auditors
 * @param disabledAt since when it may not log in; empty while it may
 * @param madeBy the account that made it; empty if the engine did, as the first clerk's
 * @param awaitsApproval whether it may not log in yet: another clerk than its maker approves it
 * @param approvedBy the clerk who did, or {@code engine} for the operator of the machine; empty
 *     where no approval was needed, or none was given yet
 */
public record Account(
    String id,
    String login,
    Role role,
    String subject,
    Instant createdAt,
    Optional<Instant> disabledAt,
    Optional<String> madeBy,
    boolean awaitsApproval,
    Optional<Instant> approvedAt,
    Optional<String> approvedBy) {

  /**
   * A clerk's account that another clerk has approved.
   *
   * @param code what its owner types after the password that the maker gave it, until it chooses
   *     another; shown to the approver this once, empty if it was approved before
   */
  public record Approved(Account account, Optional<String> code) {
    @Override
    public String toString() {
      return "Approved[" + account.id() + "]";
    }
  }
}
