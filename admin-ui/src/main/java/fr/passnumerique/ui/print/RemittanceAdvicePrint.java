package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.settlement.RemittanceAdvice;
import fr.passnumerique.clearing.settlement.RemittanceAdvices;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.words.Names;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What {@code readRemittanceAdvice} answers, on paper. */
@RestController
final class RemittanceAdvicePrint {
  /** Some fifty pages: nobody reads more on paper. */
  static final int MOST = 2_000;

  private final RemittanceAdvices advices;
  private final ToldFacts facts;
  private final Supplier<Names> names;
  private final Printer printer;
  private final int most;

  /**
   * @param most lines of a document
   */
  RemittanceAdvicePrint(
      RemittanceAdvices advices,
      ToldFacts facts,
      Supplier<Names> names,
      Printer printer,
      int most) {
    this.most = most;
    this.advices = advices;
    this.facts = facts;
    this.names = names;
    this.printer = printer;
  }

  @Printed(
      path = "/api/settlement-runs/{runId}/remittance-advice.pdf",
      operationId = "printRemittanceAdvice",
      summary = "The remittance advice of a transfer, or of a venue in a run, with its slips",
      description =
          """
          What `readRemittanceAdvice` answers, with what each slip comes to. At most 2 000 lines: \
          a longer one is taken as a table by `exportRemittanceAdvice` (422 `ADVICE_TOO_LONG`).\
          """)
  @ApiResponse(responseCode = "409", ref = Printed.CONFLICT)
  @ApiResponse(responseCode = "422", ref = Printed.RULE_FORBIDS)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  ResponseEntity<byte[]> printRemittanceAdvice(
      @PathVariable("runId") String runId,
      @Parameter(description = "Only this venue's lines")
          @RequestParam(name = "venue", required = false)
          @Nullable VenueId venue,
      @Parameter(description = "Only this transfer's lines, and what is netted with it")
          @RequestParam(name = "transfer", required = false)
          @Nullable String transfer,
      Actor actor) {
    RemittanceAdvices.Asked asked = RemittanceAdvices.Asked.by(runId, venue, transfer, actor);
    return Pdf.named(
        "avis-" + (transfer == null ? runId : transfer),
        printer.print("remittance-advice", () -> sheet(asked, transfer)));
  }

  private RemittanceAdviceSheet sheet(RemittanceAdvices.Asked asked, @Nullable String transfer) {
    long known = facts.known();
    RemittanceAdvice advice =
        advices.page(asked, 0, most).orElseThrow(() -> Problem.notFound("the remittance advice"));
    if (advice.next().isPresent()) {
      throw new Problem(
          422,
          "ADVICE_TOO_LONG",
          "a document holds at most %d lines, and this advice has %d"
              .formatted(most, advice.lineCount()),
          "take it as a table (exportRemittanceAdvice), or ask for one transfer");
    }
    return RemittanceAdviceSheet.of(
        advice,
        transfer,
        facts.programme(new ProgrammeId(advice.programme())),
        names.get(),
        known,
        facts.recordedAt(known));
  }
}
