package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a prescriber can hand out next. */
@RestController
@RequestMapping("/api/prescribers/{prescriberId}/held-carnets")
final class HeldCarnetsEndpoint {
  private static final int LONGEST_PAGE = 5_000;

  private static final Table<HeldCarnets.Row> TABLE =
      Table.<HeldCarnets.Row>of()
          .code("batch", "Lot", HeldCarnets.Row::batch)
          .code("order", "Commande", HeldCarnets.Row::order)
          .code("programme", "Dispositif", HeldCarnets.Row::programme)
          .count(
              "firstCarnet",
              "Premier carnet",
              row -> row.carnets().map(carnets -> (long) carnets.first()).orElse(null))
          .count(
              "lastCarnet",
              "Dernier carnet",
              row -> row.carnets().map(carnets -> (long) carnets.last()).orElse(null))
          .code("first", "Premier chèque", row -> row.first().toString())
          .code("last", "Dernier chèque", row -> row.last().toString())
          .count("cheques", "Chèques", row -> (long) row.cheques())
          .cents("cents", "Valeur", HeldCarnets.Row::cents)
          .day("endsOn", "Fin de validité", HeldCarnets.Row::endsOn)
          .day("lastDay", "Remise possible jusqu’au", HeldCarnets.Row::lastDay);

  private final HeldCarnets held;

  HeldCarnetsEndpoint(HeldCarnets held) {
    this.held = held;
  }

  @GetMapping
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.PRESCRIBER},
      owner = "prescriberId")
  @Operation(
      operationId = "readHeldCarnets",
      summary = "Which whole carnets and single cheques a prescriber has in stock",
      description =
          """
          Neither handed out nor reported lost, sent back or expired, as handOutCheques would take \
          them; the first to end first. Carnets and cheques that follow each other are one row: \
          with `carnets` they are whole and can be handed out by number, without it they are what \
          is left of carnets. readStock tells how many there are and were.\
          """)
  HeldCarnets.Stock readHeldCarnets(
      Actor actor,
      @PathVariable PrescriberId prescriberId,
      @Parameter(description = "What the page before names as next") @RequestParam(required = false)
          @Nullable String after,
      @Parameter(description = "Rows a page, at most 5 000") @RequestParam(defaultValue = "1000")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    Ownership.require(actor, Role.PRESCRIBER, prescriberId.value());
    return held.find(prescriberId, after, limit)
        .orElseThrow(() -> Problem.notFound("prescriber " + prescriberId));
  }

  @TableExport(
      path = "/export",
      operationId = "exportHeldCarnets",
      summary = "The carnets and cheques of readHeldCarnets as a file, all of them")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.PRESCRIBER},
      owner = "prescriberId")
  void exportHeldCarnets(Actor actor, @PathVariable PrescriberId prescriberId, TableDownload to)
      throws IOException {
    Ownership.require(actor, Role.PRESCRIBER, prescriberId.value());
    Stream<HeldCarnets.Row> all =
        held.all(prescriberId).orElseThrow(() -> Problem.notFound("prescriber " + prescriberId));
    to.send(TABLE, all::forEachOrdered, "carnets-" + prescriberId);
  }
}
