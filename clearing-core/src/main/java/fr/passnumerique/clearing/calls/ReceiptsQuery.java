package fr.passnumerique.clearing.calls;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.calls.Receipts.Receipt;
import fr.passnumerique.clearing.calls.Receipts.Row;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.ledger.ReadLock;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The money received from funders. A funder reads its own. */
public final class ReceiptsQuery {
  private final CallsRegister register;
  private final ReadLock registers;

  ReceiptsQuery(CallsRegister register, ReadLock registers) {
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

  /**
   * The newest of them.
   *
   * @throws fr.passnumerique.clearing.http.Problem 404 if what is named is not known to the actor
   */
  public Rows newest(Actor actor, @Nullable AgreementId agreement, int limit) {
    return newest(asked(actor, agreement, null), null, limit);
  }

  /** What a clerk has recorded of this amount and the bank has not shown, the oldest first. */
  public List<Row> waiting(long cents) {
    return registers.read(
        () ->
            register.receipts().all().stream()
                .filter(receipt -> receipt.state() == Receipts.State.RECORDED)
                .filter(receipt -> receipt.fact().amountCents() == cents)
                .map(receipt -> Receipts.row(receipt, register.called()))
                .toList());
  }

  AskedShares asked(Actor actor, @Nullable AgreementId agreement, @Nullable FunderId funder) {
    return AskedShares.of(actor, agreement, funder, register, registers);
  }

  Rows newest(AskedShares asked, @Nullable Long before, int limit) {
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
