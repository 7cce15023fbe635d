package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.issuance.Serial;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of oppositions. A prescriber reads those of cheques that were its own. */
@RestController
@RequestMapping("/api/oppositions")
public final class OppositionListEndpoint {
  private static final int LONGEST_PAGE = 1_000;

  private static final Table<OppositionList.Row> TABLE =
      Table.<OppositionList.Row>of()
          .code("opposition", "Opposition", row -> row.opposition().value())
          .count("position", "Position", OppositionList.Row::position)
          .instant("recordedAt", "Enregistrée le", OppositionList.Row::recordedAt)
          .text("status", "État", row -> row.status().name())
          .text("reason", "Motif", row -> row.reason().name())
          .code(
              "prescriber",
              "Prescripteur",
              row -> row.prescriber().map(PrescriberId::value).orElse(null))
          .code(
              "asked",
              "Chèques signalés",
              row ->
                  row.asked().stream()
                      .map(OppositionListEndpoint::told)
                      .collect(Collectors.joining("|")))
          .count("cheques", "Signalés", row -> (long) row.cheques())
          .count("opposed", "Opposés", row -> (long) row.opposed())
          .count("accepted", "Déjà acceptés", row -> (long) row.accepted())
          .count("replaced", "Remplacés", row -> (long) row.replaced())
          .cents("dueBackCents", "À rendre aux financeurs", OppositionList.Row::dueBackCents);

  private final OppositionList oppositions;

  OppositionListEndpoint(OppositionList oppositions) {
    this.oppositions = oppositions;
  }

  private static String told(ChequeRange range) {
    return new Serial(range.batch(), range.first()) + "…" + new Serial(range.batch(), range.last());
  }

  @GetMapping
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.PRESCRIBER},
      owner = "prescriber")
  @Operation(
      operationId = "readOppositions",
      summary = "The oppositions, the newest first: in force, waiting, and how many are replaced",
      description =
          """
          `status` AWAITING_SECOND_PERSON: nothing is opposed yet. `accepted` cheques were redeemed \
          before and are paid all the same. `prescriber` held, or had handed out, all of its \
          cheques when it was recorded; a prescriber reads those.\
          """)
  public OppositionList.Rows readOppositions(
      Actor actor,
      @Parameter(description = "Only those of this prescriber's cheques")
          @RequestParam(required = false)
          @Nullable PrescriberId prescriber,
      @Parameter(description = "What the page before names as next; left out for the newest")
          @RequestParam(required = false)
          @Nullable Long before,
      @Parameter(description = "Oppositions a page, at most 1 000")
          @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    return oppositions.newest(whose(actor, prescriber), before, limit);
  }

  @TableExport(
      path = "/export",
      operationId = "exportOppositions",
      summary = "The oppositions of readOppositions as a file, all of them")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.PRESCRIBER},
      owner = "prescriber")
  void exportOppositions(
      Actor actor,
      @Parameter(description = "Only those of this prescriber's cheques")
          @RequestParam(required = false)
          @Nullable PrescriberId prescriber,
      TableDownload to)
      throws IOException {
    PrescriberId whose = whose(actor, prescriber);
    to.send(
        TABLE,
        row ->
            NewestPage.each(
                before -> oppositions.newest(whose, before, LONGEST_PAGE),
                OppositionList.Rows::oppositions,
                OppositionList.Rows::next,
                row),
        "oppositions");
  }

  private @Nullable PrescriberId whose(Actor actor, @Nullable PrescriberId asked) {
    return Ownership.whose(actor, Role.PRESCRIBER, asked, PrescriberId::new, oppositions::require);
  }
}
