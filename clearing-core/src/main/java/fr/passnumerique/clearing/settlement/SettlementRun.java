package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.reversal.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A settlement run as it is told to the clerk. Free of IBANs.
 *
 * @param cutOff exclusive; lines were taken by recorded time
 * @param executionOn the day on which the bank is asked to pay
 * @param stage how far it has come; only a released run goes to the bank
 * @param occasion why it was opened, unless by hand on a day of the programme's calendar
 * @param openedBy the account; empty for runs of a time when nobody had to release them
 * @param amountCents Σ of the transfers
 * @param lateCents of them, what was or will be paid later than 21 days after it was presented: not
 *     what was reversed before, nor what was rejected or came back
 * @param unpayable venues with something owed and no account in force: carried over
 * @param belowMinimum what is owed and too little for a transfer: carried over
 * @param inDoubt what is owed and the bank may have paid already: left out until a clerk knows
 *     better
 * @param nettings what is not transferred because the venue owes as much
 * @param downloads each handing out of its credit transfer file
 */
public record SettlementRun(
    String run,
    String programme,
    Instant cutOff,
    LocalDate executionOn,
    Stage stage,
    Optional<RunOccasion> occasion,
    Optional<String> openedBy,
    Optional<Decided> released,
    Optional<Decided> cancelled,
    long amountCents,
    long lateCents,
    List<Order> transfers,
    List<String> unpayable,
    List<CarriedOver> belowMinimum,
    List<InDoubt> inDoubt,
    List<Net> nettings,
    List<Download> downloads) {

  /** How far a run has come. */
  public enum Stage {
    OPENED,
    RELEASED,
    CANCELLED
  }

  /**
   * @param by the account
   * @param at UTC
   */
  public record Decided(String by, Instant at) {}

  /**
   * @param sha256 of the file's bytes: the same each time
   * @param leftOut transfers that it does not order: they had come to an end before it was handed
   *     out for the first time
   */
  public record Download(String by, Instant at, String sha256, List<String> leftOut) {}

  /** Where a transfer stands. */
  public enum State {
    ORDERED,
    /** Paid by the bank's word; its debit is still to come. */
    EXECUTED,
    CONFIRMED,
    REJECTED,
    /** It was paid and came back. */
    RETURNED,
    CANCELLED
  }

  /**
   * One transfer.
   *
   * @param lateCents of its amount, what was or will be paid late, as of the run: all of its
   *     transfers come to the run's
   * @param venues whose lines it pays: several if they share an IBAN
   * @param endedOn the bank's date of the confirmation or rejection
   * @param reason of a rejection, ISO 20022
   */
  public record Order(
      String transfer,
      long amountCents,
      long lateCents,
      List<String> venues,
      List<Slip> slips,
      State state,
      Optional<LocalDate> endedOn,
      Optional<String> reason) {}

  /**
   * @param position of the slip's fact
   * @param payBy last day in time, 21 days after it was presented, Europe/Paris
   * @param late whether lines of it were paid after that day; while they are not, whether the bank
   *     was asked to pay later
   */
  public record Slip(
      String venue,
      String reference,
      long position,
      long cents,
      Optional<LocalDate> payBy,
      boolean late) {}

  /** What a venue is owed and is not paid yet. */
  public record CarriedOver(String venue, long cents) {}

  /**
   * What a venue is owed and may be paid.
   *
   * @param transfer that may have paid it
   * @param exception of the bank's, by which a clerk puts an end to the doubt
   * @param because what speaks for it
   * @param remedy what a clerk is to do, after which the next run pays it, or nobody does
   */
  public record InDoubt(
      String venue, long cents, String transfer, String exception, String because, String remedy) {
    private static InDoubt of(SettlementRunOpened.InDoubt one) {
      DoubtfulTransfers.Doubt doubt = LinesInDoubt.doubt(one);
      return new InDoubt(
          one.venue().value(),
          one.cents(),
          one.transfer().value(),
          one.exception(),
          doubt.because(),
          doubt.remedy());
    }
  }

  /** How far a netting has come. */
  public enum NetState {
    /** Counts once the run is released. */
    PLANNED,
    /** Its lines are paid, and what the venue owed for it is back. */
    NETTED,
    /** The run was cancelled, or the transfer that it went with was rejected. */
    UNDONE
  }

  /**
   * Lines that the venue is owed, set against as much that it owes back.
   *
   * @param transfer that pays the rest of the venue's lines; empty if there is no rest
   * @param lines how many
   */
  public record Net(
      String venue,
      Optional<String> transfer,
      NetState state,
      long cents,
      int lines,
      List<Claimed> claims) {}

  /**
   * A reversed line.
   *
   * @param cheque serial
   */
  public record Claimed(String reversal, Reason reason, String cheque, long cents) {}

  /**
   * What else is known of a run.
   *
   * @param ends of transfers that have one; what is not in it is ordered
   * @param presentedOn by position of the slip's fact
   * @param lateCents what is paid late of each slip, if not none
   * @param undone nettings that do not count any more
   * @param claims by the reversed cheque
   */
  record Known(
      SettlementRegister.Stage stage,
      Map<TransferId, Transfer> ends,
      Map<Long, LocalDate> presentedOn,
      Map<SlipOfTransfer, Long> lateCents,
      Set<Netting> undone,
      Map<Serial, Claim> claims,
      List<HandedOut.Download> downloads) {}

  /**
   * @param slip position of its fact
   */
  record SlipOfTransfer(TransferId transfer, long slip) {}

  static SettlementRun of(SettlementRunOpened opened, Known known) {
    long amountCents = 0;
    for (SettlementRunOpened.Transfer transfer : opened.transfers()) {
      amountCents = Math.addExact(amountCents, transfer.amountCents());
    }
    return of(opened, known, amountCents, lateCents(known.lateCents()));
  }

  static long lateCents(Map<SlipOfTransfer, Long> late) {
    return late.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * @param opened may be without some of its transfers
   * @param amountCents of all
   * @param lateCents of all
   */
  static SettlementRun of(
      SettlementRunOpened opened, Known known, long amountCents, long lateCents) {
    Stage stage = Stage.OPENED;
    LocalDate executionOn = opened.executionOn();
    Optional<Decided> released = Optional.empty();
    Optional<Decided> cancelled = Optional.empty();
    switch (known.stage()) {
      case SettlementRegister.Stage.Opened _ -> {}
      case SettlementRegister.Stage.Released(var _, var at, var by, var on) -> {
        stage = Stage.RELEASED;
        executionOn = on;
        released = by.map(account -> new Decided(account, at));
      }
      case SettlementRegister.Stage.Cancelled(var _, var at, var by, var before) -> {
        stage = Stage.CANCELLED;
        cancelled = Optional.of(new Decided(by, at));
        executionOn =
            before.map(SettlementRegister.Stage.Released::executionOn).orElse(executionOn);
        released = before.flatMap(was -> was.by().map(account -> new Decided(account, was.at())));
      }
    }
    boolean wasReleased = stage == Stage.RELEASED || released.isPresent();
    return new SettlementRun(
        opened.run().value(),
        opened.programme().value(),
        opened.cutOff(),
        executionOn,
        stage,
        opened.occasion(),
        opened.openedBy(),
        released,
        cancelled,
        amountCents,
        lateCents,
        opened.transfers().stream().map(transfer -> order(transfer, known)).toList(),
        opened.unpayable().stream().map(Object::toString).toList(),
        opened.belowMinimum().stream()
            .map(carried -> new CarriedOver(carried.venue().value(), carried.cents()))
            .toList(),
        opened.inDoubt().stream().map(InDoubt::of).toList(),
        opened.nettings().stream().map(netting -> net(netting, wasReleased, known)).toList(),
        known.downloads().stream()
            .map(
                each ->
                    new Download(
                        each.by(),
                        each.at(),
                        each.sha256(),
                        each.leftOut().stream().map(TransferId::value).toList()))
            .toList());
  }

  private static Net net(Netting netting, boolean wasReleased, Known known) {
    NetState state =
        known.undone().contains(netting)
            ? NetState.UNDONE
            : wasReleased ? NetState.NETTED : NetState.PLANNED;
    return new Net(
        netting.venue().value(),
        netting.transfer().map(TransferId::value),
        state,
        netting.cents(),
        netting.lines().size(),
        netting.claims().stream()
            .flatMap(cheque -> Optional.ofNullable(known.claims().get(cheque)).stream())
            .map(
                claim ->
                    new Claimed(
                        claim.reversal().value(),
                        claim.reason(),
                        claim.cheque().toString(),
                        claim.cents()))
            .toList());
  }

  /** Where a transfer stands, and since when. */
  record End(State state, Optional<LocalDate> on, Optional<String> reason) {
    static End of(Optional<Transfer> transfer) {
      return switch (transfer.orElse(null)) {
        case null -> without(State.ORDERED);
        case Transfer.Ordered _ -> without(State.ORDERED);
        case Transfer.Cancelled _ -> without(State.CANCELLED);
        case Transfer.Executed e -> paid(State.EXECUTED, e.executedOn());
        case Transfer.Confirmed e -> paid(State.CONFIRMED, e.bookedOn());
        case Transfer.Returned e -> unpaid(State.RETURNED, e.returnedOn(), e.reason());
        case Transfer.Rejected e -> unpaid(State.REJECTED, e.rejectedOn(), e.reason());
      };
    }

    private static End without(State state) {
      return new End(state, Optional.empty(), Optional.empty());
    }

    private static End paid(State state, LocalDate on) {
      return new End(state, Optional.of(on), Optional.empty());
    }

    private static End unpaid(State state, LocalDate on, String reason) {
      return new End(state, Optional.of(on), Optional.of(reason));
    }
  }

  static Order order(SettlementRunOpened.Transfer transfer, Known known) {
    End end = End.of(Optional.ofNullable(known.ends().get(transfer.transfer())));
    Set<String> venues = new LinkedHashSet<>();
    List<Slip> slips = new ArrayList<>(transfer.slips().size());
    long lateCents = 0;
    for (SettlementRunOpened.PaidSlip slip : transfer.slips()) {
      Optional<LocalDate> payBy =
          Optional.ofNullable(known.presentedOn().get(slip.position())).map(PaymentTarget::lastDay);
      long late =
          known
              .lateCents()
              .getOrDefault(new SlipOfTransfer(transfer.transfer(), slip.position()), 0L);
      lateCents += late;
      venues.add(slip.venue().value());
      slips.add(
          new Slip(
              slip.venue().value(),
              slip.reference().value(),
              slip.position(),
              slip.cents(),
              payBy,
              late > 0));
    }
    return new Order(
        transfer.transfer().value(),
        transfer.amountCents(),
        lateCents,
        List.copyOf(venues),
        List.copyOf(slips),
        end.state(),
        end.on(),
        end.reason());
  }
}
