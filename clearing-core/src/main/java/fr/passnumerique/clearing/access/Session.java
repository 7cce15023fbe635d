package fr.passnumerique.clearing.access;

import java.time.Instant;

/**
 * A login in a browser, without what the browser holds.
 *
 * @param lastSeenAt to within a minute
 * @param address from which network address the login came
 * @param agent what the browser said that it is; whatever it likes
 * @param factorShown whether a second factor was shown
 * @param current whether it is the one that asks
 */
public record Session(
    String id,
    Instant beganAt,
    Instant lastSeenAt,
    String address,
    String agent,
    boolean factorShown,
    boolean current) {}
