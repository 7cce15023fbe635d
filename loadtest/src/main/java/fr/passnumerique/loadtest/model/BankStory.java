package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.Action.Booking;
import fr.passnumerique.loadtest.model.Action.Note;
import fr.passnumerique.loadtest.model.Action.Report;
import fr.passnumerique.loadtest.model.World.Agreement;
import fr.passnumerique.loadtest.model.World.Run;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the bank does, and what it says of that: late, twice, out of order, and at times wrongly.
 */
final class BankStory {
  private static final Note NOTHING = new Note("NOTHING", "", "", "");

  private final World world;
  private final Dice dice;
  private final Days days;
  private final Calls calls;
  private final UnaryOperator<String> id;
  private final BankStatusStory statuses;
  private final SplitStory splits;
  private final List<Booking> bookings = new ArrayList<>();
  private final List<Action.ImportFile> files = new ArrayList<>();

  /** Bookings that the bank has told and tells no more. */
  private final List<Booking> never = new ArrayList<>();

  /** On which day of a statement each booking counts that one tells. */
  private final Map<Integer, LocalDate> toldOn = new HashMap<>();

  /** What a file tells at this very moment: of which day it will be, another could say first. */
  private final Set<Integer> underWay = new HashSet<>();

  /** Bookings whose reference the notification leaves out. */
  private final List<Integer> shy = new ArrayList<>();

  /**
   * @param id a new identifier of a kind
   */
  BankStory(World world, Dice dice, Days days, UnaryOperator<String> id) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.id = id;
    calls = new Calls(world);
    splits = new SplitStory(world, dice);
    statuses = new BankStatusStory(world, dice, days, id);
  }

  /** A file: new, one of before, or one that cannot be read. */
  Action file() {
    if (!files.isEmpty() && dice.percent(14)) {
      return dice.of(files);
    }
    if (dice.percent(22) && !world.runs.isEmpty()) {
      return keep(statuses.file());
    }
    for (int more = dice.of(0, 1, 1, 2, 3); more > 0; more--) {
      happen();
    }
    if (bookings.isEmpty()) {
      happen();
    }
    if (dice.percent(8) && !files.isEmpty()) {
      Action.ImportFile file = dice.of(files);
      return dice.percent(35) ? otherwise(file) : keep(corrected(file));
    }
    if (dice.percent(4)) {
      @Nullable Action early = early();
      if (early != null) {
        return early;
      }
    }
    return keep(dice.percent(55) ? file(statement()) : file(notification(some())));
  }

  /**
   * The same statement with other balances; a notification has none, and is the same file again.
   */
  private static Action.ImportFile otherwise(Action.ImportFile file) {
    List<Report> reports =
        file.reports().stream()
            .map(
                r -> {
                  long more = r.statement() ? 1 : 0;
                  return new Report(
                      r.report(),
                      r.statement(),
                      r.from(),
                      r.to(),
                      r.opening() + more,
                      r.closing() + more,
                      r.bookings());
                })
            .toList();
    return new Action.ImportFile(file.file(), reports, file.statuses(), file.flaw());
  }

  /** Of a statement of before, one entry never was; null if there is none. */
  @Nullable Action corrected() {
    List<Action.ImportFile> statements =
        files.stream()
            .filter(file -> file.flaw().isEmpty())
            .filter(
                file ->
                    file.reports().stream().anyMatch(r -> r.statement() && !r.bookings().isEmpty()))
            .toList();
    Action.ImportFile file = statements.isEmpty() ? null : dice.of(statements);
    return keep(file == null ? file(statement()) : corrected(file));
  }

  /** The bank has booked one entry less than it said; what it only notified stays as it was. */
  private Action.ImportFile corrected(Action.ImportFile file) {
    List<Report> reports =
        file.reports().stream()
            .map(
                r -> {
                  if (!r.statement() || r.bookings().isEmpty()) {
                    return r;
                  }
                  Booking never = dice.of(r.bookings());
                  if (dice.percent(80)) {
                    bookings.removeIf(b -> b.number() == never.number());
                    this.never.add(never);
                  }
                  return new Report(
                      r.report(),
                      true,
                      r.from(),
                      r.to(),
                      r.opening(),
                      r.closing() - never.cents(),
                      r.bookings().stream().filter(b -> b != never).toList());
                })
            .toList();
    return new Action.ImportFile(file.file(), reports, file.statuses(), file.flaw());
  }

  /** The bank says that it has paid a transfer, and books it later. */
  Action executed(Ends.Found found) {
    Action.Status status =
        new Action.Status(found.run(), found.transfer().name, "ACSC", "", -1, days.today());
    return keep(new Action.ImportFile(id.apply("status"), List.of(), List.of(status), ""));
  }

  /**
   * @param charges that it takes besides
   */
  Action debited(World.Transfer transfer, long charges) {
    book(-transfer.cents() - charges, new Note("TRANSFER", "", "", transfer.name), days.today());
    return keep(file(notification(List.of(bookings.getLast()))));
  }

  /**
   * @param charges that some bank keeps of it
   */
  Action returned(World.Transfer transfer, long charges) {
    book(
        Math.max(1, transfer.cents() - charges),
        new Note("RETURN", "", "", transfer.name),
        days.today());
    return keep(file(notification(List.of(bookings.getLast()))));
  }

  /** It comes back, and the day's statement tells so. */
  Action returnedOnAStatement(World.Transfer transfer) {
    LocalDate today = days.today();
    book(transfer.cents(), new Note("RETURN", "", "", transfer.name), today);
    return keep(
        new Action.ImportFile(id.apply("file"), List.of(statement(today, today)), List.of(), ""));
  }

  /** A statement that told its return, told anew without; null if none did. */
  @Nullable Action neverReturned(String transfer) {
    return neverWas(isReturnOf(transfer));
  }

  /** Whether a statement told its return, which could be told anew without. */
  boolean isToldToReturn(String transfer) {
    return files.stream().anyMatch(file -> isStatementOf(file, isReturnOf(transfer)))
        && bookings.stream().anyMatch(isReturnOf(transfer));
  }

  private static Predicate<Booking> isReturnOf(String transfer) {
    return b -> b.note().kind().equals("RETURN") && b.note().of().equals(transfer);
  }

  private static boolean isStatementOf(Action.ImportFile file, Predicate<Booking> such) {
    return file.flaw().isEmpty()
        && file.reports().stream()
            .filter(Report::statement)
            .flatMap(r -> r.bookings().stream())
            .anyMatch(such);
  }

  /** A statement that told such a booking, told anew without; null if none did. */
  @Nullable Action neverWas(Predicate<Booking> such) {
    for (Action.ImportFile file : files) {
      if (isStatementOf(file, such) && bookings.removeIf(b -> such.test(b) && never.add(b))) {
        List<Report> reports = file.reports().stream().map(r -> without(r, such)).toList();
        return keep(new Action.ImportFile(file.file(), reports, file.statuses(), file.flaw()));
      }
    }
    return null;
  }

  /** A statement of before, of which one booking is of other payments; null if none can be. */
  @Nullable Action splitOtherwise() {
    for (Action.ImportFile file : files) {
      Report told =
          file.flaw().isEmpty() && !file.reports().isEmpty() ? file.reports().getFirst() : null;
      Booking one = told == null || !told.statement() ? null : splits.toldByItAlone(told, files);
      if (told == null || one == null || !bookings.contains(one)) {
        continue;
      }
      Booking other = splits.otherwise(one, bookings.size() + never.size() + 1);
      if (!SplitStory.differ(one, other)) {
        continue;
      }
      bookings.remove(one);
      // No other statement tells of either: which of them it meant, nobody could say.
      never.add(one);
      never.add(other);
      Report again =
          new Report(
              told.report(),
              true,
              told.from(),
              told.to(),
              told.opening(),
              told.closing(),
              told.bookings().stream().map(b -> b == one ? other : b).toList());
      return keep(new Action.ImportFile(id.apply("file"), List.of(again), List.of(), ""));
    }
    return null;
  }

  private static Report without(Report r, Predicate<Booking> such) {
    List<Booking> left = r.bookings().stream().filter(such.negate()).toList();
    long less = r.bookings().stream().filter(such).mapToLong(Booking::cents).sum();
    return r.statement()
        ? new Report(r.report(), true, r.from(), r.to(), r.opening(), r.closing() - less, left)
        : r;
  }

  /** A transfer comes back, and the bank tells of that before it tells of the debit. */
  @Nullable Action early() {
    List<Ends.Found> waiting = transfers("ORDERED", "EXECUTED");
    if (waiting.isEmpty()) {
      return null;
    }
    World.Transfer transfer = dice.of(waiting).transfer();
    book(-transfer.cents(), new Note("TRANSFER", "", "", transfer.name), days.today());
    book(transfer.cents(), new Note("RETURN", "", "", transfer.name), days.today());
    return keep(file(notification(List.of(bookings.getLast()))));
  }

  /** A venue pays a debit note, and the bank tells at once. */
  Action paidBack() {
    payBack();
    LocalDate today = days.today();
    return keep(
        file(
            dice.percent(50)
                ? notification(List.of(bookings.getLast()))
                : statement(today.minusDays(12), today)));
  }

  /** What banks keep for a transfer, mostly nothing. */
  private long kept() {
    return dice.percent(85) ? 0 : dice.of(45L, 150L, 150L);
  }

  /** The bank gives back what it took. */
  Action makeUp(long cents) {
    return paidIn(-cents);
  }

  /** Somebody has paid in, and nothing says for what. */
  Action paidIn(long cents) {
    book(cents, NOTHING, days.today());
    return keep(file(notification(List.of(bookings.getLast()))));
  }

  /** What a clerk has recorded by hand, and the bank tells so. */
  Action shown(Action.Receive receipt) {
    book(receipt.cents(), new Note("RECEIPT", "", "", receipt.receipt()), receipt.valueDate());
    return keep(file(notification(List.of(bookings.getLast()))));
  }

  private Action.ImportFile keep(Action.ImportFile file) {
    files.add(file);
    return file;
  }

  private Action.ImportFile file(Report report) {
    String flaw =
        dice.percent(96)
            ? ""
            : report.statement()
                ? dice.of("SUMS_DO_NOT_ADD_UP", "ANOTHER_ACCOUNT")
                : "ANOTHER_ACCOUNT";
    return new Action.ImportFile(id.apply("file"), List.of(report), List.of(), flaw);
  }

  private List<Booking> some() {
    List<Booking> some = new ArrayList<>();
    for (int more = dice.between(1, 3); more > 0; more--) {
      Booking one = bookings.get(Math.max(0, bookings.size() - 1 - dice.of(0, 0, 1, 2, 5)));
      if (!some.contains(one) && !underWay.contains(one.number())) {
        some.add(one);
      }
    }
    return some;
  }

  private Report notification(List<Booking> some) {
    List<Booking> shown =
        some.stream().map(b -> shy.contains(b.number()) ? withReference(b, "") : b).toList();
    LocalDate today = days.today();
    return new Report(id.apply("notice"), false, today, today, 0, 0, shown);
  }

  private static Booking withReference(Booking b, String reference) {
    return new Booking(
        b.number(), reference, b.bookedOn(), b.valueOn(), b.cents(), b.note(), b.batch());
  }

  /** All that the bank booked in a period; mostly it closes with what there is. */
  private Report statement() {
    LocalDate to = days.today().minusDays(dice.of(0, 0, 0, 1, 3));
    return statement(to.minusDays(dice.of(0, 1, 5, 15, 40)), to);
  }

  private Report statement(LocalDate from, LocalDate to) {
    return statement(from, to, 15);
  }

  /**
   * @param outside of a hundred bookings of days near them that nothing has told yet, how many it
   *     counts too
   */
  private Report statement(LocalDate from, LocalDate to, int outside) {
    List<Booking> within =
        bookings.stream()
            .filter(
                b ->
                    isWithin(dayOf(b), from, to)
                        || isUntold(b)
                            && isWithin(b.bookedOn(), from.minusDays(6), to.plusDays(4))
                            && dice.percent(outside))
            .toList();
    for (Booking booking : within) {
      LocalDate on = booking.bookedOn();
      toldOn.putIfAbsent(booking.number(), on.isBefore(from) ? from : on.isAfter(to) ? to : on);
    }
    long sum = within.stream().mapToLong(Booking::cents).sum();
    long more =
        within.stream()
            .filter(b -> !world.account.read.contains(b.number()))
            .mapToLong(this::moved)
            .sum();
    long closing = world.account.known(to) + more + (dice.percent(92) ? 0 : dice.of(1, -500));
    return new Report(id.apply("statement"), true, from, to, closing - sum, closing, within);
  }

  private static boolean isWithin(LocalDate day, LocalDate from, LocalDate to) {
    return !day.isBefore(from) && !day.isAfter(to);
  }

  /** Once a statement tells it, it counts there. */
  private LocalDate dayOf(Booking booking) {
    return toldOn.getOrDefault(booking.number(), booking.bookedOn());
  }

  /** Whether it may still be told by whatever statement. */
  private boolean isUntold(Booking booking) {
    return !world.account.read.contains(booking.number())
        && !toldOn.containsKey(booking.number())
        && !underWay.contains(booking.number());
  }

  /** Booked ahead of its day, or late: a notification announces it, a statement counts it. */
  Action outsideItsDays() {
    int before = bookings.size();
    happen();
    if (bookings.size() == before) {
      return file();
    }
    LocalDate today = days.today();
    Booking booked = bookings.getLast();
    Booking other = booked.on(today.plusDays(dice.of(1, 2, 3, -1, -4)));
    boolean alone =
        told().noneMatch(b -> b.cents() == other.cents() && b.bookedOn().equals(other.bookedOn()));
    if (alone && !booked.reference().isEmpty() && !shy.contains(booked.number())) {
      bookings.set(before, other);
    }
    return keep(
        file(
            dice.percent(35)
                ? notification(List.of(bookings.getLast()))
                : statement(today, today, 95)));
  }

  /** What of a booking no clerk has recorded yet. */
  private long moved(Booking booking) {
    World.Run inOneSum =
        booking.note().kind().equals("RUN") ? world.runs.get(booking.note().of()) : null;
    if (inOneSum != null) {
      return booking.cents()
          + inOneSum.transfers.stream()
              .filter(one -> isConfirmed(one.name) && !one.debited)
              .mapToLong(World.Transfer::cents)
              .sum();
    }
    if (booking.batch().isEmpty()) {
      return isProof(booking) ? 0 : booking.cents();
    }
    return booking.batch().stream()
        .filter(paid -> !isConfirmed(paid.transfer()))
        .mapToLong(paid -> -paid.cents())
        .sum();
  }

  private boolean isConfirmed(String transfer) {
    return isConfirmed(transfer, -1);
  }

  /**
   * @param cents of its debit; below zero for whatever amount
   */
  private boolean isConfirmed(String transfer, long cents) {
    Ends.Found found = new Ends(world).find(transfer);
    return found != null
        && found.standing().equals("CONFIRMED")
        && (cents < 0 || found.transfer().cents() == cents);
  }

  private boolean isProof(Booking booking) {
    if (booking.note().kind().equals("DEBIT_NOTE")) {
      Undue.Note note = world.undue.notes.get(booking.note().of());
      return note != null && note.isPaid() && !note.proved;
    }
    return booking.note().kind().equals("RECEIPT")
        || booking.cents() < 0 && isConfirmed(booking.note().of(), -booking.cents());
  }

  // --- what happens on the account

  private void happen() {
    if (!world.undue.notes.isEmpty() && dice.percent(isAskedBack() ? 20 : 3)) {
      payBack();
      return;
    }
    List<Long> byHand = refundsByHand();
    if (!byHand.isEmpty() && dice.percent(10)) {
      book(dice.of(byHand), NOTHING);
      return;
    }
    if (!refunds("ORDERED", "EXECUTED").isEmpty() && dice.percent(30)) {
      pay();
      return;
    }
    if (!refunds("CONFIRMED").isEmpty() && dice.percent(15)) {
      sendBack();
      return;
    }
    int chance = dice.below(100);
    if (chance < 7) {
      payAtOnce();
    } else if (chance < 43) {
      pay();
    } else if (chance < 65) {
      payIn();
    } else if (chance < 74) {
      show();
    } else if (chance < 90) {
      sendBack();
    } else if (chance < 94) {
      book(-dice.of(90L, 1_250L), NOTHING);
    } else if (chance < 96) {
      book(dice.of(-700L, 700L), new Note("REVERSAL", "", "", ""));
    } else {
      book(dice.of(5_000L, 20_000L), NOTHING);
    }
  }

  /** Whether the bank has something to tell that seldom comes to pass. */
  boolean isAwaited() {
    return isAskedBack() || !refunds("ORDERED", "EXECUTED").isEmpty();
  }

  private List<Ends.Found> refunds(String... standings) {
    return transfers(standings).stream()
        .filter(one -> one.transfer() instanceof Refunds.Refund)
        .toList();
  }

  private boolean isAskedBack() {
    return world.undue.notes.values().stream().anyMatch(note -> note.open() > 0 || !note.proved);
  }

  /** A venue pays a debit note, whole or in part, and names it or does not. */
  private void payBack() {
    List<Map.Entry<String, Undue.Note>> open =
        world.undue.notes.entrySet().stream()
            .filter(note -> note.getValue().open() > 0 || !note.getValue().proved)
            .toList();
    Map.Entry<String, Undue.Note> one =
        dice.of(
            open.isEmpty() || dice.percent(8) ? List.copyOf(world.undue.notes.entrySet()) : open);
    Undue.Note note = one.getValue();
    long asked = note.isPaid() ? note.payments.getLast().cents() : note.open();
    long cents =
        switch (dice.below(8)) {
          case 0, 1, 2 -> asked;
          case 3, 4 -> asked / 2;
          case 5, 6 -> asked / 3 + 1;
          default -> asked + 1;
        };
    book(
        Math.max(1, cents),
        dice.percent(80) ? new Note("DEBIT_NOTE", "", "", one.getKey()) : NOTHING);
  }

  /** What clerks have said to be refunded, and the bank has not shown; below zero. */
  private List<Long> refundsByHand() {
    return world.notes().values().stream()
        .filter(note -> note.byHand != null && !note.proved)
        .map(note -> note.byHand == null ? 0 : note.byHand.cents)
        .toList();
  }

  private List<Ends.Found> transfers(String... standings) {
    return transfers(world, standings);
  }

  static List<Ends.Found> transfers(World world, String... standings) {
    List<Ends.Found> found = new ArrayList<>();
    for (Map.Entry<String, Run> run : world.allOrdered().entrySet()) {
      for (World.Transfer transfer : run.getValue().transfers) {
        Ends.Found one = new Ends.Found(run.getKey(), run.getValue(), transfer);
        if (List.of(standings).contains(one.standing())) {
          found.add(one);
        }
      }
    }
    return found;
  }

  /** Mostly a transfer that waits for it. */
  private void pay() {
    List<Ends.Found> waiting =
        transfers("ORDERED", "EXECUTED").stream()
            .filter(one -> one.of().handedOut || dice.percent(15))
            .toList();
    List<Ends.Found> any =
        transfers("UNSENT", "ORDERED", "EXECUTED", "CONFIRMED", "REJECTED", "RETURNED");
    if (any.isEmpty() || waiting.isEmpty() && dice.percent(75)) {
      payIn();
      return;
    }
    List<Ends.Found> refunds =
        waiting.stream().filter(one -> one.transfer() instanceof Refunds.Refund).toList();
    if (!refunds.isEmpty() && dice.percent(50)) {
      waiting = refunds;
    }
    World.Transfer transfer =
        dice.of(waiting.isEmpty() ? any : dice.percent(8) ? any : waiting).transfer();
    long cents = dice.percent(97) ? transfer.cents() + kept() : transfer.cents() - 1;
    book(-cents, new Note("TRANSFER", "", "", transfer.name));
  }

  /** All that a run orders is booked in one sum. */
  private void payAtOnce() {
    List<Run> runs =
        world.allOrdered().values().stream()
            .filter(run -> run.releasedOn != null && run.transfers.size() > 1)
            .filter(run -> run.handedOut || dice.percent(15))
            .filter(run -> !run.pending().isEmpty())
            .toList();
    if (runs.isEmpty()) {
      pay();
      return;
    }
    List<Action.Paid> batch = new ArrayList<>();
    for (World.Transfer transfer : dice.of(runs).transfers) {
      if (transfer.end.isEmpty() || dice.percent(15)) {
        batch.add(
            new Action.Paid(
                dice.percent(96) ? transfer.name : "run-0-1",
                dice.percent(96) ? transfer.cents() : transfer.cents() + 1));
      }
    }
    long sum = batch.stream().mapToLong(Action.Paid::cents).sum();
    int number = bookings.size() + never.size() + 1;
    LocalDate on = days.today().minusDays(dice.of(0, 0, 0, 1, 12));
    bookings.add(
        new Booking(number, "B" + (100_000 + number), on, on, -sum, NOTHING, List.copyOf(batch)));
  }

  /** All that a run waits for is booked, and the bank does not tell its payments. */
  Action inOneSum(String run, List<Ends.Found> waiting) {
    long sum = waiting.stream().mapToLong(found -> found.transfer().cents()).sum();
    book(-sum, new Note("RUN", "", "", run), days.today());
    return keep(
        dice.percent(50)
            ? file(notification(List.of(bookings.getLast())))
            : file(statement(days.today(), days.today())));
  }

  private void sendBack() {
    List<Ends.Found> paid = transfers("CONFIRMED");
    List<Ends.Found> any = transfers("UNSENT", "ORDERED", "EXECUTED", "REJECTED", "RETURNED");
    if (paid.isEmpty() && (any.isEmpty() || dice.percent(75))) {
      payIn();
      return;
    }
    List<Ends.Found> refunds = refunds("CONFIRMED");
    if (!refunds.isEmpty() && dice.percent(50)) {
      paid = refunds;
    }
    World.Transfer transfer =
        dice.of(paid.isEmpty() || dice.percent(10) && !any.isEmpty() ? any : paid).transfer();
    book(
        dice.percent(97) ? Math.max(1, transfer.cents() - kept()) : transfer.cents() + 1,
        new Note(dice.of("RETURN", "RETURN", "TRANSFER"), "", "", transfer.name));
  }

  private void payIn() {
    if (world.agreements.isEmpty()) {
      book(dice.of(5_000L, 20_000L), NOTHING);
      return;
    }
    List<Calls.Call> open = world.calls.values().stream().filter(call -> call.open() > 0).toList();
    if (!open.isEmpty() && dice.percent(45)) {
      Calls.Call call = dice.of(open);
      book(
          Math.max(1, call.open() + dice.of(0, 0, 0, -1, 2_000)),
          new Note("CALL", "", "", call.made.call()));
      return;
    }
    Agreement agreement = dice.of(List.copyOf(world.agreements.values()));
    Action.Share share = dice.of(agreement.shares().toList());
    String funder = dice.percent(70) ? share.cashOwner() : share.funder();
    long used = calls.callable(agreement, funder);
    book(
        dice.of(3_333L, 20_000L, Math.max(1, Math.min(used, 50_000L))),
        dice.percent(80)
            ? new Note("SHARE", agreement.signed.agreement(), funder, "")
            : new Note("AGREEMENT", agreement.signed.agreement(), "", ""));
  }

  /** What a clerk has recorded by hand. */
  private void show() {
    List<Account.ByHand> byHand =
        world.account.byHand.values().stream().filter(one -> !one.proved).toList();
    if (byHand.isEmpty()) {
      payIn();
      return;
    }
    Action.Receive receipt = dice.of(byHand).receipt;
    Note note =
        switch (dice.below(4)) {
          case 0 -> new Note("RECEIPT", "", "", receipt.receipt());
          case 1 -> NOTHING;
          default -> new Note("SHARE", receipt.agreement(), receipt.funder(), "");
        };
    book(
        receipt.cents() + (dice.percent(95) ? 0 : 1),
        note,
        atMost(days.today(), receipt.valueDate().plusDays(dice.of(0, 0, 1, 5, 6))));
  }

  private static LocalDate atMost(LocalDate last, LocalDate on) {
    return on.isAfter(last) ? last : on;
  }

  private void book(long cents, Note note) {
    book(cents, note, days.today().minusDays(dice.of(0, 0, 0, 1, 2, 12)));
  }

  private void book(long cents, Note note, LocalDate bookedOn) {
    int number = bookings.size() + never.size() + 1;
    String reference = "B" + (100_000 + number);
    boolean alone = told().noneMatch(b -> b.cents() == cents && b.bookedOn().equals(bookedOn));
    boolean hidden =
        told()
            .anyMatch(
                b ->
                    b.cents() == cents
                        && b.bookedOn().equals(bookedOn)
                        && (b.reference().isEmpty() || shy.contains(b.number())));
    if (hidden) {
      // Nobody could tell the two apart.
      return;
    }
    if (alone && dice.percent(12)) {
      reference = "";
    } else if (alone && dice.percent(15)) {
      shy.add(number);
    }
    bookings.add(
        new Booking(
            number,
            reference,
            bookedOn,
            bookedOn.plusDays(dice.of(0, 0, 0, 1, -1)),
            cents,
            note,
            List.of()));
  }

  private Stream<Booking> told() {
    return Stream.concat(bookings.stream(), never.stream());
  }

  /** Another file with the same, or a clerk who records by hand what it tells. */
  @Nullable Action rivalOf(Action action) {
    return switch (action) {
      case Action.ImportFile a -> {
        a.reports().forEach(r -> r.bookings().forEach(b -> underWay.add(b.number())));
        Action rival = dice.percent(60) || a.reports().isEmpty() ? file() : byHand(a);
        underWay.clear();
        yield rival;
      }
      case Action.MatchEntry a ->
          dice.percent(50)
              ? new Action.OffsetEntries(a.entry(), dice.between(1, a.entry() + 1))
              : new Action.MatchEntry(a.entry(), List.of(), "receipt-0", "");
      default -> null;
    };
  }

  private Action byHand(Action.ImportFile a) {
    List<Booking> credits =
        a.reports().getFirst().bookings().stream()
            .filter(b -> b.note().kind().equals("SHARE"))
            .toList();
    if (credits.isEmpty()) {
      return file();
    }
    Booking one = dice.of(credits);
    return new Action.Receive(
        dice.percent(60) && !one.reference().isEmpty() ? one.reference() : id.apply("receipt"),
        one.note().agreement(),
        one.note().funder(),
        one.cents(),
        one.valueOn());
  }
}
