package fr.passnumerique.projections.accounts;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.ToldCaveats;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Balances, postings and reconciliations as files: the same figures as the operations that read
 * them, and the same moments. The position they stand at is in the file's name, what must be known
 * beside them in the last column.
 */
@RestController
final class ExportsEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private final BalancesQuery balances;
  private final PostingsQuery postings;
  private final ReconciliationQuery reconciliations;
  private final AskedAccounts asked;
  private final ProjectionRunners runners;
  private final DataSource reader;

  ExportsEndpoint(
      BalancesQuery balances,
      PostingsQuery postings,
      ReconciliationQuery reconciliations,
      ProjectionRunners runners,
      DataSource reader) {
    this.balances = balances;
    this.postings = postings;
    this.reconciliations = reconciliations;
    this.asked = new AskedAccounts(balances, runners);
    this.runners = runners;
    this.reader = reader;
  }

  @TableExport(
      path = "/api/balances/export",
      operationId = "exportBalances",
      summary = "One list of readBalances as a file: JSON, CSV or for a French spreadsheet",
      description =
          """
          The same figures as readBalances with the same filters and moment; `flow` is the matrix \
          between départements of funding and of spending. The position is in the file's name, and what must be known beside the figures \
          (`caveats` of readBalances) in the last column.\
          """)
  @Permit(
      value = {CLERK, AUDITOR, FUNDER, VENUE},
      owner = {"venue", "funder"})
  void exportBalances(
      Actor actor,
      @ModelAttribute WhichAccounts which,
      @Parameter(
              description =
                  "The list: venue, funder, agreement, programme, prescriber, fundingDepartement,"
                      + " spendingDepartement or flow",
              example = "venue")
          @RequestParam
          String groupBy,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.DESCRIPTION)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore,
      TableDownload to)
      throws IOException {
    Grouping grouping = Grouping.required(groupBy);
    long head = runners.awaitHead(PATIENCE, AccountsProjection.NAME, "registers");
    Generation generation = new ShownBefore(shownBefore).generation(reader);
    Filter filter = asked.of(actor, which, generation);
    BalancesQuery shown = balances.of(generation);
    Balances read = when.ask(head, asOf -> shown.read(filter, EnumSet.of(grouping), head, asOf));
    switch (grouping) {
      case VENUE -> send(BalanceTables.VENUES, read.venues(), "lieux", read, to);
      case FUNDER -> send(BalanceTables.FUNDERS, read.funders(), "financeurs", read, to);
      case AGREEMENT -> send(BalanceTables.AGREEMENTS, read.agreements(), "conventions", read, to);
      case PROGRAMME -> send(BalanceTables.PROGRAMMES, read.programmes(), "dispositifs", read, to);
      case PRESCRIBER ->
          send(BalanceTables.PRESCRIBERS, read.prescribers(), "prescripteurs", read, to);
      case FUNDING_DEPARTEMENT ->
          send(
              BalanceTables.FUNDING_DEPARTEMENTS,
              read.fundingDepartements(),
              "financement",
              read,
              to);
      case SPENDING_DEPARTEMENT ->
          send(
              BalanceTables.SPENDING_DEPARTEMENTS,
              read.spendingDepartements(),
              "depense",
              read,
              to);
      case FLOW -> send(BalanceTables.FLOWS, read.flows(), "flux", read, to);
    }
  }

  private static <R> void send(
      Table<R> table, @Nullable List<R> rows, String what, Balances read, TableDownload to)
      throws IOException {
    List<R> asked = rows == null ? List.of() : rows;
    to.send(
        ToldCaveats.beside(table, read.caveats()),
        asked::forEach,
        "soldes-%s-%d".formatted(what, read.position()));
  }

  @TableExport(
      path = "/api/postings/export",
      operationId = "exportPostings",
      summary = "The postings behind a balance as a file, in order of recording, however many",
      description =
          """
          Those of all pages of readPostings with the same filters and moment, the oldest first. \
          They are sent as they are read; a file that ends early ends with a broken connection.\
          """)
  @Permit(
      value = {CLERK, AUDITOR, FUNDER, VENUE},
      owner = {"venue", "funder"})
  void exportPostings(
      Actor actor,
      @ModelAttribute WhichAccounts which,
      @Parameter(description = "Only accounts of this kind") @RequestParam(required = false)
          @Nullable AccountKind kind,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.DESCRIPTION)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore,
      TableDownload to)
      throws IOException {
    long head = runners.awaitHead(PATIENCE, AccountsProjection.NAME, "registers");
    Generation generation = new ShownBefore(shownBefore).generation(reader);
    Filter accounts = asked.of(actor, which, generation);
    PostingsQuery shown = postings.of(generation);
    try {
      when.ask(
          head,
          asOf ->
              shown.all(
                  accounts,
                  kind,
                  asOf,
                  (position, caveats, rows) -> {
                    try {
                      to.send(
                          ToldCaveats.beside(BalanceTables.POSTINGS, caveats),
                          rows::accept,
                          "ecritures-" + position);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  }));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @TableExport(
      path = "/api/agreements/{agreementId}/reconciliation/export",
      operationId = "exportReconciliation",
      summary = "The reconciliation of an agreement as a file: stages, differences, explanations",
      description =
          """
          The figures of readReconciliation, one to a row; the total has no funder. Rows \
          `UNEXPLAINED` are 0, or a figure is wrong.\
          """)
  @Permit({CLERK, AUDITOR, FUNDER})
  void exportReconciliation(
      Actor actor,
      @PathVariable AgreementId agreementId,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.DESCRIPTION)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore,
      TableDownload to)
      throws IOException {
    long head = runners.awaitHead(PATIENCE, AccountsProjection.NAME, "registers");
    Generation generation = new ShownBefore(shownBefore).generation(reader);
    asked.requireAgreement(actor, agreementId, generation);
    ReconciliationQuery shown = reconciliations.of(generation);
    Reconciliation read = when.ask(head, asOf -> shown.read(agreementId.value(), asOf));
    to.send(
        ToldCaveats.beside(BalanceTables.RECONCILIATION, read.caveats()),
        BalanceTables.Reconciled.of(read)::forEach,
        "rapprochement-%s-%d".formatted(agreementId, read.position()));
  }
}
