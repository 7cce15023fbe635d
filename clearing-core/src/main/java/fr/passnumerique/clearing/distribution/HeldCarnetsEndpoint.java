package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.territory.Paris;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
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
public final class HeldCarnetsEndpoint {
  private static final int LONGEST_PAGE = 5_000;

  /** Of one hand-out, to one person. */
  private static final int MOST_CARNETS = 1_000;

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
          .day("endsOn", "Fin de la commande", HeldCarnets.Row::endsOn)
          .day("lastDay", "À remettre jusqu’au", HeldCarnets.Row::lastDay);

  private final HeldCarnets held;
  private final Clock clock;

  HeldCarnetsEndpoint(HeldCarnets held, Clock clock) {
    this.held = held;
    this.clock = clock;
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
          is left of carnets, or a `replacement`, which is for the person whose lost cheques it \
          replaces and is in no carnet. readStock tells how many there are and were.\
          """)
  public HeldCarnets.Stock readHeldCarnets(
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

  @GetMapping("/next")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.PRESCRIBER},
      owner = "prescriberId")
  @Operation(
      operationId = "readNextCarnets",
      summary = "Which whole carnets a prescriber hands out next",
      description =
          """
          As many as are asked for, the first to end first, of those that may be handed out today \
          and replace no lost ones; name them in handOutCheques. Nothing is set aside: somebody else may hand them out \
          meanwhile. Where there are fewer it is refused with `TOO_FEW_CARNETS`, which says how \
          many.\
          """)
  @ApiResponse(responseCode = "200", description = "OK", useReturnTypeSchema = true)
  @ApiResponse(responseCode = "422", ref = "#/components/responses/RuleForbids")
  public HeldCarnets.Next readNextCarnets(
      Actor actor,
      @PathVariable PrescriberId prescriberId,
      @Parameter(description = "How many, at most 1 000") @RequestParam(defaultValue = "1")
          int carnets,
      @Parameter(description = "Of this programme alone") @RequestParam(required = false)
          @Nullable ProgrammeId programme) {
    if (carnets < 1 || carnets > MOST_CARNETS) {
      throw wrong(
          400,
          "INVALID_PARAMETER",
          carnets,
          "carnets must be 1 to " + MOST_CARNETS,
          "correct the value");
    }
    Ownership.require(actor, Role.PRESCRIBER, prescriberId.value());
    HeldCarnets.Next next =
        held.next(prescriberId, programme, carnets, Paris.dayOf(clock.instant()))
            .orElseThrow(() -> Problem.notFound("prescriber " + prescriberId));
    if (next.carnets() < carnets) {
      throw wrong(
          422,
          "TOO_FEW_CARNETS",
          carnets,
          "%d whole carnets are in stock and may be handed out today, asked for %d"
              .formatted(next.carnets(), carnets),
          "ask for fewer, name single cheques, or have carnets delivered");
    }
    return next;
  }

  private static Problem wrong(int status, String code, int carnets, String rule, String remedy) {
    return new Problem(
        status,
        code,
        rule + "; " + remedy,
        List.of(Problem.Fault.of("carnets", String.valueOf(carnets), rule, remedy)));
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
