package fr.passnumerique.projections.export;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.projections.export.ExportLine.AccountCents;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the ledger as newline-delimited JSON. Streams: a few hundred rows are held at a time. What
 * is recorded while it runs is not in it: the last position is settled at the start, and no row up
 * to it ever changes.
 */
public final class LedgerExport {
  private static final int READ_AHEAD = 200;
  private static final String NO_HASH = "0".repeat(64);
  private static final byte[] NEWLINE = {'\n'};

  private static final ObjectWriter JSON =
      JsonMapper.builder().disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS).build().writer();

  private final LedgerReader ledger;
  private final PublishedBalances published;
  private final Clock clock;

  /**
   * What to export.
   *
   * @param first position, from 1
   * @param last position; must not lie beyond the ledger's head
   * @param funder whose share alone; null for everything
   * @param balancesOfEach also after every fact what the accounts that it moved came to
   */
  public record Asked(long first, long last, @Nullable String funder, boolean balancesOfEach) {}

  /**
   * @param last position written
   * @param headHash its row's, in hexadecimal; to be kept elsewhere
   */
  public record Written(long facts, long last, String headHash) {}

  /**
   * @param reader of the schema {@code projections}
   */
  public LedgerExport(LedgerReader ledger, DataSource reader, Clock clock) {
    this.ledger = ledger;
    this.published = new PublishedBalances(reader);
    this.clock = clock;
  }

  /**
   * @param to is not closed
   */
  public Written write(Asked asked, OutputStream to) throws IOException {
    FundersShare share = asked.funder() == null ? null : new FundersShare(asked.funder());
    line(to, header(asked));
    String hash = hashAt(asked.first() - 1);
    boolean each = asked.balancesOfEach() && published.position() >= asked.last();
    // A share depends on all that was signed and issued before, also in front of a range.
    long position = share == null ? asked.first() - 1 : 0;
    while (position < asked.last()) {
      List<LedgerRow> rows = ledger.readRows(position, READ_AHEAD);
      if (rows.isEmpty() || rows.getFirst().position() != position + 1) {
        throw new IOException(
            "the ledger has no row at position %d; verify it before you export it"
                .formatted(position + 1));
      }
      Map<Long, List<AccountCents>> after =
          each
              ? published.afterEach(position + 1, rows.getLast().position(), asked.funder())
              : Map.of();
      for (LedgerRow row : rows) {
        position = row.position();
        if (position > asked.last()) {
          break;
        }
        List<AccountCents> balances = each ? after.getOrDefault(position, List.of()) : null;
        boolean shown = share == null || share.shows(row);
        if (position >= asked.first()) {
          hash = HexFormat.of().formatHex(row.hash());
          line(
              to,
              shown || share == null
                  ? ExportLine.Row.of(row, balances)
                  : new ExportLine.Hidden(
                      position, true, hash, share.entries(ledger.recorded(row).fact()), balances));
        }
      }
      position = rows.getLast().position();
    }
    long facts = asked.last() - asked.first() + 1;
    line(to, trailer(asked, facts, hash));
    to.flush();
    return new Written(facts, asked.last(), hash);
  }

  private ExportLine.Header header(Asked asked) {
    String funder = asked.funder();
    return new ExportLine.Header(
        ExportLine.FORMAT,
        ExportLine.FORMAT_VERSION,
        hashAt(1).equals(NO_HASH) ? "" : hashAt(1),
        funder == null ? "WHOLE" : "FUNDER",
        funder,
        asked.first(),
        hashAt(asked.first() - 1),
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        funder == null
            ? "keys of check parts and what the vault holds, to which facts refer"
            : "facts that do not concern agreements of %s alone: of those, position, hash and what they moved on its accounts"
                .formatted(funder));
  }

  private ExportLine.Trailer trailer(Asked asked, long facts, String hash) {
    long known = published.position();
    return known < asked.last()
        ? new ExportLine.Trailer(
            true,
            facts,
            asked.last(),
            hash,
            null,
            "balances are published up to position %d only; export again later".formatted(known))
        : new ExportLine.Trailer(
            true, facts, asked.last(), hash, published.at(asked.last(), asked.funder()), null);
  }

  /** In hexadecimal; zeros before the first row. */
  private String hashAt(long position) {
    List<LedgerRow> rows = position < 1 ? List.of() : ledger.readRows(position - 1, 1);
    return rows.isEmpty() ? NO_HASH : HexFormat.of().formatHex(rows.getFirst().hash());
  }

  private static void line(OutputStream to, ExportLine line) throws IOException {
    to.write(JSON.writeValueAsBytes(line));
    to.write(NEWLINE);
  }
}
