package fr.passnumerique.clearing.cover;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.http.WhichMoment;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cover over HTTP. A funder reads its own cash. */
@RestController
@RequestMapping("/api")
final class CoverEndpoint {
  private final CoverQuery cover;

  CoverEndpoint(CoverQuery cover) {
    this.cover = cover;
  }

  @GetMapping("/cover")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  @Operation(
      operationId = "readCover",
      summary = "Is every euro owed covered by ring-fenced cash, per agreement and funder?",
      description =
          """
          Per agreement and owner of the cash (of a share paid on use, its pre-financier): \
          `cashCents` ≥ `requiredCents` = `outstandingCents` + `acceptedUnpaidCents` + \
          `dueBackCents`. `calledCents` is what has not come of open calls: no part of the cash. `state` of a \
          row is `COVERED` or `BREACH`, since which fact, and how much \
          is missing. The whole is `BREACH` if a row is, or if the bank took what nobody has \
          explained (`accountBreach`, since which fact; `breaches` counts rows alone, and the \
          total's cash is at most what the bank has left): a breach of a row blocks the activation of \
          its agreement's cheques, one of the account that of all; else `UNPROVEN` while the ledger does not have \
          every closing balance imported, else `COVERED`. Stands at \
          `position`; as of a moment it is folded again from the ledger, and says what it said then.\
          """)
  CoverRead readCover(
      Actor actor,
      @Parameter(description = "Only this agreement's cash") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only this funder's cash") @RequestParam(required = false)
          @Nullable FunderId funder,
      @Parameter(description = WhichMoment.AS_OF_POSITION) @RequestParam(required = false)
          @Nullable Long asOfPosition,
      @Parameter(description = WhichMoment.AS_OF) @RequestParam(required = false)
          @Nullable Instant asOf) {
    CoverQuery.Filter filter = cover.filter(actor, agreement, funder);
    return new WhichMoment(asOfPosition, asOf, null).ask(0, moment -> cover.read(filter, moment));
  }

  private static final Table<CoverRead.Row> TABLE =
      Table.<CoverRead.Row>of()
          .code("agreement", "Convention", CoverRead.Row::agreement)
          .code("funder", "Financeur", CoverRead.Row::funder)
          .text("state", "État", row -> row.state().name())
          .cents("cashCents", "Trésorerie", CoverRead.Row::cashCents)
          .cents("outstandingCents", "Chèques en circulation", CoverRead.Row::outstandingCents)
          .cents("acceptedUnpaidCents", "Accepté non payé", CoverRead.Row::acceptedUnpaidCents)
          .cents("inTransitCents", "Dont virements en cours", CoverRead.Row::inTransitCents)
          .cents("dueBackCents", "À restituer", CoverRead.Row::dueBackCents)
          .cents("requiredCents", "À couvrir", CoverRead.Row::requiredCents)
          .cents("marginCents", "Marge", CoverRead.Row::marginCents)
          .cents("missingCents", "Manque", CoverRead.Row::missingCents)
          .cents("calledCents", "Appelé non reçu", CoverRead.Row::calledCents);

  @TableExport(
      path = "/cover/export",
      operationId = "exportCover",
      summary = "The rows of readCover as a file, with the position in its name")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  void exportCover(
      Actor actor,
      @Parameter(description = "Only this agreement's cash") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only this funder's cash") @RequestParam(required = false)
          @Nullable FunderId funder,
      @Parameter(description = WhichMoment.AS_OF_POSITION) @RequestParam(required = false)
          @Nullable Long asOfPosition,
      @Parameter(description = WhichMoment.AS_OF) @RequestParam(required = false)
          @Nullable Instant asOf,
      TableDownload to)
      throws IOException {
    CoverQuery.Filter filter = cover.filter(actor, agreement, funder);
    CoverRead read =
        new WhichMoment(asOfPosition, asOf, null).ask(0, moment -> cover.read(filter, moment));
    to.send(TABLE, read.rows()::forEach, "couverture-" + read.position());
  }
}
