package fr.passnumerique.projections.histories;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.ToldCaveats;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A cheque's life over HTTP, as far as the asker may know it. */
@RestController
final class ChequeHistoryEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ChequeHistories histories;
  private final ChequePostingsQuery postings;
  private final BalancesQuery balances;
  private final ProjectionRunners runners;
  private final DataSource reader;

  ChequeHistoryEndpoint(
      ChequeHistories histories,
      PostingsQuery postings,
      BalancesQuery balances,
      ProjectionRunners runners,
      DataSource reader) {
    this.histories = histories;
    this.postings = new ChequePostingsQuery(histories, postings, balances);
    this.balances = balances;
    this.runners = runners;
    this.reader = reader;
  }

  @GetMapping("/api/cheques/{serial}")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  @Operation(
      operationId = "readChequeHistory",
      summary =
          "What happened to one cheque, from its order to the bank's confirmation or its refund")
  ChequeHistory readChequeHistory(
      Actor actor,
      @Parameter(
              description =
                  "The serial with or without hyphen; the check part is not needed, and dropped if"
                      + " given")
          @PathVariable
          String serial,
      @Parameter(description = WhichMoment.AS_OF_POSITION) @RequestParam(required = false)
          @Nullable Long asOfPosition,
      @Parameter(description = WhichMoment.AS_OF) @RequestParam(required = false)
          @Nullable Instant asOf,
      @Parameter(description = ShownBefore.OF_OTHERS) @RequestParam(required = false)
          @Nullable RebuildId shownBefore) {
    Serial asked = AskedSerial.parse(serial);
    ChequeHistories shown =
        histories.of(
            new ShownBefore(shownBefore)
                .generation(reader, "registers", "claims", HistoriesProjection.NAME));
    if (asOfPosition == null && asOf == null) {
      runners.awaitHead(PATIENCE, "registers", "claims", HistoriesProjection.NAME);
      return present(actor, asked, () -> shown.find(asked));
    }
    long head =
        runners.awaitHead(PATIENCE, "registers", "claims", HistoriesProjection.NAME, "accounts");
    return present(
        actor,
        asked,
        () ->
            new WhichMoment(asOfPosition, asOf, null)
                .ask(head, moment -> shown.find(asked, balances.position(moment))));
  }

  private ChequeHistory present(
      Actor actor, Serial asked, Supplier<Optional<ChequeHistory>> lookUp) {
    return runners.present(
        () -> lookUp.get().flatMap(history -> Discretion.of(actor).apply(history)),
        "cheque " + asked,
        "registers",
        "claims",
        HistoriesProjection.NAME);
  }

  private static final Table<ChequeHistory.Share> SHARES =
      Table.<ChequeHistory.Share>of()
          .code("funder", "Financeur", ChequeHistory.Share::funder)
          .text("name", "Nom", ChequeHistory.Share::name)
          .cents("cents", "Part", ChequeHistory.Share::cents);

  @TableExport(
      path = "/api/cheques/{serial}/shares/export",
      operationId = "exportChequeShares",
      summary = "Whose cents a cheque is, as a file: the shares of readChequeHistory")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  void exportChequeShares(
      Actor actor,
      @Parameter(
              description =
                  "The serial with or without hyphen; the check part is not needed, and dropped if"
                      + " given")
          @PathVariable
          String serial,
      TableDownload to)
      throws IOException {
    ChequeHistory read = readChequeHistory(actor, serial, null, null, null);
    to.send(
        ToldCaveats.beside(SHARES, read.caveats()),
        read.shares()::forEach,
        "financement-" + read.serial());
  }

  @GetMapping("/api/cheques/{serial}/postings")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE})
  @Operation(
      operationId = "readChequePostings",
      summary = "Where one cheque's cents are in the accounts, and the receipts that funded it",
      description =
          """
          Fact by fact: the postings that hold its cents, each as readPostings lists it, with what \
          it is about: order, activation, delivery, slip, settlement run, transfer, credit note. A fact is \
          about many cheques: of each posting, `shares` are this one's. `receipts` are the money that its \
          activation could draw on, the last 50 of an agreement and its owner, whose cash is one pool. \
          `transfers` are the transfers of funds that brought some of it from other agreements \
          (`fromAgreement`), whose receipts until then are among them, and so on back, through 50 \
          agreements and owners; `moneyLeftOut` says how many are not told. A \
          funder reads its own cents, a venue its own accounts; what another funder repaid to it by \
          a transfer is told without where that came from.\
          """)
  ChequePostings readChequePostings(
      Actor actor,
      @Parameter(
              description =
                  "The serial with or without hyphen; the check part is not needed, and dropped if"
                      + " given")
          @PathVariable
          String serial,
      @Parameter(description = ShownBefore.OF_OTHERS) @RequestParam(required = false)
          @Nullable RebuildId shownBefore) {
    Serial asked = AskedSerial.parse(serial);
    ChequePostingsQuery shown =
        postings.of(
            new ShownBefore(shownBefore)
                .generation(reader, "registers", "claims", HistoriesProjection.NAME, "accounts"));
    runners.awaitHead(PATIENCE, "registers", "claims", HistoriesProjection.NAME, "accounts");
    return runners.present(
        () -> shown.find(asked, actor),
        "cheque " + asked,
        "registers",
        "claims",
        HistoriesProjection.NAME);
  }
}
