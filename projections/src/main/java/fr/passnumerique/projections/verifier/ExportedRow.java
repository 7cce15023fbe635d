package fr.passnumerique.projections.verifier;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row that is shown whole.
 *
 * @param published what the accounts moved by it are said to have come to; null if nothing is said
 */
record ExportedRow(
    long position,
    UUID eventId,
    Instant recordedAt,
    String type,
    int version,
    List<String> tags,
    String payload,
    String metadata,
    String hash,
    @Nullable List<Entry> published)
    implements ExportedLine {}
