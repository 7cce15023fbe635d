package fr.passnumerique.projections.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.ledger.LedgerRow;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of an export; {@code docs/format.md} says the same to those who read it. */
sealed interface ExportLine {
  String FORMAT = "pass-numerique-ledger";
  int FORMAT_VERSION = 1;

  /**
   * The first line.
   *
   * @param ledger the hash of the ledger's first row: no other ledger has it; empty if there is
   *     none
   * @param hashBefore of the row before the first one exported; zeros before position 1
   * @param scope {@code WHOLE}: every column of every row; {@code FUNDER}: see {@link FundersShare}
   * @param leftOut what of the ledger the reader will not find, in words
   */
  @JsonPropertyOrder({
    "format",
    "formatVersion",
    "ledger",
    "scope",
    "funder",
    "firstPosition",
    "hashBefore",
    "exportedAt",
    "leftOut"
  })
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Header(
      String format,
      int formatVersion,
      String ledger,
      String scope,
      @Nullable String funder,
      long firstPosition,
      String hashBefore,
      Instant exportedAt,
      String leftOut)
      implements ExportLine {}

  /**
   * A row exactly as it is stored and hashed; payload and metadata are texts, byte for byte.
   *
   * @param published what the accounts moved by it came to after it, as the readers of the ledger
   *     were shown; left out unless asked for
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(
      long position,
      UUID eventId,
      Instant recordedAt,
      String type,
      int version,
      List<String> tags,
      String payload,
      String metadata,
      String hash,
      @Nullable List<AccountCents> published)
      implements ExportLine {
    static Row of(LedgerRow row, @Nullable List<AccountCents> published) {
      return new Row(
          row.position(),
          row.eventId(),
          row.recordedAt(),
          row.type(),
          row.version(),
          row.tags(),
          row.payloadText(),
          row.metadata(),
          HexFormat.of().formatHex(row.hash()),
          published);
    }
  }

  /**
   * Stands for a row that is not shown to a funder.
   *
   * @param entries what it moved on the funder's own accounts; told, not proved
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Hidden(
      long position,
      boolean leftOut,
      String hash,
      List<AccountCents> entries,
      @Nullable List<AccountCents> published)
      implements ExportLine {}

  /**
   * The last line; an export without it is cut off.
   *
   * @param balances of every account that is not zero, after {@code lastPosition}, as published
   * @param balancesLeftOut why there are none; left out if there are
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Trailer(
      boolean end,
      long facts,
      long lastPosition,
      String headHash,
      @Nullable List<AccountCents> balances,
      @Nullable String balancesLeftOut)
      implements ExportLine {}

  /**
   * An account and cents on it: debit if positive, credit if negative. Dimensions that do not apply
   * are left out.
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record AccountCents(
      String kind,
      String programme,
      String agreement,
      String funder,
      String fundingDepartement,
      String venue,
      String spendingDepartement,
      String prescriber,
      long cents) {
    static AccountCents of(Account account, long cents) {
      return new AccountCents(
          account.kind().name(),
          account.programme(),
          account.agreement(),
          account.funder(),
          account.fundingDepartement(),
          account.venue(),
          account.spendingDepartement(),
          account.prescriber(),
          cents);
    }
  }
}
