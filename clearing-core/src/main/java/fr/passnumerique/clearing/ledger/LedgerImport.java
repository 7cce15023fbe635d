package fr.passnumerique.clearing.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Takes over another installation's ledger from its export ({@code docs/format.md}), row for row as
 * it was stored and hashed, so that this one goes on where that one ended. All or nothing: one
 * transaction, and only into an empty ledger.
 *
 * <p>What is not in an export has to be handed over apart: the keys of check parts, without which
 * no code is known, and the vault with its key, without which nobody can be paid.
 */
public final class LedgerImport {
  private static final int AT_ONCE = 500;

  private final FactCatalogue catalogue;
  private final ChainHash chain = new ChainHash();
  private final List<LedgerRow> waiting = new ArrayList<>();
  private byte[] inserted = ChainHash.GENESIS;
  private byte[] previous = ChainHash.GENESIS;
  private Instant recordedAt = Instant.MIN;
  private long position;

  /**
   * @param facts how many were imported, or would be
   * @param headHash in hexadecimal: compare it with one that the other installation gave you
   */
  public record Imported(long facts, String headHash) {}

  /** The export is not taken over; nothing was written. The message says why and what to do. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private LedgerImport(FactCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * @param ledger connections that may insert into the ledger; no node may be writing it
   * @param dryRun everything is tried and nothing is kept
   * @throws Refused if the ledger is not empty, or the export is not whole, broken or of facts that
   *     this release does not know
   */
  public static Imported read(
      InputStream export, DataSource ledger, FactCatalogue catalogue, boolean dryRun)
      throws IOException, SQLException {
    try (Connection connection = ledger.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Imported imported = new LedgerImport(catalogue).read(export, connection);
        if (dryRun) {
          connection.rollback();
        } else {
          connection.commit();
        }
        return imported;
      } catch (SQLException | IOException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private Imported read(InputStream export, Connection connection)
      throws IOException, SQLException {
    long head = EventTable.head(connection);
    if (head > 0) {
      throw new Refused(
          "the ledger has %d facts already; import into a fresh installation, before it is started"
              .formatted(head));
    }
    BufferedReader lines = new BufferedReader(new InputStreamReader(export, UTF_8), 1 << 16);
    header(tree(lines.readLine()));
    while (true) {
      JsonNode line = tree(lines.readLine());
      if (line.has("end")) {
        flush(connection);
        return ended(line, lines.readLine());
      }
      waiting.add(row(line));
      if (waiting.size() == AT_ONCE) {
        flush(connection);
      }
    }
  }

  private static void header(JsonNode header) {
    if (!header.path("format").asString("").equals("pass-numerique-ledger")
        || header.path("formatVersion").asInt(0) != 1) {
      throw new Refused("it is no export of format pass-numerique-ledger, version 1");
    }
    if (!header.path("scope").asString("").equals("WHOLE")
        || header.path("firstPosition").asLong(0) != 1) {
      throw new Refused(
          "only a whole ledger from position 1 on can be gone on from; this is a %s from position %s"
              .formatted(header.path("scope"), header.path("firstPosition")));
    }
  }

  private JsonNode tree(@Nullable String line) {
    if (line == null) {
      throw new Refused(
          "the export ends after position %d without its last line; fetch it again"
              .formatted(position));
    }
    try {
      return FactCatalogue.JSON.readTree(line);
    } catch (JacksonException _) {
      throw new Refused("the line after position %d is no JSON".formatted(position));
    }
  }

  private LedgerRow row(JsonNode line) {
    try {
      List<String> tags = new ArrayList<>();
      line.path("tags").forEach(tag -> tags.add(tag.asString()));
      LedgerRow row =
          new LedgerRow(
              line.path("position").asLong(),
              UUID.fromString(line.path("eventId").asString()),
              Instant.parse(line.path("recordedAt").asString()),
              line.path("type").asString(),
              line.path("version").asInt(),
              List.copyOf(tags),
              line.path("payload").asString(),
              line.path("metadata").asString(),
              HexFormat.of().parseHex(line.path("hash").asString()));
      follows(row);
      return row;
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new Refused(
          "the line after position %d is no row of a ledger: %s"
              .formatted(position, e.getMessage()));
    }
  }

  private void follows(LedgerRow row) {
    if (row.position() != position + 1) {
      throw new Refused(
          "position %d follows %d; ask for the rows that are missing"
              .formatted(row.position(), position));
    }
    if (!Arrays.equals(chain.of(previous, row), row.hash())) {
      throw new Refused(
          "the chain is broken at position %d; verify the export, and fetch it again"
              .formatted(row.position()));
    }
    if (!row.recordedAt().isAfter(recordedAt)) {
      throw new Refused("recorded time does not rise at position " + row.position());
    }
    try {
      catalogue.read(row.type(), row.version(), row.payload());
    } catch (IllegalStateException | JacksonException e) {
      throw new Refused("position %d: %s".formatted(row.position(), e.getMessage()));
    }
    position = row.position();
    previous = row.hash();
    recordedAt = row.recordedAt();
  }

  /** By the statement of the appender, with its guard: nobody else may have begun to write. */
  private void flush(Connection connection) throws SQLException {
    if (waiting.isEmpty()) {
      return;
    }
    if (EventTable.insert(connection, waiting, inserted) != waiting.size()) {
      throw new Refused("somebody else writes this ledger; stop the node, and import again");
    }
    inserted = previous;
    waiting.clear();
  }

  private Imported ended(JsonNode end, @Nullable String after) {
    String hash = HexFormat.of().formatHex(previous);
    if (after != null
        || end.path("lastPosition").asLong(-1) != position
        || !end.path("headHash").asString("").equals(hash)) {
      throw new Refused(
          "the last line tells of position %s with hash %s, the rows end at %d with %s"
              .formatted(end.path("lastPosition"), end.path("headHash"), position, hash));
    }
    return new Imported(position, hash);
  }
}
