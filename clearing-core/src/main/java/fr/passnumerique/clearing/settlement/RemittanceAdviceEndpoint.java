package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a run pays, with every line, to who is paid. */
@RestController
@RequestMapping("/api/settlement-runs/{runId}")
final class RemittanceAdviceEndpoint {
  private static final int LONGEST_PAGE = 5_000;

  private final RemittanceAdvices advices;

  RemittanceAdviceEndpoint(RemittanceAdvices advices) {
    this.advices = advices;
  }

  @GetMapping("/remittance-advice")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  @Operation(
      operationId = "readRemittanceAdvice",
      summary = "Every line that a run pays, by transfer or by venue, and what it nets",
      description =
          """
          Of a released run. Name a venue, a transfer or both; a venue reads its own lines. The \
          lines come in pages, the sums are of the whole advice. Every line has the state of its \
          transfer, or is `NETTED`, and `states` has the sum of each. What is `ORDERED`, \
          `EXECUTED` or `CONFIRMED` comes to `transferredCents`; what is `REJECTED` or `RETURNED` \
          is not paid but owed again; what is netted comes to `nettedCents`, and so do the \
          reversed lines in `recovered` that are `NETTED`. What a rejected transfer took with it is \
          `NETTING_UNDONE`: these lines are owed again, and the reversed ones claimed again.\
          """)
  RemittanceAdvice readRemittanceAdvice(
      @PathVariable("runId") String runId,
      @Parameter(description = "Only this venue's lines")
          @RequestParam(name = "venue", required = false)
          @Nullable VenueId venue,
      @Parameter(description = "Only this transfer's lines, and what is netted with it")
          @RequestParam(name = "transfer", required = false)
          @Nullable String transfer,
      @Parameter(description = "What the page before names as next")
          @RequestParam(name = "after", defaultValue = "0")
          int after,
      @Parameter(description = "Lines a page, at most 5 000")
          @RequestParam(name = "limit", defaultValue = "1000")
          int limit,
      Actor actor) {
    PageSize.require(after, limit, LONGEST_PAGE);
    return advices
        .page(RemittanceAdvices.Asked.by(runId, venue, transfer, actor), after, limit)
        .orElseThrow(RemittanceAdviceEndpoint::notFound);
  }

  @TableExport(
      path = "/remittance-advice.csv",
      operationId = "exportRemittanceAdvice",
      summary = "The same as a file: for a French spreadsheet, or as CSV or JSON for machines",
      description =
          """
          Whole, however long. Every row has its state (Ordonné, Exécuté, Payé, Compensé, \
          Compensation annulée, Rejeté, Retourné); the rows `Total` at the end are the sums of the lines in each. What is netted \
          stands in it as lines that are paid and as reversed lines that are kept back.\
          """,
      otherwise = TableFormat.EXCEL_FR)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  void exportRemittanceAdvice(
      @PathVariable("runId") String runId,
      @Parameter(description = "Only this venue's lines")
          @RequestParam(name = "venue", required = false)
          @Nullable VenueId venue,
      @Parameter(description = "Only this transfer's lines, and what is netted with it")
          @RequestParam(name = "transfer", required = false)
          @Nullable String transfer,
      Actor actor,
      TableDownload to)
      throws IOException {
    RemittanceAdvices.Whole advice =
        advices
            .whole(RemittanceAdvices.Asked.by(runId, venue, transfer, actor))
            .orElseThrow(RemittanceAdviceEndpoint::notFound);
    to.send(
        RemittanceAdviceRow.TABLE,
        row -> RemittanceAdviceRow.each(advice, row),
        "avis-" + advice.head().run());
  }

  private static Problem notFound() {
    return Problem.notFound("the remittance advice");
  }
}
