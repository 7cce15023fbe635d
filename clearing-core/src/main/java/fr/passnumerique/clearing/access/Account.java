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
 */
public record Account(
    String id,
    String login,
    Role role,
    String subject,
    Instant createdAt,
    Optional<Instant> disabledAt) {}
