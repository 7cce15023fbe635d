package fr.passnumerique.projections.histories;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.VENUE;
import static java.util.stream.Collectors.joining;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.ToldCaveats;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Slips on their way to the bank's transfer, and these transfers: of all venues, or a venue's. */
@RestController
final class PaymentListsEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int LONGEST_PAGE = 500;

  private final PresentedSlips slips;
  private final OrderedTransfers transfers;
  private final ProjectionRunners runners;

  PaymentListsEndpoint(
      PresentedSlips slips, OrderedTransfers transfers, ProjectionRunners runners) {
    this.slips = slips;
    this.transfers = transfers;
    this.runners = runners;
  }

  /** The query parameters that say which slips. */
  record WhichSlips(
      @Parameter(description = "Who presented them; a venue reads its own") @Nullable VenueId venue,
      @Parameter(description = "Only those that are so far") PresentedSlips.@Nullable State state,
      @Parameter(description = "Only those with a rejected line, or only those without")
          @Nullable Boolean rejected,
      @Parameter(description = "First day on which they were presented, Europe/Paris")
          @Nullable LocalDate presentedFrom,
      @Parameter(description = "Last day on which they were presented, Europe/Paris")
          @Nullable LocalDate presentedTo) {
    PresentedSlips.Filter of(Actor actor) {
      return new PresentedSlips.Filter(
          actor.role() == VENUE ? actor.subject() : venue == null ? null : venue.value(),
          state,
          rejected,
          presentedFrom,
          presentedTo);
    }
  }

  @GetMapping("/api/slips")
  @Permit(
      value = {CLERK, AUDITOR, VENUE},
      owner = "venue")
  @Operation(
      operationId = "readSlips",
      summary = "The slips, the newest first, and how far each is up to the bank's transfer",
      description =
          """
          `REJECTED`: no line was accepted. `WAIVED`: the venue waives its pay for all that was. \
          `ACCEPTED`: no transfer is to pay it yet. `IN_RUN`: a transfer is on its way, or waits \
          for its run's release. `OWED_AGAIN`: its last transfer was rejected or came back. `PAID`: \
          paid by the bank's word or its booking, on `paidOn`. A slip of several programmes has a \
          transfer of each; of several states it has the first of `IN_RUN`, `OWED_AGAIN` and `PAID`, \
          and the cents tell the rest. What was reversed before it was paid, or netted, is in no \
          transfer: readReversals. `totals` are told if they are asked for; they read every slip \
          that is asked for. A venue reads its own.\
          """)
  PresentedSlips.Page readSlips(
      Actor actor,
      @ModelAttribute WhichSlips which,
      @Parameter(description = "Whether all that are asked for are counted and summed too")
          @RequestParam(defaultValue = "false")
          boolean totals,
      @Parameter(description = "What the page before names as next") @RequestParam(required = false)
          @Nullable String before,
      @Parameter(description = "Slips a page, at most 500") @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    runners.awaitHead(PATIENCE, HistoriesProjection.NAME);
    return slips.read(which.of(actor), before, limit, totals);
  }

  private static final Table<PresentedSlips.Row> SLIPS =
      Table.<PresentedSlips.Row>of()
          .code("venue", "Lieu", PresentedSlips.Row::venue)
          .code("reference", "Bordereau", PresentedSlips.Row::reference)
          .count("position", "Position", PresentedSlips.Row::position)
          .instant("presentedAt", "Présenté le", PresentedSlips.Row::presentedAt)
          .text("state", "État", row -> row.state().name())
          .count("accepted", "Lignes acceptées", row -> (long) row.accepted())
          .count("rejected", "Lignes rejetées", row -> (long) row.rejected())
          .cents("acceptedCents", "Accepté", PresentedSlips.Row::acceptedCents)
          .cents("inRunCents", "En règlement", PresentedSlips.Row::inRunCents)
          .cents("paidCents", "Payé", PresentedSlips.Row::paidCents)
          .day("paidOn", "Payé le", PresentedSlips.Row::paidOn)
          .code(
              "transfers",
              "Virements",
              row ->
                  row.transfers().stream()
                      .map(PresentedSlips.OfTransfer::transfer)
                      .collect(joining("|")));

  @TableExport(
      path = "/api/slips/export",
      operationId = "exportSlips",
      summary = "The slips of readSlips as a file, all of them, the newest first")
  @Permit(
      value = {CLERK, AUDITOR, VENUE},
      owner = "venue")
  void exportSlips(Actor actor, @ModelAttribute WhichSlips which, TableDownload to)
      throws IOException {
    runners.awaitHead(PATIENCE, HistoriesProjection.NAME);
    PresentedSlips.Filter filter = which.of(actor);
    PresentedSlips.Page first = slips.read(filter, null, LONGEST_PAGE, false);
    to.send(
        ToldCaveats.beside(SLIPS, first.caveats()),
        row -> {
          PresentedSlips.Page page = first;
          page.slips().forEach(row);
          while (page.next() != null) {
            page = slips.read(filter, page.next(), LONGEST_PAGE, false);
            page.slips().forEach(row);
          }
        },
        "bordereaux");
  }

  /** The query parameters that say which transfers. */
  record WhichTransfers(
      @Parameter(description = "Only those that stand so") @Nullable TransferState state,
      @Parameter(description = "Whom they pay; a venue reads its own") @Nullable VenueId venue,
      @Parameter(description = "Only those of this run") @Nullable SettlementRunId run) {
    OrderedTransfers.Filter filter() {
      return new OrderedTransfers.Filter(
          state, venue == null ? null : venue.value(), run == null ? null : run.value());
    }
  }

  private static @Nullable String own(Actor actor) {
    return actor.role() == VENUE ? actor.subject() : null;
  }

  @GetMapping("/api/transfers")
  @Permit(
      value = {CLERK, AUDITOR, VENUE},
      owner = "venue")
  @Operation(
      operationId = "readTransfers",
      summary = "The credit transfers of all settlement runs, the newest first, and their ends",
      description =
          """
          `IN_TRANSIT`: its run waits for its release, or the bank has told no end. `PAID`: by the \
          bank's word or its booking. `REJECTED`, and `RETURNED` after it was paid: owed again. \
          `CANCELLED`: it never went to the bank. `askForAccount`: what it was to pay is owed \
          again, and a venue that it pays has no account in force now, so that no run pays it \
          before another is opened (readVenueAccount tells one that is proposed). `totals` are told \
          if they are asked for. A venue reads its own, and of a transfer that pays others on the \
          same IBAN its own part alone.\
          """)
  OrderedTransfers.Page readTransfers(
      Actor actor,
      @ModelAttribute WhichTransfers which,
      @Parameter(description = "Whether all that are asked for are counted and summed too")
          @RequestParam(defaultValue = "false")
          boolean totals,
      @Parameter(description = "What the page before names as next") @RequestParam(required = false)
          @Nullable String before,
      @Parameter(description = "Transfers a page, at most 500") @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    runners.awaitHead(PATIENCE, HistoriesProjection.NAME, "registers");
    return transfers.read(which.filter(), own(actor), before, limit, totals);
  }

  private static final Table<OrderedTransfers.Row> TRANSFERS =
      Table.<OrderedTransfers.Row>of()
          .code("transfer", "Virement", OrderedTransfers.Row::transfer)
          .code("run", "Règlement", OrderedTransfers.Row::run)
          .code("programme", "Dispositif", OrderedTransfers.Row::programme)
          .text("state", "État", row -> row.state().name())
          .count("position", "Position", OrderedTransfers.Row::position)
          .instant("orderedAt", "Ordonné le", OrderedTransfers.Row::orderedAt)
          .day("executionOn", "Exécution le", OrderedTransfers.Row::executionOn)
          .day("endedOn", "Terminé le", OrderedTransfers.Row::endedOn)
          .code("reason", "Motif", OrderedTransfers.Row::reason)
          .text("askForAccount", "Compte à redemander", row -> row.askForAccount() ? "oui" : "non")
          .code(
              "venues",
              "Lieux",
              row ->
                  row.venues().stream().map(OrderedTransfers.OfVenue::venue).collect(joining("|")))
          .cents("amountCents", "Montant", OrderedTransfers.Row::amountCents);

  @TableExport(
      path = "/api/transfers/export",
      operationId = "exportTransfers",
      summary = "The transfers of readTransfers as a file, all of them, the newest first")
  @Permit(
      value = {CLERK, AUDITOR, VENUE},
      owner = "venue")
  void exportTransfers(Actor actor, @ModelAttribute WhichTransfers which, TableDownload to)
      throws IOException {
    runners.awaitHead(PATIENCE, HistoriesProjection.NAME, "registers");
    OrderedTransfers.Filter filter = which.filter();
    String own = own(actor);
    OrderedTransfers.Page first = transfers.read(filter, own, null, LONGEST_PAGE, false);
    to.send(
        ToldCaveats.beside(TRANSFERS, first.caveats()),
        row -> {
          OrderedTransfers.Page page = first;
          page.transfers().forEach(row);
          while (page.next() != null) {
            page = transfers.read(filter, own, page.next(), LONGEST_PAGE, false);
            page.transfers().forEach(row);
          }
        },
        "virements");
  }
}
