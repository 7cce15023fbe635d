package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.refund.RefundRegister.Order;
import fr.passnumerique.clearing.settlement.TransferFiles;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.SepaIban;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes funders' IBANs to the vault, and makes the files of refunds. Safe for any threads. */
final class RefundDesk {
  /** The vault's kind of entry. */
  private static final String ACCOUNT = "account";

  /** ISO 20022: {@code Max70Text} of a SEPA credit transfer's creditor. */
  private static final int LONGEST_HOLDER = 70;

  /** Stands for an entry that is not sealed yet. Only rehearsed, never recorded. */
  private static final VaultReference UNSEALED = new VaultReference("unsealed");

  private final Commands commands;
  private final RefundRegister register;
  private final ReadLock registers;
  private final Vault vault;
  private final TransferFiles files;

  RefundDesk(
      Commands commands,
      RefundRegister register,
      ReadLock registers,
      Vault vault,
      TransferFiles files) {
    this.commands = commands;
    this.register = register;
    this.registers = registers;
    this.vault = vault;
    this.files = files;
  }

  /**
   * Nothing is sealed of an account that is refused, nor in a dry run.
   *
   * @throws Problem 400 for an IBAN or a holder that a transfer could not name, or the refusal
   */
  Outcome.Recorded<FunderAccountProposed> propose(
      FunderId funder, String iban, String holder, boolean dryRun, Actor by) {
    String account = SepaIban.require(iban);
    String name = requireHolder(holder);
    String fingerprint = vault.fingerprint(account);
    Outcome.Recorded<FunderAccountProposed> tried =
        Problem.recorded(
            commands.rehearse(
                new ProposeFunderAccount(funder, UNSEALED, fingerprint, by.account())));
    if (dryRun) {
      return tried;
    }
    VaultReference reference =
        vault.seal(
            "funder:" + funder,
            ACCOUNT,
            Map.of(FunderAccountProposed.IBAN, account, FunderAccountProposed.HOLDER, name));
    return Problem.recorded(
        commands.send(new ProposeFunderAccount(funder, reference, fingerprint, by.account()), by));
  }

  private static String requireHolder(String holder) {
    String name = holder.strip();
    if (!ReadableText.fits(name, LONGEST_HOLDER)) {
      String message =
          "the holder's name has 1 to %d visible characters on one line".formatted(LONGEST_HOLDER);
      String remedy = "write it as on the RIB, shortened if need be";
      throw Problem.badRequest(
          "INVALID_HOLDER",
          message + "; " + remedy,
          List.of(Fault.of("holder", "", message, remedy)));
    }
    return name;
  }

  /**
   * The file that orders an order's transfers, the same bytes whenever it is made. It reads the
   * IBANs: who calls this must be one who may, and is to be kept with the order.
   *
   * @throws Problem 404, or 409 if it may not go to the bank or no file can be made
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record File(String messageId, byte[] bytes) {}

  File file(RefundOrderId id) {
    record Known(RefundsOrdered fact, RefundsReleased released, Instant at) {}
    Known known =
        registers.read(
            () -> {
              Order order = register.order(id);
              if (order == null) {
                throw Problem.notFound("refund order " + id);
              }
              Refusal unreleased = DownloadRefundFileDecision.unreleased(order);
              if (unreleased != null) {
                throw Problem.of(unreleased);
              }
              return new Known(
                  order.fact(), order.released().orElseThrow(), order.releasedOn().orElseThrow());
            });
    Map<VaultReference, Map<String, String>> entries =
        vault.openAll(
            known.fact().transfers().stream().map(RefundsOrdered.Transfer::account).toList());
    List<TransferFiles.Payment> payments = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (RefundsOrdered.Transfer transfer : known.fact().transfers()) {
      Optional<Map<String, String>> entry = Optional.ofNullable(entries.get(transfer.account()));
      entry.ifPresentOrElse(
          account -> payments.add(payment(transfer, account)),
          () ->
              faults.add(
                  Fault.of(
                      "transferId",
                      transfer.transfer().value(),
                      "the account of this transfer was erased from the vault",
                      "refund this note by hand")));
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
        message, files.of(message, known.released().executionOn(), known.at(), payments));
  }

  private static TransferFiles.Payment payment(
      RefundsOrdered.Transfer transfer, Map<String, String> account) {
    return new TransferFiles.Payment(
        transfer.transfer(),
        transfer.amountCents(),
        account.getOrDefault(FunderAccountProposed.IBAN, ""),
        account.getOrDefault(FunderAccountProposed.HOLDER, ""),
        "Pass numerique avoir " + transfer.creditNote());
  }
}
