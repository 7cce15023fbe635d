package fr.passnumerique.projections.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.projections.loop.Caveats;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of funders' cents at one position of the ledger: whose, spent in which département,
 * at which venue. In integer cents.
 *
 * @param position of the last fact in them, 0 before the first
 * @param recordedAt of that fact, UTC; left out before the first
 * @param businessDate Europe/Paris, if one was asked for
 * @param ledgerPosition the ledger's head when asked
 * @param redeemedCents accepted from venues, paid or not: of all paths together
 * @param paidCents of that, executed by the bank's word or booked
 * @param paths in order of funder, département and venue; those that came to nothing left out
 * @param caveats what must be known beside the figures; left out if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Flows(
    long position,
    @Nullable Instant recordedAt,
    @Nullable LocalDate businessDate,
    long ledgerPosition,
    long redeemedCents,
    long paidCents,
    List<Path> paths,
    @Nullable Caveats caveats) {

  /**
   * @param funderName public
   * @param spendingDepartement INSEE code: where the service was given
   * @param venueName public; empty for a sole trader
   */
  @Schema(name = "FlowPath")
  public record Path(
      String funder,
      String funderName,
      String spendingDepartement,
      String venue,
      String venueName,
      long redeemedCents,
      long paidCents) {}
}
