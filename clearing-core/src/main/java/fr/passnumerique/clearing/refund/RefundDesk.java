package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.payee.OpenedAccount;
import fr.passnumerique.clearing.settlement.TransferFiles;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the files of refunds. Safe for any threads. */
final class RefundDesk {
  private final RefundRegister register;
  private final ReadLock registers;
  private final Vault vault;
  private final TransferFiles files;

  RefundDesk(RefundRegister register, ReadLock registers, Vault vault, TransferFiles files) {
    this.register = register;
    this.registers = registers;
    this.vault = vault;
    this.files = files;
  }

  /**
   * The file that orders an order's transfers, but for those that had an end when it was handed out
   * for the first time: the same bytes whenever it is made from then on. It reads the IBANs: who
   * calls this must be one who may, and is to be kept with the order.
   *
   * @param leftOut what it does not order
   * @throws Problem 404, or 409 if it may not go to the bank or no file can be made
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record File(String messageId, byte[] bytes, List<TransferId> leftOut) {}

  File file(RefundOrderId id) {
    record Known(
        RefundsOrdered fact, RefundsReleased released, Instant at, List<TransferId> leftOut) {
      List<RefundsOrdered.Transfer> ordered() {
        return fact.transfers().stream()
            .filter(transfer -> !leftOut.contains(transfer.transfer()))
            .toList();
      }
    }
    String what = "refund order " + id;
    Known known =
        registers
            .find(
                what,
                () ->
                    Optional.ofNullable(register.order(id))
                        .map(
                            order -> {
                              List<TransferId> leftOut = register.leftOut(order);
                              Refusal refusal = DownloadRefundFileDecision.unreleased(order);
                              if (refusal == null) {
                                refusal = DownloadRefundFileDecision.ended(order, leftOut);
                              }
                              if (refusal != null) {
                                throw Problem.of(refusal);
                              }
                              return new Known(
                                  order.fact(),
                                  order.released().orElseThrow(),
                                  order.releasedOn().orElseThrow(),
                                  leftOut);
                            }))
            .orElseThrow(() -> Problem.notFound(what));
    Map<VaultReference, Map<String, String>> entries =
        vault.openAll(known.ordered().stream().map(RefundsOrdered.Transfer::account).toList());
    List<TransferFiles.Payment> payments = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (RefundsOrdered.Transfer transfer : known.ordered()) {
      Optional<Map<String, String>> entry = Optional.ofNullable(entries.get(transfer.account()));
      entry.ifPresentOrElse(
          account -> payments.add(payment(transfer, account)),
          () ->
              faults.add(
                  Fault.of(
                      "transferId",
                      transfer.transfer().value(),
                      "the account of this transfer was erased from the vault",
                      "cancel the order if its file was never handed out, and refund this note by"
                          + " hand; else send the copy you have")));
    }
    if (!faults.isEmpty()) {
      throw new Problem(
          409,
          "ACCOUNT_ERASED",
          "the accounts of %d transfers of refund order %s were erased from the vault"
              .formatted(faults.size(), id),
          faults);
    }
    String message = RefundFile.messageId(id);
    return new File(
        message,
        files.of(message, known.released().executionOn(), known.at(), payments),
        known.leftOut());
  }

  private static TransferFiles.Payment payment(
      RefundsOrdered.Transfer transfer, Map<String, String> account) {
    return new TransferFiles.Payment(
        transfer.transfer(),
        transfer.amountCents(),
        account.getOrDefault(OpenedAccount.IBAN, ""),
        account.getOrDefault(OpenedAccount.HOLDER, ""),
        "Pass numerique avoir " + transfer.creditNote());
  }
}
