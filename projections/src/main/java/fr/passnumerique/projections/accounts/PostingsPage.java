package fr.passnumerique.projections.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.projections.loop.Caveats;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a balance is made of, newest first.
 *
 * @param position of the last fact that counts, as in {@link Balances}
 * @param recordedAt of that fact, UTC; left out before the first
 * @param next to be sent as {@code before} for the page that follows; left out on the last
 * @param caveats what must be known beside the figures; left out if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PostingsPage(
    long position,
    @Nullable Instant recordedAt,
    @Nullable LocalDate businessDate,
    List<Posting> postings,
    @Nullable String next,
    @Nullable Caveats caveats) {

  /**
   * What one fact moved on one account; empty texts where a dimension does not apply to it.
   *
   * @param position of the fact in the ledger
   * @param recordedAt of the fact, UTC
   * @param happenedOn business day of the fact, Europe/Paris
   * @param fact its type
   * @param causes what the fact is about, the nearest first
   * @param label the kind's French name
   * @param fundingDepartement INSEE code
   * @param spendingDepartement INSEE code
   * @param cents debit if positive, credit if negative; never 0
   * @param balanceCents of the account after it, in order of recording
   */
  public record Posting(
      long position,
      Instant recordedAt,
      LocalDate happenedOn,
      String fact,
      List<Cause> causes,
      AccountKind kind,
      String label,
      String programme,
      String agreement,
      String funder,
      String fundingDepartement,
      String venue,
      String spendingDepartement,
      String prescriber,
      long cents,
      long balanceCents) {
    Posting about(List<Cause> causes) {
      return new Posting(
          position,
          recordedAt,
          happenedOn,
          fact,
          causes,
          kind,
          label,
          programme,
          agreement,
          funder,
          fundingDepartement,
          venue,
          spendingDepartement,
          prescriber,
          cents,
          balanceCents);
    }
  }
}
