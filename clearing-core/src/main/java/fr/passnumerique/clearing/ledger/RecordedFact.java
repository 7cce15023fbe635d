package fr.passnumerique.clearing.ledger;

import java.time.Instant;
import java.util.Map;

/**
 * A fact as it stands in the ledger.
 *
 * @param position from 1, gapless
 * @param recordedAt UTC, microseconds, strictly rising with position
 * @param metadata who asked ({@code actor}, {@code role}); never personal data
 */
public record RecordedFact(
    long position, Instant recordedAt, Fact fact, Map<String, String> metadata) {}
