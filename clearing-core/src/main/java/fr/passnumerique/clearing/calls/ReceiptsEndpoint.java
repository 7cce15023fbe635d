package fr.passnumerique.clearing.calls;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.calls.Receipts.Receipt;
import fr.passnumerique.clearing.calls.Receipts.Row;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.ledger.ReadLock;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of money received from funders. A funder reads its own. */
@RestController
@RequestMapping("/api/receipts")
public final class ReceiptsEndpoint {
  private static final int LONGEST_PAGE = 1_000;

  private static final Table<Row> TABLE =
      Table.<Row>of()
          .code("receipt", "Encaissement", row -> row.receipt().value())
          .count("position", "Position", Row::position)
          .code("agreement", "Convention", row -> row.agreement().value())
          .code("funder", "Financeur", row -> row.funder().value())
          .cents("amountCents", "Montant", Row::amountCents)
          .day("valueDate", "Date de valeur", Row::valueDate)
          .text("state", "État", row -> row.state().name())
          .code("reference", "Référence", row -> row.reference().orElse(null))
          .code("entry", "Mouvement bancaire", row -> row.entry().orElse(null))
          .day("bookedOn", "Comptabilisé le", row -> row.bookedOn().orElse(null))
          .code(
              "preFinancier",
              "Rembourse le préfinanceur",
              row -> row.repaid().map(back -> back.preFinancier().value()).orElse(null))
          .cents(
              "repaidCents",
              "Montant remboursé",
              row -> row.repaid().map(FundsReceived.Repaid::cents).orElse(0L))
          .code(
              "calls",
              "Appels soldés",
              row ->
                  row.calls().stream()
                      .map(Receipts.Settled::call)
                      .collect(Collectors.joining("|")));

  private final CallsRegister register;
  private final ReadLock registers;

  ReceiptsEndpoint(CallsRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /**
   * @param receipts a page, the newest first
   * @param next what the next page begins before; left out on the last
   */
  @Schema(name = "ReceiptList")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Rows(List<Row> receipts, Optional<Long> next) {}

  @GetMapping
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  @Operation(
      operationId = "readReceipts",
      summary = "The money received from funders, the newest first, and what it was matched to",
      description =
          """
          `state`: BOOKED by the bank (`entry`), RECORDED by a clerk and not told by the bank yet, \
          TAKEN_BACK. `calls` are the calls for funds that it settled, and how many cents of each; \
          what comes beyond them is credit of the funder like any other. A funder reads its own. \
          Money that nothing explains yet is readUnmatchedEntries'.\
          """)
  public Rows readReceipts(
      Actor actor,
      @Parameter(description = "Only this agreement's") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only this funder's") @RequestParam(required = false)
          @Nullable FunderId funder,
      @Parameter(description = "What the page before names as next; left out for the newest")
          @RequestParam(required = false)
          @Nullable Long before,
      @Parameter(description = "Receipts a page, at most 1 000") @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    return newest(AskedShares.of(actor, agreement, funder, register, registers), before, limit);
  }

  @TableExport(
      path = "/export",
      operationId = "exportReceipts",
      summary = "The receipts of readReceipts as a file, all of them")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  void exportReceipts(
      Actor actor,
      @Parameter(description = "Only this agreement's") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only this funder's") @RequestParam(required = false)
          @Nullable FunderId funder,
      TableDownload to)
      throws IOException {
    AskedShares asked = AskedShares.of(actor, agreement, funder, register, registers);
    to.send(
        TABLE,
        row ->
            NewestPage.each(
                before -> newest(asked, before, LONGEST_PAGE), Rows::receipts, Rows::next, row),
        "encaissements");
  }

  private Rows newest(AskedShares asked, @Nullable Long before, int limit) {
    NewestPage<Receipt> page =
        NewestPage.of(
            registers.read(() -> register.receipts().all()).reversed().stream()
                .filter(each -> asked.concern(each.fact().agreement(), each.fact().funder())),
            Receipt::position,
            before,
            limit);
    return new Rows(rows(page.rows()), page.next());
  }

  private List<Row> rows(List<Receipt> found) {
    return registers.read(
        () -> found.stream().map(receipt -> Receipts.row(receipt, register.called())).toList());
  }
}
