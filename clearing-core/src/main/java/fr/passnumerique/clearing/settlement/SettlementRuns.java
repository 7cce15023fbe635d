package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.settlement.CreditTransferFile.Creditor;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds recorded runs again, and makes their files. Safe for any number of threads. */
public final class SettlementRuns {
  /** Transfers that are looked at under the registers' lock at once. */
  private static final int AT_ONCE = 500;

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
    return registers
        .find("settlement run " + id, () -> Optional.ofNullable(register.run(id)))
        .map(
            run -> {
              SettlementRunOpened opened = opening(run);
              return new Found(
                  SettlementRun.of(opened, registers.read(() -> known(opened))), run.position());
            });
  }

  public boolean isKnown(SettlementRunId id) {
    return registers
        .find("settlement run " + id, () -> Optional.ofNullable(register.run(id)))
        .isPresent();
  }

  /**
   * A run with some of its transfers. Of the facts that it is recorded in, the first and those that
   * order these are read.
   *
   * @param after how many of its transfers come before these; 0 or more
   * @param limit how many are told, at most; 0 or more
   * @return empty if there is no such run
   */
  public Optional<RunPage> page(SettlementRunId id, int after, int limit) {
    return registers
        .find("settlement run " + id, () -> Optional.ofNullable(register.run(id)))
        .map(run -> page(run, after, limit));
  }

  private RunPage page(Run run, int after, int limit) {
    int count = run.transfers().size();
    int end = (int) Math.min(count, (long) after + limit);
    SettlementRunOpened opened = opening(run, Math.min(after, end), end);
    long lateCents = lateCents(run, executionOn(run, opened.executionOn()));
    return registers.read(
        () ->
            new RunPage(
                SettlementRun.of(opened, known(opened), run.amountCents(), lateCents),
                run.position(),
                run.openedAt(),
                count,
                register.count(run.id()).waiting(),
                inFile(run),
                end < count ? Optional.of(end) : Optional.empty()));
  }

  private SettlementRunOpened opening(Run run, int from, int to) {
    SettlementRunOpened opened = (SettlementRunOpened) fact(run, 0);
    List<SettlementRunOpened.Transfer> transfers = new ArrayList<>(to - from);
    run.piecesOf(from, to)
        .forEach(
            piece -> {
              int first = run.pieces().get(piece).first();
              List<SettlementRunOpened.Transfer> ordered =
                  ordered(piece == 0 ? opened : fact(run, piece));
              transfers.addAll(
                  ordered.subList(Math.max(0, from - first), Math.min(ordered.size(), to - first)));
            });
    return opened.with(List.copyOf(transfers), Optional.empty());
  }

  private Fact fact(Run run, int piece) {
    return ledger.read(run.position() + piece - 1, 1).getFirst().fact();
  }

  private static List<SettlementRunOpened.Transfer> ordered(Fact fact) {
    return switch (fact) {
      case SettlementRunOpened f -> f.transfers();
      case SettlementRunContinued f -> f.transfers();
      default -> throw new IllegalStateException("fact %s orders no transfer".formatted(fact));
    };
  }

  /** Of all its transfers, some at a time: it may have many thousands, and every fold waits. */
  private long lateCents(Run run, LocalDate executionOn) {
    List<TransferId> all = run.transfers();
    long cents = 0;
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<TransferId> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
      cents += registers.read(() -> SettlementRun.lateCents(late(some, executionOn)));
    }
    return cents;
  }

  /** Once it was handed out it stays as it was then: but for what had an end before. */
  private RunPage.InFile inFile(Run run) {
    List<HandedOut.Download> downloads = register.handedOut().of(run.id());
    if (downloads.isEmpty()) {
      Transfers.Count count = register.count(run.id());
      return new RunPage.InFile(count.waitingCents(), count.waiting());
    }
    List<TransferId> leftOut = downloads.getFirst().leftOut();
    return new RunPage.InFile(
        run.amountCents()
            - leftOut.stream()
                .flatMap(id -> Optional.ofNullable(register.order(id)).stream())
                .mapToLong(Transfer.Ordered::amountCents)
                .sum(),
        run.transfers().size() - leftOut.size());
  }

  /**
   * One transfer of a run, and where it stands now.
   *
   * @param ordered as its run ordered it
   * @param released whether its run is
   * @param handedOut whether the bank may have its run's file
   * @param executionOn the day on which the bank was, or is to be, asked to pay
   * @param position of the fact that ordered it
   */
  public record FoundTransfer(
      SettlementRun.Order order,
      SettlementRunOpened.Transfer ordered,
      boolean released,
      boolean handedOut,
      LocalDate executionOn,
      long position) {}

  /**
   * Of the facts that the run is recorded in, only the one that orders the transfer is read.
   *
   * @return empty if there is no such run, or it has no such transfer
   */
  public Optional<FoundTransfer> find(SettlementRunId id, TransferId transfer) {
    return registers
        .find(
            "transfer %s of settlement run %s".formatted(transfer, id),
            () -> Optional.ofNullable(register.run(id)).flatMap(run -> run.ordersAt(transfer)))
        .map(position -> found(id, transfer, position));
  }

  private FoundTransfer found(SettlementRunId id, TransferId transfer, long position) {
    Fact fact = ledger.read(position - 1, 1).getFirst().fact();
    return switch (fact) {
      case SettlementRunOpened f ->
          found(id, one(f.transfers(), transfer), f.executionOn(), position);
      case SettlementRunContinued f ->
          found(id, one(f.transfers(), transfer), f.executionOn(), position);
      default ->
          throw new IllegalStateException(
              "fact %d orders no transfer of run %s".formatted(position, id));
    };
  }

  private FoundTransfer found(
      SettlementRunId id, SettlementRunOpened.Transfer ordered, LocalDate asked, long position) {
    return registers.read(
        () -> {
          Run run = Optional.ofNullable(register.run(id)).orElseThrow();
          LocalDate executionOn = executionOn(run, asked);
          List<TransferId> alone = List.of(ordered.transfer());
          SettlementRun.Known known =
              new SettlementRun.Known(
                  run.stage(),
                  register.transfers(alone),
                  presentedOn(run.programme(), List.of(ordered)),
                  late(alone, executionOn),
                  Set.of(),
                  Map.of(),
                  List.of());
          return new FoundTransfer(
              SettlementRun.order(ordered, known),
              ordered,
              run.released().isPresent(),
              register.handedOut().isHandedOut(run),
              executionOn,
              position);
        });
  }

  private static SettlementRunOpened.Transfer one(
      List<SettlementRunOpened.Transfer> transfers, TransferId id) {
    return transfers.stream()
        .filter(transfer -> transfer.transfer().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static LocalDate executionOn(Run run, LocalDate asked) {
    return run.released().map(Stage.Released::executionOn).orElse(asked);
  }

  /**
   * What answers an opening that is sent again: the run as it was opened, or that it was cancelled
   * since: whoever sends it again would wait for a run that never comes.
   */
  SettlementRun openedBefore(SettlementRunId id) {
    return find(id)
        .map(Found::run)
        .filter(run -> run.stage() == SettlementRun.Stage.CANCELLED)
        .orElseGet(() -> asOpened(opening(id)));
  }

  /** A run as it was opened, or would be: with nothing that came after. */
  SettlementRun asOpened(SettlementRunOpened opened) {
    return SettlementRun.of(
        opened,
        registers.read(
            () ->
                new SettlementRun.Known(
                    new Stage.Opened(),
                    Map.of(),
                    presentedOn(opened.programme(), opened.transfers()),
                    lateAsOpened(opened),
                    Set.of(),
                    claims(opened),
                    List.of())));
  }

  private SettlementRun.Known known(SettlementRunOpened opened) {
    Run run = Optional.ofNullable(register.run(opened.run())).orElseThrow();
    List<TransferId> transfers =
        opened.transfers().stream().map(SettlementRunOpened.Transfer::transfer).toList();
    return new SettlementRun.Known(
        run.stage(),
        register.transfers(transfers),
        presentedOn(opened.programme(), opened.transfers()),
        late(transfers, executionOn(run, opened.executionOn())),
        register.netted(run.id()).stream()
            .filter(Nettings.Netted::undone)
            .map(Nettings.Netted::netting)
            .collect(Collectors.toSet()),
        claims(opened),
        register.handedOut().of(run.id()));
  }

  /** By position of the slip's fact. */
  private Map<Long, LocalDate> presentedOn(
      ProgrammeId programme, List<SettlementRunOpened.Transfer> transfers) {
    Map<Long, LocalDate> days = new HashMap<>();
    for (SettlementRunOpened.Transfer transfer : transfers) {
      Transfer.Ordered order = register.order(transfer.transfer());
      if (order != null) {
        order.taken().forEach(lines -> days.put(lines.position(), lines.presentedOn()));
        continue;
      }
      // Of a dry run, or of a run that was cancelled.
      for (SettlementRunOpened.PaidSlip slip : transfer.slips()) {
        Unpaid owed = register.unpaid(programme, slip.position());
        if (owed != null) {
          days.put(slip.position(), owed.presentedOn());
        }
      }
    }
    return days;
  }

  private Map<SettlementRun.SlipOfTransfer, Long> late(
      List<TransferId> transfers, LocalDate executionOn) {
    Map<SettlementRun.SlipOfTransfer, Long> late = new HashMap<>();
    for (TransferId transfer : transfers) {
      Transfer.Ordered order = register.order(transfer);
      if (order != null) {
        register
            .lateCents(transfer, order, executionOn)
            .forEach(
                (slip, cents) -> late.put(new SettlementRun.SlipOfTransfer(transfer, slip), cents));
      }
    }
    return late;
  }

  private Map<SettlementRun.SlipOfTransfer, Long> lateAsOpened(SettlementRunOpened opened) {
    Map<Long, LocalDate> presentedOn = presentedOn(opened.programme(), opened.transfers());
    Map<SettlementRun.SlipOfTransfer, Long> late = new HashMap<>();
    for (SettlementRunOpened.Transfer transfer : opened.transfers()) {
      for (SettlementRunOpened.PaidSlip slip : transfer.slips()) {
        LocalDate day = presentedOn.get(slip.position());
        if (day != null && PaymentTarget.isLate(day, opened.executionOn())) {
          late.put(
              new SettlementRun.SlipOfTransfer(transfer.transfer(), slip.position()), slip.cents());
        }
      }
    }
    return late;
  }

  private Map<Serial, Claim> claims(SettlementRunOpened opened) {
    Map<Serial, Claim> claims = new HashMap<>();
    for (Netting netting : opened.nettings()) {
      for (Serial cheque : netting.claims()) {
        Claim claim = register.claim(cheque);
        if (claim != null) {
          claims.put(cheque, claim);
        }
      }
    }
    return claims;
  }

  /**
   * A run as it was opened, whole.
   *
   * @throws IllegalStateException if there is no such run
   */
  SettlementRunOpened opening(SettlementRunId id) {
    return opening(
        registers
            .read(() -> Optional.ofNullable(register.run(id)))
            .orElseThrow(() -> new IllegalStateException("run %s was not opened".formatted(id))));
  }

  /**
   * What is owed again since a run is cancelled, or would be: its transfers but for those that the
   * bank debited all the same, and what it nets. Of a released run that is what is undone, of
   * another all that it was to net.
   */
  long againCents(SettlementRunCancelled cancelled) {
    SettlementRunOpened opened = opening(cancelled.run());
    boolean released =
        registers.read(() -> register.knownRun(cancelled.run()).released().isPresent());
    return opened.transfers().stream()
            .filter(transfer -> !cancelled.kept().contains(transfer.transfer()))
            .mapToLong(SettlementRunOpened.Transfer::amountCents)
            .sum()
        + (released ? cancelled.nettings() : opened.nettings())
            .stream().mapToLong(Netting::cents).sum();
  }

  /** The position of a run's first fact. */
  long position(SettlementRunId id) {
    return registers.read(
        () -> Optional.ofNullable(register.run(id)).map(Run::position).orElseThrow());
  }

  private SettlementRunOpened opening(Run run) {
    List<RecordedFact> facts = ledger.read(run.position() - 1, run.facts());
    SettlementRunOpened opened = (SettlementRunOpened) facts.getFirst().fact();
    List<SettlementRunOpened.Transfer> transfers = new ArrayList<>(opened.transfers());
    for (RecordedFact further : facts.subList(1, facts.size())) {
      transfers.addAll(((SettlementRunContinued) further.fact()).transfers());
    }
    return opened.with(List.copyOf(transfers), Optional.empty());
  }

  /**
   * The file that orders a run's transfers, but for those that had an end when it was handed out
   * for the first time: the same bytes whenever it is made from then on. It reads the IBANs: who
   * calls this must be one who may, and is to be kept with the run.
   *
   * @return empty if there is no such run
   * @throws Problem 409 {@code RUN_NOT_RELEASED} or {@code RUN_CANCELLED} if it may not go to the
   *     bank, {@code NOTHING_TO_TRANSFER} if all that it took is netted, {@code TRANSFER_ENDED} if
   *     nothing is left to order, {@code OPERATOR_ACCOUNT_MISSING} if the account to pay from is
   *     not configured, {@code ACCOUNT_ERASED} if the vault cannot tell an IBAN any more
   */
  Optional<File> creditTransferFile(SettlementRunId id) {
    return registers
        .find("settlement run " + id, () -> Optional.ofNullable(register.run(id)))
        .map(this::file);
  }

  /**
   * @param messageId by which the bank tells a file sent twice
   * @param leftOut what it does not order
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record File(String messageId, byte[] bytes, List<TransferId> leftOut) {}

  private File file(Run known) {
    List<TransferId> leftOut = registers.read(() -> register.leftOut(known));
    EndOfTransfer.refusalOfUnreleased(known)
        .or(() -> EndOfTransfer.refusalOfNothing(known))
        .or(() -> DownloadCreditTransferFileDecision.refusalOfEnded(known, leftOut))
        .ifPresent(
            refusal -> {
              throw Problem.of(refusal);
            });
    if (!(known.stage() instanceof Stage.Released released)) {
      throw new IllegalStateException("run %s got past RUN_NOT_RELEASED".formatted(known.id()));
    }
    SettlementRunOpened run = without(opening(known), leftOut);
    OperatorAccount payer = operator.orElseThrow(SettlementRuns::noOperatorAccount);
    Map<VaultReference, Map<String, String>> entries =
        vault.openAll(run.transfers().stream().map(SettlementRunOpened.Transfer::account).toList());
    List<Creditor> creditors = new ArrayList<>(run.transfers().size());
    List<Fault> faults = new ArrayList<>();
    for (SettlementRunOpened.Transfer transfer : run.transfers()) {
      Optional<Creditor> creditor =
          Optional.ofNullable(entries.get(transfer.account()))
              .flatMap(entry -> creditor(entry, address(run, transfer)));
      creditor.ifPresentOrElse(
          creditors::add,
          () ->
              faults.add(
                  Fault.of(
                      "transferId",
                      transfer.transfer().value(),
                      "the account of this transfer was erased from the vault",
                      "cancel the run if its file was never handed out, and open the accounts"
                          + " again; else send the copy you have")));
    }
    if (!faults.isEmpty()) {
      throw new Problem(
          409,
          "ACCOUNT_ERASED",
          "the accounts of %d transfers of run %s were erased from the vault; no file can be made"
              .formatted(faults.size(), run.run()),
          faults);
    }
    return new File(
        BankText.idOf(run.run()),
        CreditTransferFile.of(run, released.executionOn(), released.at(), payer, creditors),
        leftOut);
  }

  private static SettlementRunOpened without(SettlementRunOpened run, List<TransferId> leftOut) {
    Set<TransferId> these = Set.copyOf(leftOut);
    return run.with(
        run.transfers().stream().filter(one -> !these.contains(one.transfer())).toList(),
        Optional.empty());
  }

  /** Of the first of the venues that share the IBAN: the one that is listed in the run. */
  private Optional<CreditorAddress> address(
      SettlementRunOpened run, SettlementRunOpened.Transfer transfer) {
    return registers.read(() -> register.address(transfer.slips().getFirst().venue(), run.run()));
  }

  private static Optional<Creditor> creditor(
      Map<String, String> entry, Optional<CreditorAddress> address) {
    String iban = entry.get(VenueAccountOpened.IBAN);
    String holder = entry.get(VenueAccountOpened.HOLDER);
    return iban == null || holder == null
        ? Optional.empty()
        : Optional.of(new Creditor(iban, holder, address));
  }

  static Problem noOperatorAccount() {
    String message = "the operator's account, from which transfers are paid, is not configured";
    String remedy = "set pass.operator.name and pass.operator.iban and start the node again";
    return new Problem(
        409,
        "OPERATOR_ACCOUNT_MISSING",
        message + "; " + remedy,
        List.of(Fault.of("", "", message, remedy)));
  }
}
