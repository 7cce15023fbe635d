package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.ByRecord;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of a prescriber's hand-outs. */
@RestController
@RequestMapping("/api/prescribers/{prescriberId}/hand-outs")
public final class HandOutListEndpoint {
  private static final int LONGEST_PAGE = 200;

  private static final Table<HandOutList.Row> TABLE =
      Table.<HandOutList.Row>of()
          .code("handOut", "Remise", row -> row.handOut().value())
          .count("position", "Position", HandOutList.Row::position)
          .day("handedOutOn", "Remise le", HandOutList.Row::handedOutOn)
          .code("publicCode", "Public", row -> row.publicCode().orElse(null))
          .code(
              "ranges",
              "Chèques remis",
              row ->
                  row.ranges().stream()
                      .map(range -> range.first() + "…" + range.last())
                      .collect(Collectors.joining("|")))
          .count("cheques", "Chèques", row -> (long) row.cheques())
          .count("correctedCheques", "Repris", row -> (long) row.correctedCheques())
          .cents("cents", "Valeur", HandOutList.Row::cents);

  private final HandOutList handOuts;

  HandOutListEndpoint(HandOutList handOuts) {
    this.handOuts = handOuts;
  }

  @GetMapping
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.PRESCRIBER},
      owner = "prescriberId")
  @Operation(
      operationId = "readHandOuts",
      summary = "What a prescriber handed out",
      description =
          """
          As it was recorded; `correctedCheques` of it were put back into stock since \
          (correctHandOut). Nothing tells to whom, not even which hand-outs were one person's.\
          """)
  public HandOutList.Rows readHandOuts(
      Actor actor,
      @PathVariable PrescriberId prescriberId,
      @Parameter(description = "In which order of record, on all pages")
          @RequestParam(defaultValue = "NEWEST")
          ByRecord sort,
      @Parameter(
              description =
                  "What the page before, in the same order, names as next; left out for the first")
          @RequestParam(required = false)
          @Nullable Long before,
      @Parameter(description = "Hand-outs a page, at most 200") @RequestParam(defaultValue = "50")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    return read(actor, prescriberId, sort, before, limit);
  }

  @TableExport(
      path = "/export",
      operationId = "exportHandOuts",
      summary = "The hand-outs of readHandOuts as a file, all of them")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.PRESCRIBER},
      owner = "prescriberId")
  void exportHandOuts(Actor actor, @PathVariable PrescriberId prescriberId, TableDownload to)
      throws IOException {
    // A refusal is told before the file begins.
    HandOutList.Rows first = read(actor, prescriberId, ByRecord.NEWEST, null, LONGEST_PAGE);
    to.send(
        TABLE,
        row ->
            NewestPage.each(
                before ->
                    before == null
                        ? first
                        : read(actor, prescriberId, ByRecord.NEWEST, before, LONGEST_PAGE),
                HandOutList.Rows::handOuts,
                HandOutList.Rows::next,
                row),
        "remises-" + prescriberId);
  }

  private HandOutList.Rows read(
      Actor actor, PrescriberId prescriber, ByRecord order, @Nullable Long before, int limit) {
    Ownership.require(actor, Role.PRESCRIBER, prescriber.value());
    return handOuts
        .page(prescriber, order, before, limit)
        .orElseThrow(() -> Problem.notFound("prescriber " + prescriber));
  }
}
