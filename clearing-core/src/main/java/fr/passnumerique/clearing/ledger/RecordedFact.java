package fr.passnumerique.clearing.ledger;

import java.time.Instant;

/**
 * A fact as it stands in the ledger.
 *
 * @param position from 1, gapless
 * @param recordedAt UTC, microseconds, strictly rising with position
 */
public record RecordedFact(long position, Instant recordedAt, Fact fact) {}
