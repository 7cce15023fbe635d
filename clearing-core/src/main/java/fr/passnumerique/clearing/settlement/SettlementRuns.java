package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.settlement.CreditTransferFile.Creditor;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueAccountOpened;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds recorded runs again, and makes their files. Safe for any number of threads. */
public final class SettlementRuns {
  private final SettlementRegister register;
  private final ReadLock registers;
  private final LedgerReader ledger;
  private final Vault vault;
  private final Optional<OperatorAccount> operator;

  SettlementRuns(
      SettlementRegister register,
      ReadLock registers,
      LedgerReader ledger,
      Vault vault,
      Optional<OperatorAccount> operator) {
    this.register = register;
    this.registers = registers;
    this.ledger = ledger;
    this.vault = vault;
    this.operator = operator;
  }

  /**
   * A run and where its transfers stand now.
   *
   * @param position of the run's fact
   */
  public record Found(SettlementRun run, long position) {}

  public Optional<Found> find(SettlementRunId id) {
    record Known(long position, Map<TransferId, Transfer> ends) {}
    Optional<Known> known =
        registers.read(
            () ->
                Optional.ofNullable(register.run(id))
                    .map(run -> new Known(run.position(), register.transfers(run))));
    return known.map(
        run ->
            new Found(
                SettlementRun.of((SettlementRunOpened) recorded(run.position()).fact(), run.ends()),
                run.position()));
  }

  /**
   * The file that orders a run's transfers, the same bytes whenever it is made. It reads the IBANs:
   * who calls this must be one who may, and is to be logged.
   *
   * @return empty if there is no such run
   * @throws Problem 409 {@code OPERATOR_ACCOUNT_MISSING} if the account to pay from is not
   *     configured, {@code ACCOUNT_ERASED} if the vault cannot tell an IBAN any more
   */
  public Optional<byte[]> creditTransferFile(SettlementRunId id) {
    Optional<Run> run = registers.read(() -> Optional.ofNullable(register.run(id)));
    return run.map(known -> file(recorded(known.position())));
  }

  private byte[] file(RecordedFact recorded) {
    SettlementRunOpened run = (SettlementRunOpened) recorded.fact();
    OperatorAccount payer = operator.orElseThrow(SettlementRuns::noOperatorAccount);
    Map<VaultReference, Map<String, String>> entries =
        vault.openAll(run.transfers().stream().map(SettlementRunOpened.Transfer::account).toList());
    List<Creditor> creditors = new ArrayList<>(run.transfers().size());
    List<Fault> faults = new ArrayList<>();
    for (SettlementRunOpened.Transfer transfer : run.transfers()) {
      Optional<Creditor> creditor =
          Optional.ofNullable(entries.get(transfer.account())).flatMap(SettlementRuns::creditor);
      creditor.ifPresentOrElse(
          creditors::add,
          () ->
              faults.add(
                  Fault.of(
                      "transferId",
                      transfer.transfer().value(),
                      "the account of this transfer was erased from the vault",
                      "pay this transfer's venues by hand, or reject it and open their accounts"
                          + " again")));
    }
    if (!faults.isEmpty()) {
      throw new Problem(
          409,
          "ACCOUNT_ERASED",
          "the accounts of %d transfers of run %s were erased from the vault; no file can be made"
              .formatted(faults.size(), run.run()),
          faults);
    }
    return CreditTransferFile.of(run, recorded.recordedAt(), payer, creditors);
  }

  private static Optional<Creditor> creditor(Map<String, String> entry) {
    String iban = entry.get(VenueAccountOpened.IBAN);
    String holder = entry.get(VenueAccountOpened.HOLDER);
    return iban == null || holder == null
        ? Optional.empty()
        : Optional.of(new Creditor(iban, holder));
  }

  private static Problem noOperatorAccount() {
    String message = "the operator's account, from which transfers are paid, is not configured";
    String remedy = "set pass.operator.name and pass.operator.iban and start the node again";
    return new Problem(
        409,
        "OPERATOR_ACCOUNT_MISSING",
        message + "; " + remedy,
        List.of(Fault.of("", "", message, remedy)));
  }

  private RecordedFact recorded(long position) {
    return ledger.read(position - 1, 1).getFirst();
  }
}
