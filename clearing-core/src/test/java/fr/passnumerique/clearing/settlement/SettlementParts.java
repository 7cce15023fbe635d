package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.FixtureReader;
import fr.passnumerique.clearing.ledger.RefusalCode;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The capability's register and deciders, for tests of what several capabilities do together. */
public final class SettlementParts {
  public static final RefusalCode NOTHING_TO_TRANSFER = SettlementRefusal.NOTHING_TO_TRANSFER;
  public static final RefusalCode NETTING_CONTESTED = SettlementRefusal.NETTING_CONTESTED;

  private final SettlementRegister register = new SettlementRegister();

  public Register register() {
    return new SlipsPlaced(register);
  }

  public List<Decider<?, ?>> deciders() {
    return List.of(
        new SetSettlementCalendarDecision(register),
        new OpenSettlementRunDecision(register, DoubtfulTransfers.NONE),
        new ReleaseSettlementRunDecision(register, DoubtfulTransfers.NONE),
        new CancelSettlementRunDecision(register, DoubtfulTransfers.NONE),
        new DownloadCreditTransferFileDecision(register, DoubtfulTransfers.NONE),
        new ConfirmTransferDecision(register, DoubtfulTransfers.NONE),
        new RejectTransferDecision(register));
  }

  /** Paid from an account that the operator has. */
  public static TransferFiles files() {
    return new TransferFiles(
        Optional.of(OperatorAccount.of("Opérateur", "FR1420041010050500013M02606", "", "")));
  }

  public static DownloadCreditTransferFile download(String run, String... leftOut) {
    return new DownloadCreditTransferFile(
        new SettlementRunId(run),
        "clerk-1",
        run,
        "sha",
        Arrays.stream(leftOut).map(TransferId::new).toList());
  }

  /** The code with which a run's file is refused; empty if there is one. */
  public String fileRefusal(String run, DecisionFixture ledger) {
    try {
      new SettlementRuns(
              register, Supplier::get, new FixtureReader(ledger), new NoVault(), Optional.empty())
          .creditTransferFile(new SettlementRunId(run));
      return "";
    } catch (Problem refused) {
      return refused.code();
    }
  }

  /** A run as it is told to the clerk. */
  public SettlementRun read(String run, DecisionFixture ledger) {
    return new SettlementRuns(
            register, Supplier::get, new FixtureReader(ledger), new NoVault(), Optional.empty())
        .find(new SettlementRunId(run))
        .orElseThrow()
        .run();
  }

  /** What is told to be owed again since a run is cancelled, or would be. */
  public long againCents(SettlementRunCancelled cancelled, DecisionFixture ledger) {
    return new SettlementRuns(
            register, Supplier::get, new FixtureReader(ledger), new NoVault(), Optional.empty())
        .againCents(cancelled);
  }

  public LineMoney money() {
    return new LineMoney(register);
  }

  public BankWord word() {
    return new BankWord(register);
  }

  /** What is owed and in no run. */
  public long unpaidCents(ProgrammeId programme) {
    return register.unpaid(programme).stream().mapToLong(Unpaid::cents).sum();
  }

  /** Where the money of a slip is. */
  public List<SlipPart> slip(long position) {
    return SlipMoney.of(register, position);
  }

  /** What is unpaid after its last day, by going through everything. */
  public long unpaidLateCents(LocalDate day) {
    long cents = 0;
    for (ProgrammeId programme : register.programmes()) {
      for (Unpaid owed : register.unpaid(programme)) {
        cents += PaymentTarget.isLate(owed.presentedOn(), day) ? owed.cents() : 0;
      }
    }
    for (SettlementRegister.Run run : register.runs()) {
      for (TransferId id : run.transfers()) {
        if (register.transfer(id) instanceof Transfer.Ordered order) {
          for (Unpaid taken : order.taken()) {
            cents +=
                PaymentTarget.isLate(taken.presentedOn(), day)
                    ? register.unreversedCents(id, taken)
                    : 0;
          }
        }
      }
      if (run.stage() instanceof SettlementRegister.Stage.Opened) {
        for (Nettings.Netted netted : register.netted(run.id())) {
          for (Unpaid piece : netted.pieces()) {
            cents += PaymentTarget.isLate(piece.presentedOn(), day) ? piece.cents() : 0;
          }
        }
      }
    }
    return cents;
  }

  /** What is told to be paid late, or to be late: kind, slip, cents, days late. */
  public List<String> late(LocalDate asOf, LocalDate today) {
    return found(asOf, today).stream()
        .map(
            each ->
                "%s %s %d %d".formatted(each.kind(), each.slip(), each.cents(), each.daysLate()))
        .toList();
  }

  public long openLateCents(LocalDate asOf, LocalDate today) {
    return LatePaymentEndpoint.sum(found(asOf, today), LatePayment.Kind.OPEN_LATE);
  }

  private List<LatePayment> found(LocalDate asOf, LocalDate today) {
    return new LatePayments(register, Supplier::get)
        .find(
            new LatePayments.Asked(
                asOf, today, asOf.minusYears(1), Optional.empty(), Optional.empty()))
        .payments();
  }

  /** Holds nothing. */
  static final class NoVault implements Vault {
    @Override
    public VaultReference seal(String subject, String kind, Map<String, String> content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<VaultReference> find(String subject, String kind, Map<String, String> content) {
      return Optional.empty();
    }

    @Override
    public Optional<Map<String, String>> open(VaultReference reference) {
      return Optional.empty();
    }

    @Override
    public void erase(String subject) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String fingerprint(String value) {
      throw new UnsupportedOperationException();
    }
  }
}
