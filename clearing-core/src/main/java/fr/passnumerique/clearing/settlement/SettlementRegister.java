package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.payee.AccountsInForce;
import fr.passnumerique.clearing.payee.OpenedAccount;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalContested;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversalUpheld;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.PaymentDelays.TransferOrNetting;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.PaidSlip;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueListed;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What is owed to whom and not yet in a transfer, which account each venue is paid to, and where
 * the transfers stand. Holds the unpaid slips and those in transit; and of those that are paid, or
 * were rejected, which lines each transfer took, 8 bytes a line: see {@link Transfers}.
 */
final class SettlementRegister implements Register {
  private Instant recordedUpTo = Instant.EPOCH;

  /** Position of the last fact that moved money which was there before it. */
  private long movedAt;

  private final PresentedSlips slips = new PresentedSlips();
  private final ChequeCents cheques = new ChequeCents();
  private final Payables payables = new Payables(cheques);
  private final Claims claims = new Claims();

  /** Reversed lines whose value is on a credit note. */
  private final Set<Serial> credited = new HashSet<>();

  private final Nettings nettings = new Nettings();
  private final AccountsInForce accounts = new AccountsInForce();
  private final Calendars calendars = new Calendars();
  private final CreditorAddresses addresses = new CreditorAddresses();

  /** Runs whose files have the creditors' addresses. */
  private final Set<SettlementRunId> withAddresses = new HashSet<>();

  private final Map<ProgrammeId, Set<LocalDate>> cutOffs = new HashMap<>();
  private final Map<SettlementRunId, Run> runs = new HashMap<>();

  /** By the identification of their files at the bank. */
  private final Map<String, SettlementRunId> byMessage = new HashMap<>();

  private final Transfers transfers = new Transfers(slips);
  private final TransfersByVenue byVenue = new TransfersByVenue();

  /** The days on which they counted as paid and do no more, by a debit or the bank's word. */
  private final Map<TransferId, Set<LocalDate>> paymentsTakenBack = new HashMap<>();

  private final Set<TransferId> debitedAgain = new HashSet<>();

  /** Reinstated since: what follows says whether they had come back at all. */
  private final Map<TransferId, Transfer.Returned> cameBack = new HashMap<>();

  private final HandedOut handedOut = new HandedOut();
  private final PaymentDelays delays = new PaymentDelays();

  /** Runs that are neither released nor cancelled. */
  private final Set<SettlementRunId> unreleased = new LinkedHashSet<>();

  /**
   * @param position of its first fact
   * @param facts how many it is recorded in, in a row
   * @param openedBy empty for a run that nobody had to release
   * @param occasion why it was opened, unless by hand on a day of the programme's calendar
   * @param transfers in the run's order
   * @param pieces what each of its facts orders
   */
  record Run(
      SettlementRunId id,
      ProgrammeId programme,
      long position,
      int facts,
      Instant openedAt,
      Optional<String> openedBy,
      Optional<RunOccasion> occasion,
      List<TransferId> transfers,
      List<Piece> pieces,
      Stage stage) {
    /**
     * What one fact of a run orders.
     *
     * @param first place of its first transfer among the run's
     * @param cents of its transfers
     */
    record Piece(int first, long cents) {}

    Run with(Stage next) {
      return new Run(
          id, programme, position, facts, openedAt, openedBy, occasion, transfers, pieces, next);
    }

    /** Its release, whatever became of it; empty if nobody has released it. */
    Optional<Stage.Released> released() {
      return switch (stage) {
        case Stage.Opened _ -> Optional.empty();
        case Stage.Released released -> Optional.of(released);
        case Stage.Cancelled cancelled -> cancelled.released();
      };
    }

    /** The position of the fact that orders a transfer; empty if it is none of this run. */
    Optional<Long> ordersAt(TransferId transfer) {
      int place = transfers.indexOf(transfer);
      return place < 0 ? Optional.empty() : Optional.of(position + piecesUpTo(place) - 1);
    }

    private long piecesUpTo(int place) {
      return pieces.stream().filter(piece -> piece.first() <= place).count();
    }

    /**
     * The facts that order some of its transfers.
     *
     * @param from place of the first of them
     * @param to place after the last
     */
    IntStream piecesOf(int from, int to) {
      return from < to
          ? IntStream.range((int) piecesUpTo(from) - 1, (int) piecesUpTo(to - 1))
          : IntStream.empty();
    }

    /** Σ of the transfers as they were ordered, whatever has become of them. */
    long amountCents() {
      return pieces.stream().mapToLong(Piece::cents).sum();
    }
  }

  /** How far a run has come on its way to the bank. */
  sealed interface Stage {
    record Opened() implements Stage {}

    /**
     * @param position of the fact
     * @param by empty for a run that nobody had to release
     */
    record Released(long position, Instant at, Optional<String> by, LocalDate executionOn)
        implements Stage {}

    /**
     * @param position of the first of its facts
     * @param released if it was before: what the bank debited of it meanwhile stays paid
     */
    record Cancelled(long position, Instant at, String by, Optional<Released> released)
        implements Stage {}
  }

  // --- questions

  boolean isKnown(ProgrammeId programme) {
    return payables.isKnown(programme);
  }

  Set<ProgrammeId> programmes() {
    return payables.programmes();
  }

  Calendars calendars() {
    return calendars;
  }

  /** Whether a run with this cut-off was ever opened, whatever became of it. */
  boolean isOpenedFor(ProgrammeId programme, LocalDate cutOffDay) {
    return cutOffs.getOrDefault(programme, Set.of()).contains(cutOffDay);
  }

  /** What is unpaid of a programme, the oldest first. */
  Collection<Unpaid> unpaid(ProgrammeId programme) {
    return payables.of(programme);
  }

  /** What is unpaid of one slip; null if nothing is. */
  @Nullable Unpaid unpaid(ProgrammeId programme, long slip) {
    return payables.of(programme, slip);
  }

  /** Null if the venue has no account that can be paid to. */
  @Nullable OpenedAccount accountInForce(VenueId venue) {
    return accounts.of(Payee.of(venue)).orElse(null);
  }

  /** Whether an account of the venue awaits a second person. */
  boolean isProposed(VenueId venue) {
    return accounts.isProposed(Payee.of(venue));
  }

  /** Whether the bank closed its IBAN, and nobody has opened that again since. */
  boolean isClosed(VaultReference account) {
    return accounts.isClosed(account);
  }

  @Nullable Run run(SettlementRunId run) {
    return runs.get(run);
  }

  @Nullable Transfer transfer(TransferId transfer) {
    return transfers.of(transfer);
  }

  /** Whether it is paid by another debit than the one that had come back. */
  boolean isDebitedAgain(TransferId transfer) {
    return debitedAgain.contains(transfer);
  }

  /** Whether it was debited, or said to be, on a day of which that holds no more. */
  boolean isPaymentTakenBack(TransferId transfer, LocalDate paidOn) {
    return paymentsTakenBack.getOrDefault(transfer, Set.of()).contains(paidOn);
  }

  /** What a venue owes back of a programme and can be netted now, the oldest first. */
  List<Claim> nettable(ProgrammeId programme, VenueId venue) {
    return claims.nettable(
        programme, venue, transfer -> transfers.known(transfer) instanceof Transfer.Ordered);
  }

  /** Lines of a paid transfer whose titles it did not pay, whenever they were reversed. */
  List<VoidedLine> voidedOfPaid(Transfer.Ordered order) {
    List<VoidedLine> lines = new ArrayList<>();
    for (Unpaid slip : order.taken()) {
      lines.addAll(untitled(slip));
      for (int i = 0; i < slip.lines().size(); i++) {
        lines.addAll(claims.untitled(slip.lines().cheque(i)));
      }
    }
    return List.copyOf(lines);
  }

  private List<VoidedLine> untitled(Unpaid slip) {
    return slip.untitled().stream().flatMap(line -> claims.untitled(line).stream()).toList();
  }

  /** Null if the line was never reversed. */
  @Nullable Claim claim(Serial cheque) {
    return claims.of(cheque);
  }

  /** The first line that a run nets and its venue contests by now; null if there is none. */
  @Nullable Claim contested(SettlementRunId run) {
    return nettings.of(run).stream()
        .flatMap(netted -> netted.netting().claims().stream())
        .filter(claims::isContested)
        .findFirst()
        .map(claims::of)
        .orElse(null);
  }

  List<Netting> nettings(SettlementRunId run) {
    return nettings.of(run).stream().map(Nettings.Netted::netting).toList();
  }

  /** With what they took of each slip. */
  List<Nettings.Netted> netted(SettlementRunId run) {
    return nettings.of(run);
  }

  /** What goes with a transfer and can still be undone, with what it took of each slip. */
  List<Nettings.Netted> netted(SettlementRunId run, TransferId transfer) {
    return nettings.of(run, transfer);
  }

  /** What is undone if the transfer comes to nothing. */
  List<Netting> nettings(SettlementRunId run, TransferId transfer) {
    return nettings.of(run, transfer).stream().map(Nettings.Netted::netting).toList();
  }

  /** Lines of a transfer that were reversed since a run took them: claimed once it is paid. */
  List<VoidedLine> voided(TransferId transfer) {
    return claims.onTheirWay(transfer).stream().map(Claim::line).toList();
  }

  /** All lines of a transfer whose titles are not paid with it. */
  List<VoidedLine> untitled(TransferId transfer) {
    Transfer.Ordered ordered = order(transfer);
    if (ordered != null && hasComeToNothing(transfer)) {
      return voidedOfPaid(ordered);
    }
    List<VoidedLine> lines = new ArrayList<>(voided(transfer));
    lines.addAll(claims.lifted(transfer));
    if (ordered != null) {
      ordered.taken().forEach(slip -> lines.addAll(untitled(slip)));
    }
    return List.copyOf(lines);
  }

  private boolean hasComeToNothing(TransferId transfer) {
    return transfers.of(transfer) instanceof Transfer.Rejected
        || transfers.of(transfer) instanceof Transfer.Returned;
  }

  /**
   * Lines that a transfer took and that were reversed while nobody had paid them, or on their way
   * in a transfer that came to nothing: nothing is owed for them, their value has come back.
   */
  List<VoidedLine> neverPaid(Transfer.Ordered order) {
    List<VoidedLine> lines = new ArrayList<>();
    for (Unpaid slip : order.taken()) {
      for (int i = 0; i < slip.lines().size(); i++) {
        Serial cheque = slip.lines().cheque(i);
        Claim claim = claims.of(cheque);
        if (claim != null && claims.isNeverPaid(cheque)) {
          lines.add(claim.line());
        }
      }
    }
    return List.copyOf(lines);
  }

  /** The cents of one cheque. */
  List<SpentCents> parts(Serial cheque, Departement spentIn) {
    return cheques.of(cheque, spentIn);
  }

  /** Some lines of a slip as what is owed for them. */
  Unpaid piece(Unpaid slip, Set<Serial> some) {
    return cheques.piece(slip, slip.lines().only(some));
  }

  /** Where the money of an accepted line is. */
  LineMoney.Place place(long slip, ProgrammeId programme, Serial cheque) {
    SettlementRunId run = nettings.runNetting(cheque);
    if (run != null) {
      return new LineMoney.Place.BeingNetted(run);
    }
    Unpaid owed = payables.of(programme, slip);
    if (owed != null && owed.lines().contains(cheque)) {
      return new LineMoney.Place.Owed();
    }
    TransferId transfer = transfers.paying(slip, cheque);
    if (transfer != null) {
      return new LineMoney.Place.InTransit(transfer);
    }
    return new LineMoney.Place.Paid();
  }

  /**
   * Where a venue was when a run was released; empty if the register did not say, or the run's file
   * is of a form that does not tell.
   */
  Optional<CreditorAddress> address(VenueId venue, SettlementRunId run) {
    Run known = runs.get(run);
    return known != null
            && withAddresses.contains(run)
            && known.stage() instanceof Stage.Released released
        ? addresses.at(venue, released.position())
        : Optional.empty();
  }

  HandedOut handedOut() {
    return handedOut;
  }

  /**
   * What a run's file does not order: what had an end when it was handed out for the first time, or
   * has one now.
   */
  List<TransferId> leftOut(Run run) {
    List<HandedOut.Download> before = handedOut.of(run.id());
    if (!before.isEmpty()) {
      return before.getFirst().leftOut();
    }
    return handedOut.isHandedOut(run)
        ? List.of()
        : run.transfers().stream()
            .filter(id -> !(transfers.known(id) instanceof Transfer.Ordered))
            .toList();
  }

  PaymentDelays delays() {
    return delays;
  }

  /**
   * Changes whenever money of a slip goes another way, and not with each slip that is presented: as
   * long as it is the same, looks one after another at several slips are as good as one at all.
   */
  long movedAt() {
    return movedAt;
  }

  /** Runs that are neither released nor cancelled. */
  List<Run> unreleased() {
    return unreleased.stream().flatMap(id -> Optional.ofNullable(runs.get(id)).stream()).toList();
  }

  /** Of a slip's lines in a transfer without an end, those that were not reversed since. */
  long unreversedCents(TransferId transfer, Unpaid taken) {
    long cents = taken.cents();
    for (Claim claim : claims.onTheirWay(transfer)) {
      if (taken.lines().contains(claim.cheque())) {
        cents -= claim.cents();
      }
    }
    return cents;
  }

  /**
   * What a transfer paid, or is to pay, after its last day: not of lines that were reversed before,
   * and nothing of a transfer that came to nothing.
   *
   * @param executionOn the day on which the bank is asked to pay
   * @return by position of the slip's fact; without slips of which nothing is late
   */
  Map<Long, Long> lateCents(TransferId transfer, Transfer.Ordered order, LocalDate executionOn) {
    return switch (transfers.known(transfer)) {
      case Transfer.Ordered _ ->
          order.taken().stream()
              .filter(lines -> PaymentTarget.isLate(lines.presentedOn(), executionOn))
              .map(lines -> Map.entry(lines.position(), unreversedCents(transfer, lines)))
              .filter(late -> late.getValue() > 0)
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      case Transfer.Executed _, Transfer.Confirmed _ -> delays.paidLateCents(transfer);
      case Transfer.Rejected _, Transfer.Returned _, Transfer.Cancelled _ -> Map.of();
    };
  }

  /** One of which something else tells: it was opened. */
  Run knownRun(SettlementRunId id) {
    Run run = runs.get(id);
    if (run == null) {
      throw new IllegalStateException("run %s was never opened".formatted(id));
    }
    return run;
  }

  /** How far a transfer without an end is: {@code IN_RUN}, {@code RELEASED} or {@code SENT}. */
  SlipState onItsWay(Run run, TransferId transfer) {
    if (run.released().isEmpty()) {
      return SlipState.IN_RUN;
    }
    // One that stays though its run was cancelled is with the bank, which had debited it.
    return run.stage() instanceof Stage.Cancelled || handedOut.orders(run, transfer)
        ? SlipState.SENT
        : SlipState.RELEASED;
  }

  /** Whether the venue is, or was, on a list. */
  boolean isListed(VenueId venue) {
    return addresses.isListed(venue);
  }

  PresentedSlips slips() {
    return slips;
  }

  /**
   * All that ever took lines of a slip, in the order in which they did.
   *
   * @param position of the slip's fact, or of a lifted reversal's
   */
  List<TransferId> transfersOf(long position) {
    return takenOf(position).stream().map(Transfers.Taken::transfer).toList();
  }

  /** The same, each with the place of what it took. */
  List<Transfers.Taken> takenOf(long position) {
    return transfers.ofSlip(position);
  }

  /** What counts of what runs netted of a slip. */
  List<Nettings.OfSlip> nettedOf(long position) {
    return nettings.of(position);
  }

  /**
   * The positions, besides its own, under which lines of a slip are owed since they were lifted.
   */
  List<Long> liftedOf(long slip) {
    return payables.liftedOf(slip);
  }

  /** Null unless its venue took the slip back. */
  Payables.@Nullable Withdrawn withdrawn(long slip) {
    return payables.withdrawn(slip);
  }

  /** The slip's lines that were ever reversed. */
  List<Claim> claimsOf(long slip) {
    return claims.of(slip);
  }

  /**
   * Whether the venue owes its cents back: also those that a run nets, until it is released. Not
   * those of a debit note, which tells itself how far they are.
   */
  boolean isOwedBack(Claim claim) {
    return claims.isOpen(claim)
        || unreleased.stream()
            .flatMap(run -> nettings.of(run).stream())
            .anyMatch(
                netted -> !netted.undone() && netted.netting().claims().contains(claim.cheque()));
  }

  boolean isLifted(Claim claim) {
    return claims.isLifted(claim.cheque());
  }

  /** What is owed of a line since its reversal was lifted: what the venue had given back. */
  long owedApartCents(Claim claim) {
    return claims.owedApartCents(claim.cheque());
  }

  /** How far a run's transfers are. */
  Transfers.Count count(SettlementRunId run) {
    return transfers.count(run);
  }

  /** Where each transfer of a run stands now, in the run's order. */
  Map<TransferId, Transfer> transfers(List<TransferId> ids) {
    Map<TransferId, Transfer> states = new LinkedHashMap<>();
    for (TransferId transfer : ids) {
      states.put(transfer, transfers.known(transfer));
    }
    return states;
  }

  // --- facts

  /**
   * When the last fact was recorded. Recorded time rises with position, so whatever is recorded
   * from now on is later.
   */
  Instant recordedUpTo() {
    return recordedUpTo;
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    recordedUpTo = recordedAt;
    long[] moved = moved(fact).map(payables::slipOf).distinct().toArray();
    delays.begin(position, Paris.dayOf(recordedAt));
    accounts.fold(fact);
    switch (fact) {
      case TransferExecuted f ->
          pay(
              f.run(),
              f.transfer(),
              f.executedOn(),
              new Transfer.Executed(f.run(), position, f.executedOn()));
      case TransferConfirmed f -> {
        Transfer.Returned returned = cameBack.remove(f.transfer());
        if (returned != null && f.entry().filter(BankEntry::leftBehind).isPresent()) {
          stayPaid(f.transfer(), returned);
        } else {
          if (returned != null) {
            debitedAgain.add(f.transfer());
          }
          pay(
              f.run(),
              f.transfer(),
              f.bookedOn(),
              new Transfer.Confirmed(f.run(), position, f.bookedOn()));
        }
      }
      case TransferDebited f -> {
        if (!(transfers.known(f.transfer()) instanceof Transfer.Executed executed)) {
          throw new IllegalStateException(
              "transfer %s is debited and was not executed".formatted(f.transfer()));
        }
        delays.book(f.transfer(), f.bookedOn());
        transfers.move(
            f.transfer(),
            new Transfer.Confirmed(f.run(), position, f.bookedOn(), Optional.of(executed)));
      }
      case TransferDebitTakenBack f -> takeBack(f);
      case TransferExecutionTakenBack f -> takeBack(f);
      case TransferRejected f -> reject(f, position);
      case TransferReturned f -> comeBack(f, position);
      case TransferReinstated f -> reinstate(f);
      case CreditNoteIssued f -> f.recovered().forEach(line -> credited.add(line.cheque()));
      case ProgrammeDefined f -> payables.define(f.programme());
      case SettlementCalendarSet f -> calendars.set(f, position);
      case AgreementTerms f -> cheques.sign(f);
      case ChequesIssued f -> cheques.issue(f);
      case VenueListed f -> addresses.list(f, position);
      case SlipJudged f -> {
        slips.add(
            f.venue(),
            position,
            Paris.dayOf(f.presentedAt()),
            f.acceptedCents(),
            f.acceptedCount() < f.lines().size());
        slips.place(position, presented(f));
        payables.judge(f, position, recordedAt);
        await(position, programmes(f.owed()));
      }
      case SlipWithdrawn f -> {
        for (ProgrammeId programme : programmes(f.owed())) {
          Unpaid slip = payables.of(programme, f.slip());
          if (slip != null) {
            delays.change(programme, slip, Paris.dayOf(f.withdrawnAt()), -slip.cents());
          }
        }
        payables.withdraw(f);
      }
      case LinesReversed f -> {
        LocalDate day = Paris.dayOf(recordedAt);
        f.lines().forEach(line -> reverse(f, line, position, day));
      }
      case ReversalContested f -> claims.contest(f.reversal());
      case ReversalUpheld f -> claims.decide(f.reversal());
      case ReversalLifted f -> {
        claims.decide(f.reversal());
        LocalDate day = Paris.dayOf(recordedAt);
        f.forgiven().forEach(line -> waitAgain(claims.forgive(line), line, day));
        f.unpaid().forEach(line -> waitAgain(claims.payAfterAll(line), line, day));
        f.owedAgain().forEach(claims::payAgain);
        payables.lift(f, position, recordedAt);
        await(
            position,
            programmes(f.owedAgain().stream().flatMap(line -> line.parts().stream()).toList()));
      }
      case DebitNoteIssued f -> f.lines().forEach(line -> claims.close(line.cheque()));
      case SettlementRunOpened f -> open(f, position, recordedAt);
      case SettlementRunContinued f -> take(f.run(), f.programme(), f.transfers());
      case SettlementRunReleased f -> {
        f.fileForm().ifPresent(_ -> withAddresses.add(f.run()));
        release(f.run(), Paris.dayOf(recordedAt));
        slips.byState().release(f.run());
        runs.computeIfPresent(
            f.run(),
            (_, run) ->
                run.with(
                    new Stage.Released(
                        position, recordedAt, Optional.of(f.releasedBy()), f.executionOn())));
      }
      case SettlementRunCancelled f -> cancel(f, position, recordedAt);
      case CreditTransferFileDownloaded f -> {
        if (handedOut.of(f.run()).isEmpty()) {
          slips.byState().send(f.run());
        }
        handedOut.download(f, recordedAt);
      }
      default -> {}
    }
    for (long slip : moved) {
      place(slip);
    }
    if (moved.length > 0 || movesAll(fact)) {
      movedAt = position;
    }
  }

  /** Whether it moves what a run or a transfer took, though no slip of it to another state. */
  private static boolean movesAll(Fact fact) {
    return fact instanceof SettlementRunReleased
        || fact instanceof SettlementRunCancelled
        || fact instanceof TransferDebited;
  }

  private void place(long slip) {
    List<SlipPart> parts = SlipMoney.of(this, slip);
    // Of one for which nothing was ever owed there is nothing to move.
    if (!parts.isEmpty()) {
      slips.place(slip, parts);
    }
  }

  private static List<SlipPart> presented(SlipJudged slip) {
    return slip.owed().isEmpty()
        ? List.of(SlipPart.without(slip.acceptedCount() > 0))
        : programmes(slip.owed()).stream()
            .map(programme -> SlipPart.of(SlipState.OWED, programme))
            .toList();
  }

  /**
   * The slips whose money a fact moves, and lifted reversals since which some is owed, before it
   * does. One that is told and stays where it was does no harm. Not those that move with their run,
   * of which there may be a hundred thousand: they are found by it.
   */
  private LongStream moved(Fact fact) {
    return switch (fact) {
      case SlipWithdrawn f -> LongStream.of(f.slip());
      case LinesReversed f -> LongStream.of(f.slip());
      case ReversalLifted f -> f.lines().mapToLong(VoidedLine::slip);
      case SettlementRunOpened f ->
          LongStream.concat(
              f.nettings().stream()
                  .flatMap(netting -> netting.slips().stream())
                  .mapToLong(PaidSlip::position),
              ordered(f.transfers()));
      case SettlementRunContinued f -> ordered(f.transfers());
      // What its file does not order stays behind.
      case CreditTransferFileDownloaded f -> f.leftOut().stream().flatMapToLong(this::taken);
      case TransferExecuted f -> ofTransfer(f.run(), f.transfer());
      case TransferConfirmed f -> ofTransfer(f.run(), f.transfer());
      case TransferDebitTakenBack f -> ofTransfer(f.run(), f.transfer());
      case TransferExecutionTakenBack f -> ofTransfer(f.run(), f.transfer());
      case TransferRejected f -> ofTransfer(f.run(), f.transfer());
      case TransferReturned f -> ofTransfer(f.run(), f.transfer());
      case TransferReinstated f -> ofTransfer(f.run(), f.transfer());
      default -> LongStream.empty();
    };
  }

  private static LongStream ordered(List<SettlementRunOpened.Transfer> transfers) {
    return transfers.stream()
        .flatMap(transfer -> transfer.slips().stream())
        .mapToLong(PaidSlip::position);
  }

  private LongStream ofTransfer(SettlementRunId run, TransferId id) {
    return LongStream.concat(taken(id), pieces(nettings.of(run, id)));
  }

  private LongStream taken(TransferId id) {
    Transfer.Ordered order = order(id);
    return order == null ? LongStream.empty() : order.taken().stream().mapToLong(Unpaid::position);
  }

  private static LongStream pieces(List<Nettings.Netted> netted) {
    return netted.stream().flatMap(each -> each.pieces().stream()).mapToLong(Unpaid::position);
  }

  private static Set<ProgrammeId> programmes(List<SpentCents> parts) {
    return parts.stream().map(SpentCents::programme).collect(Collectors.toSet());
  }

  /** What is owed from here on waits for its payment. */
  private void await(long position, Set<ProgrammeId> programmes) {
    for (ProgrammeId programme : programmes) {
      Unpaid owed = payables.of(programme, position);
      if (owed != null) {
        delays.change(programme, owed, Paris.dayOf(owed.recordedAt()), owed.cents());
      }
    }
  }

  /** A line on its way is not waited for any more, or again. */
  private void waitInTransit(TransferId transfer, VoidedLine line, LocalDate on, long cents) {
    Transfer.Ordered order = order(transfer);
    if (order != null) {
      order.taken().stream()
          .filter(taken -> taken.lines().contains(line.cheque()))
          .forEach(taken -> delays.change(order.programme(), taken, on, cents));
    }
  }

  private void waitAgain(Optional<TransferId> paying, VoidedLine line, LocalDate on) {
    paying.ifPresent(
        transfer ->
            waitInTransit(
                transfer, line, on, line.parts().stream().mapToLong(SpentCents::cents).sum()));
  }

  private void reverse(LinesReversed reversed, ReversedLine line, long position, LocalDate on) {
    claims.reverse(reversed, line, position, on);
    if (line.standing() != ReversedLine.Standing.OWED) {
      line.transfer()
          .ifPresent(
              transfer ->
                  waitInTransit(
                      transfer,
                      new VoidedLine(
                          reversed.venue(), reversed.slip(), line.cheque(), line.parts()),
                      on,
                      -line.cents()));
      return;
    }
    ProgrammeId programme = line.parts().getFirst().programme();
    Unpaid slip = payables.of(programme, reversed.slip());
    if (slip == null) {
      throw new IllegalStateException(
          "cheque %s is reversed as unpaid and its slip is paid".formatted(line.cheque()));
    }
    payables.takeOut(programme, piece(slip, Set.of(line.cheque())));
    delays.change(programme, slip, on, -line.cents());
  }

  /** What it nets is paid. */
  private void release(SettlementRunId id, LocalDate on) {
    unreleased.remove(id);
    nettings.release(id);
    Run run = runs.get(id);
    if (run == null) {
      return;
    }
    for (Nettings.Netted netted : nettings.of(id)) {
      if (!netted.undone()) {
        for (Unpaid piece : netted.pieces()) {
          delays.pay(run.programme(), id, by(netted), piece, piece.cents(), on);
        }
      }
    }
  }

  private static TransferOrNetting by(Nettings.Netted netted) {
    return new TransferOrNetting(true, netted.netting().transfer());
  }

  private static TransferOrNetting by(TransferId transfer) {
    return new TransferOrNetting(false, Optional.of(transfer));
  }

  private void open(SettlementRunOpened opened, long position, Instant recordedAt) {
    cutOffs
        .computeIfAbsent(opened.programme(), _ -> new HashSet<>())
        .add(Paris.dayOf(opened.cutOff()));
    byMessage.put(BankText.idOf(opened.run()), opened.run());
    runs.put(
        opened.run(),
        new Run(
            opened.run(),
            opened.programme(),
            position,
            1 + opened.continuedIn().orElse(0),
            recordedAt,
            opened.openedBy(),
            opened.occasion(),
            new ArrayList<>(),
            new ArrayList<>(),
            opened.openedBy().isPresent()
                ? new Stage.Opened()
                : new Stage.Released(
                    position, recordedAt, Optional.empty(), opened.executionOn())));
    for (Netting netting : opened.nettings()) {
      net(opened.run(), opened.programme(), netting);
    }
    take(opened.run(), opened.programme(), opened.transfers());
    if (opened.openedBy().isPresent()) {
      unreleased.add(opened.run());
    } else {
      release(opened.run(), Paris.dayOf(recordedAt));
    }
  }

  private void net(SettlementRunId run, ProgrammeId programme, Netting netting) {
    Set<Serial> lines = Set.copyOf(netting.lines());
    List<Unpaid> pieces = new ArrayList<>();
    for (PaidSlip slip : netting.slips()) {
      Unpaid whole = payables.of(programme, slip.position());
      Unpaid piece = whole == null ? null : piece(whole, lines);
      if (piece == null || piece.cents() != slip.cents()) {
        throw new IllegalStateException(
            "run %s nets of slip %s/%s what is not unpaid"
                .formatted(run, slip.venue(), slip.reference()));
      }
      payables.takeOut(programme, piece);
      pieces.add(piece);
    }
    netting.claims().forEach(claims::close);
    nettings.plan(run, programme, netting, pieces);
  }

  /** Its lines are owed again and its claims open again. */
  private void undo(SettlementRunId run, ProgrammeId programme, Nettings.Netted netted) {
    netted.pieces().forEach(piece -> payables.add(programme, piece));
    netted.netting().claims().forEach(claims::reopen);
    nettings.undo(run, netted);
  }

  /** One whose lines counted as paid since the release. */
  private void undoPaid(
      SettlementRunId run, ProgrammeId programme, Nettings.Netted netted, LocalDate on) {
    undo(run, programme, netted);
    for (Unpaid piece : netted.pieces()) {
      delays.comeBack(programme, by(netted), piece, piece.cents(), on);
    }
  }

  private void take(
      SettlementRunId id, ProgrammeId programme, List<SettlementRunOpened.Transfer> ordered) {
    Run run = runs.get(id);
    if (run == null) {
      throw new IllegalStateException("run %s goes on and was never opened".formatted(id));
    }
    run.pieces()
        .add(
            new Run.Piece(
                run.transfers().size(),
                ordered.stream().mapToLong(SettlementRunOpened.Transfer::amountCents).sum()));
    for (SettlementRunOpened.Transfer transfer : ordered) {
      List<Unpaid> taken = new ArrayList<>();
      for (PaidSlip slip : transfer.slips()) {
        Unpaid lines = payables.take(programme, slip.position());
        if (lines == null || lines.cents() != slip.cents()) {
          throw new IllegalStateException(
              "run %s pays slip %s/%s, of which this is not what is unpaid"
                  .formatted(id, slip.venue(), slip.reference()));
        }
        taken.add(lines);
      }
      if (transfers.of(transfer.transfer()) != null) {
        throw new IllegalStateException(
            "transfer %s is ordered twice".formatted(transfer.transfer()));
      }
      transfers.send(
          transfer.transfer(),
          new Transfer.Ordered(
              id,
              programme,
              transfer.account(),
              transfer.amountCents(),
              transfer.slips(),
              transfer.parts(),
              List.copyOf(taken)));
      byVenue.add(id, run.transfers().size(), transfer);
      run.transfers().add(transfer.transfer());
    }
  }

  private void pay(SettlementRunId run, TransferId id, LocalDate on, Transfer end) {
    Transfer.Ordered order = transfers.end(id, end);
    for (Unpaid slip : order.taken()) {
      long cents = unreversedCents(id, slip);
      if (end instanceof Transfer.Executed) {
        delays.payUnbooked(order.programme(), run, id, slip, cents, on);
      } else {
        delays.pay(order.programme(), run, by(id), slip, cents, on);
      }
    }
    claims.forget(id);
    nettings.pay(run, id);
  }

  private void cancel(SettlementRunCancelled cancelled, long position, Instant recordedAt) {
    if (cancelled.part() > 1) {
      return;
    }
    Run run = runs.get(cancelled.run());
    if (run == null || run.stage() instanceof Stage.Cancelled || handedOut.isHandedOut(run)) {
      throw new IllegalStateException(
          "run %s is cancelled and its file was handed out".formatted(cancelled.run()));
    }
    Optional<Stage.Released> released = run.released();
    // Once they are cancelled, transfers do not tell them any more.
    long[] transferred = run.transfers().stream().flatMapToLong(this::taken).toArray();
    long[] netting = pieces(nettings.of(run.id())).toArray();
    for (Nettings.Netted netted : nettings.of(cancelled.run())) {
      if (released.isEmpty()) {
        undo(run.id(), run.programme(), netted);
      } else if (!netted.undone() && cancelled.nettings().contains(netted.netting())) {
        undoPaid(run.id(), run.programme(), netted, Paris.dayOf(recordedAt));
      }
    }
    for (TransferId id : run.transfers()) {
      if (!cancelled.kept().contains(id)) {
        oweAgain(id, transfers.cancel(id, cancelled.run()));
      }
    }
    unreleased.remove(cancelled.run());
    runs.put(
        cancelled.run(),
        run.with(new Stage.Cancelled(position, recordedAt, cancelled.cancelledBy(), released)));
    slips.byState().oweAgain(run.id());
    LongStream.concat(
            LongStream.of(netting), LongStream.of(transferred).filter(slip -> !isAsPresented(slip)))
        .map(payables::slipOf)
        .distinct()
        .forEach(this::place);
  }

  /**
   * Whether nothing has happened to a slip's money but that runs transferred it and were cancelled.
   *
   * @param slip position of its fact, or of a lifted reversal's, for which it is false
   */
  private boolean isAsPresented(long slip) {
    return payables.slipOf(slip) == slip
        && claims.of(slip).isEmpty()
        && payables.liftedOf(slip).isEmpty()
        && nettings.of(slip).isEmpty()
        && takenOf(slip).stream()
            .allMatch(taken -> transfers.of(taken.transfer()) instanceof Transfer.Cancelled);
  }

  /**
   * What a transfer took is owed again: without the lines that were reversed meanwhile, which were
   * never paid; of those whose reversal was lifted, without their titles, which count as paid.
   */
  private void oweAgain(TransferId id, Transfer.Ordered ordered) {
    List<Claim> reversed = claims.onTheirWay(id);
    List<VoidedLine> kept = claims.lifted(id);
    for (Unpaid slip : ordered.taken()) {
      Unpaid left = without(slip, reversed.stream().map(Claim::line).toList());
      for (VoidedLine line : kept) {
        if (slip.lines().contains(line.cheque())) {
          left = left.withUntitled(line);
        }
      }
      payables.add(ordered.programme(), left);
    }
    reversed.forEach(claims::neverPaid);
    claims.forget(id);
  }

  private Unpaid without(Unpaid slip, List<VoidedLine> lines) {
    Unpaid left = slip;
    for (VoidedLine line : lines) {
      if (line.slip() == slip.position()) {
        left = left.minus(piece(left, Set.of(line.cheque())));
      }
    }
    return left;
  }

  private void reject(TransferRejected rejected, long position) {
    Transfer.Ordered ordered =
        transfers.end(
            rejected.transfer(),
            new Transfer.Rejected(
                rejected.run(), position, rejected.rejectedOn(), rejected.reason()));
    oweAgain(rejected.transfer(), ordered);
    for (Nettings.Netted netted : nettings.of(rejected.run(), rejected.transfer())) {
      if (rejected.nettings().contains(netted.netting())) {
        undoPaid(rejected.run(), ordered.programme(), netted, rejected.rejectedOn());
      }
    }
  }

  /** Whose file has this identification at the bank; null if none's has. */
  @Nullable Run ofMessage(String message) {
    SettlementRunId id = byMessage.get(message);
    return id == null ? null : runs.get(id);
  }

  Collection<Run> runs() {
    return runs.values();
  }

  TransfersByVenue byVenue() {
    return byVenue;
  }

  /** A transfer as it was ordered, whatever has become of it; null if it was never sent. */
  Transfer.@Nullable Ordered order(TransferId id) {
    return transfers.order(id);
  }

  /**
   * Whether what a transfer took that was rejected or came back is owed again, and nothing of it
   * has gone another way since. Other lines of its slips may be owed as well: those whose netting
   * the rejection undid.
   *
   * @param neverPaid its lines that were reversed meanwhile, so that nothing is owed for them; none
   *     of them may be on a credit note, for what was refunded is not the venue's to pay back again
   */
  boolean isOwedAsOrdered(TransferId id, List<VoidedLine> neverPaid) {
    Transfer.Ordered order = order(id);
    return order != null
        && hasComeToNothing(id)
        && neverPaid.stream()
            .map(VoidedLine::cheque)
            .noneMatch(cheque -> claims.isLifted(cheque) || credited.contains(cheque))
        && owedAgain(order, neverPaid).stream()
            .allMatch(slip -> payables.owes(order.programme(), slip));
  }

  /**
   * What is owed since a transfer came to nothing, if nothing has become of it. Another that took
   * its lines since and came to nothing as well leaves them owed: those without their titles that
   * were reversed in the meantime, which that one had paid.
   */
  private List<Unpaid> owedAgain(Transfer.Ordered order, List<VoidedLine> neverPaid) {
    List<Unpaid> pieces = new ArrayList<>();
    for (Unpaid slip : order.taken()) {
      Unpaid now = payables.of(order.programme(), slip.position());
      List<VoidedLine> untitled = now == null ? List.of() : now.untitled();
      Unpaid piece = without(withUntitled(slip, untitled), neverPaid);
      if (piece.cents() > 0) {
        pieces.add(piece);
      }
    }
    return pieces;
  }

  private static Unpaid withUntitled(Unpaid slip, List<VoidedLine> lines) {
    Unpaid left = slip;
    for (VoidedLine line : lines) {
      // By its cheque: a lifted line of the slip is owed beside it, and has its own place.
      if (slip.lines().contains(line.cheque())) {
        left = left.withUntitled(line);
      }
    }
    return left;
  }

  private void comeBack(TransferReturned returned, long position) {
    Transfer.Ordered order = order(returned.transfer());
    if (order == null
        || !(transfers.known(returned.transfer()) instanceof Transfer.Confirmed paid)) {
      throw new IllegalStateException(
          "transfer %s comes back and was not paid".formatted(returned.transfer()));
    }
    for (Unpaid slip : order.taken()) {
      payables.add(order.programme(), withUntitled(slip, returned.voided()));
      delays.comeBack(
          order.programme(), by(returned.transfer()), slip, slip.cents(), returned.returnedOn());
    }
    transfers.move(
        returned.transfer(),
        new Transfer.Returned(
            returned.run(),
            position,
            returned.returnedOn(),
            returned.reason(),
            returned.voided(),
            paid));
  }

  /**
   * It had not come back: it was paid when it was paid, though the ledger has that cash again from
   * the day of the return on.
   */
  private void stayPaid(TransferId id, Transfer.Returned returned) {
    Transfer.Ordered order = transfers.end(id, returned.paid());
    for (Unpaid slip : order.taken()) {
      delays.stayPaid(
          order.programme(), id, slip, slip.cents(), returned.returnedOn(), returned.position());
    }
    // Paid before they were reversed: nobody has ceased then to wait for them.
    for (Claim claim : claims.onTheirWay(id)) {
      waitInTransit(id, claim.line(), claim.reversedOn(), claim.cents());
    }
    claims.forget(id);
  }

  /** Its lines stay taken: it may be debited yet. */
  private void takeBack(TransferDebitTakenBack debit) {
    TransferId id = debit.transfer();
    Transfer.Ordered order = order(id);
    if (order == null || !(transfers.known(id) instanceof Transfer.Confirmed confirmed)) {
      throw new IllegalStateException(
          "the debit of transfer %s is taken back and it was not paid".formatted(id));
    }
    useUp(id, debit.debitedOn());
    if (confirmed.executed().isPresent()) {
      Transfer.Executed executed = confirmed.executed().get();
      for (Unpaid slip : order.taken()) {
        delays.unbook(
            order.programme(),
            order.run(),
            id,
            slip,
            slip.cents(),
            confirmed.bookedOn(),
            executed.executedOn());
      }
      transfers.move(id, executed);
      return;
    }
    for (Unpaid slip : order.taken()) {
      delays.comeBack(order.programme(), by(id), slip, slip.cents(), debit.debitedOn());
    }
    transfers.send(id, order);
  }

  private void takeBack(TransferExecutionTakenBack execution) {
    TransferId id = execution.transfer();
    Transfer.Ordered order = order(id);
    if (order == null || !(transfers.known(id) instanceof Transfer.Executed)) {
      throw new IllegalStateException(
          "the execution of transfer %s is taken back and it was not executed".formatted(id));
    }
    for (Unpaid slip : order.taken()) {
      delays.comeBack(order.programme(), by(id), slip, slip.cents(), execution.executedOn());
    }
    delays.neverBooked(id);
    useUp(id, execution.executedOn());
    transfers.send(id, order);
  }

  private void useUp(TransferId id, LocalDate paidOn) {
    paymentsTakenBack.computeIfAbsent(id, _ -> new HashSet<>()).add(paidOn);
  }

  /**
   * Whether nothing has followed from a transfer but its own end: it nets nothing, and none of its
   * lines was reversed once a run had taken them.
   */
  boolean isUntouched(TransferId id, Transfer.Ordered order) {
    return nettings.of(order.run(), id).isEmpty()
        && order.taken().stream()
            .allMatch(
                slip ->
                    slip.untitled().isEmpty()
                        && IntStream.range(0, slip.lines().size())
                            .allMatch(line -> claims.of(slip.lines().cheque(line)) == null));
  }

  private void reinstate(TransferReinstated reinstated) {
    Transfer.Ordered order = order(reinstated.transfer());
    if (order == null || !isOwedAsOrdered(reinstated.transfer(), reinstated.voided())) {
      throw new IllegalStateException(
          "transfer %s is reinstated and its lines are not owed".formatted(reinstated.transfer()));
    }
    owedAgain(order, reinstated.voided())
        .forEach(owed -> payables.takeOut(order.programme(), owed));
    if (transfers.known(reinstated.transfer()) instanceof Transfer.Returned returned) {
      cameBack.put(reinstated.transfer(), returned);
    }
    claims.reinstate(reinstated.transfer(), reinstated.voided());
    transfers.send(reinstated.transfer(), order);
  }
}
