package fr.passnumerique.projections.verifier;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.projections.Story;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ledger as somebody writes it who keeps the chain in order and is free in all else, and no hash
 * of it was kept.
 */
final class WrittenLedger {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** After all that the facts tell. */
  private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

  private static final String METADATA = "{\"actor\":\"agent-1\",\"role\":\"CLERK\"}";

  private final List<String> lines = new ArrayList<>();
  private String hash = Chain.BEFORE_THE_FIRST;
  private String first = "";
  private String scope = "\"scope\":\"WHOLE\"";

  /** It is the share of a funder. */
  WrittenLedger ofFunder(String funder) {
    scope = "\"scope\":\"FUNDER\",\"funder\":\"%s\"".formatted(funder);
    return this;
  }

  /** Facts that are recorded and not shown, and move nothing of the funder's. */
  WrittenLedger without(List<Fact> facts) {
    for (Fact fact : facts) {
      with(fact);
      lines.removeLast();
      ObjectNode line = JSON.createObjectNode();
      line.put("position", position() + 1).put("leftOut", true).put("hash", hash);
      line.putArray("entries");
      lines.add(line.toString());
    }
    return this;
  }

  WrittenLedger with(List<Fact> facts) {
    facts.forEach(this::with);
    return this;
  }

  WrittenLedger with(Fact fact) {
    return with(fact, payload -> payload);
  }

  WrittenLedger with(Fact fact, UnaryOperator<String> change) {
    return with(change.apply(Story.CATALOGUE.write(fact)), fact, row -> row);
  }

  /** With whatever stands beside the payload changed. */
  WrittenLedger withRow(Fact fact, UnaryOperator<ExportedRow> change) {
    return with(Story.CATALOGUE.write(fact), fact, change);
  }

  private WrittenLedger with(String payload, Fact fact, UnaryOperator<ExportedRow> change) {
    FactType type = Story.CATALOGUE.typeOf(fact);
    long position = position() + 1;
    ExportedRow row =
        change.apply(
            new ExportedRow(
                position,
                new UUID(0, position),
                BEGIN.plusSeconds(position),
                type.name(),
                type.version(),
                tags(fact),
                payload,
                METADATA,
                "",
                null));
    hash = Chain.hash(hash, row);
    if (position == 1) {
      first = hash;
    }
    ObjectNode line = JSON.createObjectNode();
    line.put("position", position)
        .put("eventId", row.eventId().toString())
        .put("recordedAt", row.recordedAt().toString())
        .put("type", row.type())
        .put("version", row.version());
    row.tags().forEach(line.putArray("tags")::add);
    lines.add(
        line.put("payload", row.payload())
            .put("metadata", row.metadata())
            .put("hash", hash)
            .toString());
    return this;
  }

  /** As they are stored: a key, a colon and what may follow. */
  static List<String> tags(Fact fact) {
    return fact.tags().stream().map(tag -> tag.contains(":") ? tag : tag + ":").sorted().toList();
  }

  /** A row for those who look at type, time and payload. */
  static ExportedRow row(long position, String type, String payload) {
    return new ExportedRow(
        position,
        new UUID(0, position),
        BEGIN.plusSeconds(position),
        type,
        1,
        List.of(),
        payload,
        METADATA,
        "",
        null);
  }

  long position() {
    return lines.size();
  }

  Verification verified() throws IOException {
    return verified(file -> file);
  }

  /** As whoever says that the bank has proven all cash. */
  Verification verifiedAsProven() throws IOException {
    return verified(new Verification.Kept(Map.of(), null, List.of(), true), file -> file);
  }

  /** The file was changed, as nobody who has the hashes in order would. */
  Verification verified(UnaryOperator<String> change) throws IOException {
    return verified(Verification.Kept.NOTHING, change);
  }

  private Verification verified(Verification.Kept kept, UnaryOperator<String> change)
      throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(
            "{\"format\":\"pass-numerique-ledger\",\"formatVersion\":1,\"ledger\":\"%s\",%s,\"firstPosition\":1,\"hashBefore\":\"%s\",\"exportedAt\":\"2026-03-02T00:00:00Z\",\"leftOut\":\"\"}"
                .formatted(first, scope, Chain.BEFORE_THE_FIRST))
        .append('\n');
    lines.forEach(line -> text.append(line).append('\n'));
    text.append(
            "{\"end\":true,\"facts\":%d,\"lastPosition\":%d,\"headHash\":\"%s\",\"balancesLeftOut\":\"none\"}"
                .formatted(position(), position(), hash))
        .append('\n');
    return new Verification(kept)
        .read(
            new ByteArrayInputStream(
                change.apply(text.toString()).getBytes(StandardCharsets.UTF_8)));
  }
}
