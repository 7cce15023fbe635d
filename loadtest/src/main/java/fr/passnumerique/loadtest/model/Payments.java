package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Run;
import fr.passnumerique.loadtest.model.World.Transfer;
import fr.passnumerique.loadtest.model.World.Venue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settlement runs and what the bank says of their transfers. */
final class Payments {
  private final World world;
  private final Netted netted;
  private final Calendars calendars;
  private final Ends ends;

  Payments(World world) {
    this.world = world;
    this.netted = new Netted(world);
    this.calendars = new Calendars(world);
    ends = new Ends(world);
  }

  Told open(Settling.OpenRunFor a, Instant receivedAt) {
    if (!world.programmes.containsKey(a.programme())) {
      return Told.refused("UNKNOWN_PROGRAMME");
    }
    String id = "run " + a.run();
    Told known = world.known(id, a, "RUN_ID_TAKEN");
    if (known != null) {
      return known;
    }
    Instant cutOff = World.startOf(a.cutOffDay());
    if (cutOff.isAfter(receivedAt)) {
      return Told.refused("CUT_OFF_IN_FUTURE");
    }
    boolean exceptional = !a.occasion().isEmpty() && !a.occasion().equals("SCHEDULED");
    if (!exceptional && !calendars.allows(a.programme(), a.cutOffDay())) {
      return Told.refused("CUT_OFF_NOT_SCHEDULED");
    }
    if (world.recordedAt.isBefore(cutOff)) {
      return Told.refused("CUT_OFF_NOT_RECORDED");
    }
    Map<String, List<World.Owed>> owed = owed(a.programme(), cutOff);
    Map<String, Long> doubted = leaveOut(owed);
    List<Undue.Netting> nettings = netted.net(a.programme(), owed);
    Map<String, List<World.Owed>> byIban = new LinkedHashMap<>();
    List<String> unpayable = new ArrayList<>();
    owed.forEach(
        (name, debts) -> {
          Venue venue = world.venues.get(name);
          if (debts.isEmpty()) {
            return;
          }
          if (venue == null || !venue.payable()) {
            unpayable.add(name);
          } else {
            byIban.computeIfAbsent(venue.iban, _ -> new ArrayList<>()).addAll(debts);
          }
        });
    Map<String, Long> carried =
        exceptional
            ? Map.of()
            : calendars.carryOver(
                a.programme(), a.cutOffDay(), World.dayOf(receivedAt), byIban.values());
    if (byIban.isEmpty() && nettings.isEmpty()) {
      return Told.refused("NOTHING_TO_PAY");
    }
    List<Transfer> transfers = new ArrayList<>();
    StringBuilder answer = new StringBuilder();
    byIban.forEach(
        (iban, debts) -> {
          Transfer transfer = new Transfer(a.run() + "-" + (transfers.size() + 1), iban);
          transfers.add(transfer);
          long cents = 0;
          for (World.Owed one : debts) {
            one.debt().transfer = transfer.name;
            one.debt().taken = true;
            transfer.lines.add(one);
            cents += one.cents();
            nettings.stream()
                .filter(netting -> netting.venue.equals(one.debt().venue))
                .forEach(netting -> netting.transfer = transfer.name);
          }
          answer.append(transfer.name).append('=').append(cents).append(' ');
        });
    answer.append("unpayable=").append(unpayable).append(Netted.told(nettings));
    carried.forEach(
        (name, cents) -> answer.append(" carried ").append(name).append('=').append(cents));
    doubted.forEach(
        (name, cents) -> answer.append(" doubted ").append(name).append('=').append(cents));
    world.runs.put(a.run(), new Run(transfers, new ArrayList<>(nettings)));
    return world.record(id, a, answer.toString());
  }

  private Map<String, List<World.Owed>> owed(String programme, Instant cutOff) {
    Map<String, List<World.Owed>> owed = new TreeMap<>();
    world
        .debts()
        .filter(one -> one.cheque().batch.programme.equals(programme))
        .filter(one -> one.debt().isOwed() && one.debt().recordedAt.isBefore(cutOff))
        .forEach(one -> owed.computeIfAbsent(one.debt().venue, _ -> new ArrayList<>()).add(one));
    return owed;
  }

  /**
   * Takes out what the bank may have paid, and what is owed of the same slips.
   *
   * @return by venue, how much
   */
  private Map<String, Long> leaveOut(Map<String, List<World.Owed>> owed) {
    Set<String> slips = new HashSet<>();
    world.runs.values().stream()
        .flatMap(run -> run.transfers.stream().filter(one -> !run.cancelled || !one.end.isEmpty()))
        .filter(transfer -> world.account.doubts(transfer.name))
        .flatMap(transfer -> transfer.lines.stream())
        .filter(line -> line.debt().isOwed())
        .forEach(line -> slips.add(slip(line)));
    Map<String, Long> doubted = new TreeMap<>();
    owed.forEach(
        (venue, all) -> {
          for (World.Owed one : all) {
            if (slips.contains(slip(one))) {
              doubted.merge(venue, one.cents(), Long::sum);
            }
          }
          all.removeIf(one -> slips.contains(slip(one)));
        });
    return doubted;
  }

  /** What is owed again since a reversal was lifted is owed for that, and no slip's any more. */
  private static String slip(World.Owed one) {
    return one.debt() instanceof Cheque.Spent spent
        ? spent.venue + " " + spent.reference
        : "lifted " + Objects.requireNonNull(one.cheque().spent().reversed).reversal.name;
  }

  /** Whether a transfer is to pay it whose end is not known. */
  static boolean isOnItsWay(Cheque.Debt debt) {
    return debt.transfer != null && !debt.paid && !debt.executed;
  }

  Told release(Action.ReleaseRun a, Instant recordedAt) {
    Run run = world.runs.get(a.run());
    if (run == null) {
      return Told.refused("UNKNOWN_RUN");
    }
    if (run.cancelled) {
      return Told.refused("RUN_CANCELLED");
    }
    if (run.releasedOn != null) {
      return Told.again("");
    }
    if (a.by().equals(Action.CLERK)) {
      return Told.refused("SECOND_PERSON_REQUIRED");
    }
    if (run.nettings.stream()
        .flatMap(netting -> netting.claims.stream())
        .anyMatch(claim -> claim.reversal.isContested())) {
      return Told.refused("NETTING_CONTESTED");
    }
    if (run.transfers.stream().anyMatch(this::mayBePaidAlready)
        || run.nettings.stream().anyMatch(this::netsWhatMayBePaid)) {
      return Told.refused("MAY_BE_PAID_ALREADY");
    }
    if (run.transfers.stream().anyMatch(one -> world.closedIbans.contains(one.iban))) {
      return Told.refused("ACCOUNT_CLOSED");
    }
    run.releasedOn = World.dayOf(recordedAt);
    Netted.release(run);
    return Told.done("");
  }

  private boolean mayBePaidAlready(Transfer transfer) {
    return transfer.lines.stream().anyMatch(own -> isDoubtedOfAnother(world, own.debt(), transfer));
  }

  private boolean netsWhatMayBePaid(Undue.Netting netting) {
    return netting.owed.stream()
        .anyMatch(cheque -> isDoubtedOfAnother(world, cheque.spent(), null));
  }

  /** Whether the bank may have paid it by another transfer, which counts as unpaid. */
  static boolean isDoubtedOfAnother(World world, Cheque.Debt debt, @Nullable Transfer transfer) {
    return world.runs.values().stream()
        // Of what was cancelled nobody has ever been given a file.
        .flatMap(run -> run.transfers.stream().filter(one -> !run.cancelled || !one.end.isEmpty()))
        .filter(other -> other != transfer && world.account.doubts(other.name))
        .anyMatch(other -> other.lines.stream().anyMatch(line -> line.debt() == debt));
  }

  /** Of a transfer whose file nobody has; later it changes nothing any more. */
  private boolean goesWithWhatMayBePaid(Run run, Transfer transfer) {
    return !run.handedOut
        && run.nettings.stream()
            .filter(netting -> netting.transfer.equals(transfer.name))
            .anyMatch(this::netsWhatMayBePaid);
  }

  Told cancel(Action.CancelRun a) {
    Run run = world.runs.get(a.run());
    if (run == null) {
      return Told.refused("UNKNOWN_RUN");
    }
    if (run.cancelled) {
      return Told.again("");
    }
    if (run.releasedOn == null) {
      run.cancelled = true;
      Netted.undo(run, "");
      run.transfers.forEach(Ends::comeToNothing);
      return Told.done("");
    }
    String not =
        run.transfers.isEmpty()
            ? "NOTHING_TO_TRANSFER"
            : Handing.notCancelled(world, run, "RUN_ALREADY_RELEASED");
    if (!not.isEmpty()) {
      return Told.refused(not);
    }
    run.cancelled = true;
    for (Transfer transfer : run.transfers) {
      if (transfer.end.isEmpty()) {
        Netted.undo(run, transfer.name);
        Ends.comeToNothing(transfer);
      }
    }
    return Told.done("");
  }

  Told handOut(Settling.HandOutRun a) {
    Run run = world.runs.get(a.run());
    if (run == null) {
      return Told.refused("UNKNOWN_RUN");
    }
    if (run.cancelled || run.isOpen()) {
      return Told.refused(run.cancelled ? "RUN_CANCELLED" : "RUN_NOT_RELEASED");
    }
    return run.transfers.isEmpty()
        ? Told.refused("NOTHING_TO_TRANSFER")
        : Handing.handOut(
            world,
            run,
            a.leftOut(),
            one -> mayBePaidAlready(one) || goesWithWhatMayBePaid(run, one));
  }

  Told confirm(Action.ConfirmTransfer a, LocalDate today) {
    Transfer transfer = transfer(a.run(), a.number());
    Run run = world.runs.get(a.run());
    if (transfer == null || run == null) {
      return unknown(a.run());
    }
    if (run.cancelled || run.isOpen()) {
      return Told.refused(run.cancelled ? "RUN_CANCELLED" : "RUN_NOT_RELEASED");
    }
    String end = "confirmed " + a.bookedOn();
    if (!transfer.end.isEmpty()) {
      return ended(transfer, end);
    }
    if (!run.handedOut) {
      return Told.refused("FILE_NEVER_HANDED_OUT");
    }
    if (isOutOfRange(run, a.bookedOn(), today)) {
      return Told.refused("DATE_OUT_OF_RANGE");
    }
    if (transfer.takenBack.contains(a.bookedOn().toString())) {
      return Told.refused("DEBIT_TAKEN_BACK");
    }
    if (world.account.hasDebit(transfer.name)) {
      return Told.refused("DEBIT_UNEXPLAINED");
    }
    ends.confirm(new Ends.Found(a.run(), run, transfer), a.bookedOn());
    return Told.done("");
  }

  Told reject(Action.RejectTransfer a, LocalDate today) {
    Transfer transfer = transfer(a.run(), a.number());
    Run run = world.runs.get(a.run());
    if (transfer == null || run == null) {
      return unknown(a.run());
    }
    if (run.cancelled || run.isOpen()) {
      return Told.refused(run.cancelled ? "RUN_CANCELLED" : "RUN_NOT_RELEASED");
    }
    String end = "rejected " + a.rejectedOn() + " " + a.reason();
    if (!transfer.end.isEmpty()) {
      return ended(transfer, end);
    }
    if (!run.handedOut) {
      return Told.refused("FILE_NEVER_HANDED_OUT");
    }
    if (isOutOfRange(run, a.rejectedOn(), today)) {
      return Told.refused("DATE_OUT_OF_RANGE");
    }
    ends.reject(new Ends.Found(a.run(), run, transfer), a.rejectedOn(), a.reason());
    return Told.done("");
  }

  /**
   * Nobody is paid by it: the transfer is on its way again, and owed to nobody a second time. What
   * followed from its payment, a netting or a claim on its venue, stays.
   */
  Told takeBack(Banking.TakeConfirmationBack a) {
    Transfer transfer = transfer(a.run(), a.number());
    Run run = world.runs.get(a.run());
    if (transfer == null || run == null || run.isOpen() || run.cancelled) {
      return Told.refused("UNKNOWN_TRANSFER");
    }
    String before = transfer.wordsTakenBack.get(a.paidOn());
    if (before != null) {
      return before.equals(a.reason())
          ? Told.again("")
          : Told.refused("CONFIRMATION_ALREADY_TAKEN_BACK");
    }
    Ends.Found found = new Ends.Found(a.run(), run, transfer);
    boolean confirmed = found.standing().equals("CONFIRMED");
    boolean counts =
        (confirmed || found.standing().equals("EXECUTED")) && transfer.paidOn().equals(a.paidOn());
    if (!counts || transfer.debited) {
      return Told.refused(counts ? "CONFIRMATION_SHOWN" : "NOT_CONFIRMED");
    }
    boolean lasts = confirmed && (transfer.debitedAgain || !Ends.isStillOrdered(found));
    if (lasts || !Ends.isUntouched(found)) {
      return Told.refused("CONFIRMATION_MOVED_ON");
    }
    if (confirmed) {
      ends.takeBackDebit(found, a.paidOn());
    } else {
      ends.neverExecuted(found);
    }
    transfer.wordsTakenBack.put(a.paidOn(), a.reason());
    return Told.done("");
  }

  private @Nullable Transfer transfer(String name, int number) {
    Run run = world.runs.get(name);
    return run == null || number < 1 || number > run.transfers.size()
        ? null
        : run.transfers.get(number - 1);
  }

  private Told unknown(String run) {
    return Told.refused(world.runs.containsKey(run) ? "UNKNOWN_TRANSFER" : "UNKNOWN_RUN");
  }

  private static Told ended(Transfer transfer, String end) {
    if (transfer.end.equals(end)) {
      return Told.again("");
    }
    return Told.refused(
        transfer.end.startsWith("confirmed") || transfer.end.startsWith("executed")
            ? "TRANSFER_ALREADY_CONFIRMED"
            : "TRANSFER_ALREADY_REJECTED");
  }

  private static boolean isOutOfRange(Run run, LocalDate day, LocalDate today) {
    return run.releasedOn == null || day.isBefore(run.releasedOn) || day.isAfter(today);
  }
}
