package fr.passnumerique.clearing.access;

/**
 * Who is asking: an account and the role in which it acts.
 *
 * @param account the account's identifier, kept with every fact it causes; never a person's name
 * @param subject the funder, venue or prescriber that the account belongs to; empty for clerks and
 *     auditors, who belong to none
 */
public record Actor(String account, Role role, String subject) {
  /** The engine itself: midnight, demo, recovery. */
  public static final Actor ENGINE = new Actor("engine", Role.CLERK, "");
}
