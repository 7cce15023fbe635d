package fr.passnumerique.loadtest.model;

import static java.util.stream.Collectors.joining;

import fr.passnumerique.loadtest.model.Action.Booking;
import fr.passnumerique.loadtest.model.Action.Note;
import fr.passnumerique.loadtest.model.Action.Report;
import fr.passnumerique.loadtest.model.World.Agreement;
import fr.passnumerique.loadtest.model.World.Transfer;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the bank's statements and notifications come to. */
final class BankFiles {
  private static final long DAYS_APART = 5;

  private final World world;
  private final Ends ends;
  private final Funds funds;
  private final BankStatuses statuses;
  private int facts;

  /** What the report has shown to be debited so far. */
  private final List<Ends.Found> debited = new ArrayList<>();

  BankFiles(World world) {
    this.world = world;
    ends = new Ends(world);
    funds = new Funds(world);
    statuses = new BankStatuses(world, ends);
  }

  Told read(Action.ImportFile a, LocalDate today) {
    if (!a.flaw().isEmpty()) {
      if (!world.account.refused.contains(a.toString())) {
        world.account.refused.add(a.toString());
        world.refusalNoted = true;
      }
      return Told.refused(a.flaw());
    }
    facts = 0;
    List<String> told = new ArrayList<>();
    int pending = 0;
    for (Report sent : a.reports()) {
      Report report = sent.with(sent.bookings().stream().filter(b -> b.cents() != 0).toList());
      List<Booking> booked =
          report.bookings().stream().filter(b -> isBooked(report, b, today)).toList();
      told.addAll(read(a.file(), report, booked));
      pending += report.bookings().size() - booked.size();
    }
    facts += statuses.read(a.statuses(), told);
    if (pending > 0) {
      told.add("PENDING:" + pending);
    }
    if (facts == 0) {
      return Told.again(String.join(" ", told));
    }
    world.furtherFacts = facts - 1;
    return Told.done(String.join(" ", told));
  }

  /** What is notified for a day to come is no cash yet; what a statement's balances count is. */
  private static boolean isBooked(Report report, Booking booking, LocalDate today) {
    return report.statement() || !booking.bookedOn().isAfter(today);
  }

  private static boolean covers(Report report, @Nullable LocalDate day) {
    return day != null && !day.isBefore(report.from()) && !day.isAfter(report.to());
  }

  /** Of a statement that tells it outside its days, the nearest of them. */
  private static LocalDate dayOf(Report report, Booking booking) {
    LocalDate on = booking.bookedOn();
    if (!report.statement()) {
      return on;
    }
    return on.isBefore(report.from()) ? report.from() : on.isAfter(report.to()) ? report.to() : on;
  }

  private static String identity(Report report) {
    return "%s %s %s".formatted(report.report(), report.from(), report.to());
  }

  private static String contents(Report report) {
    return "%d %d %s"
        .formatted(
            report.opening(),
            report.closing(),
            report.bookings().stream().map(b -> b.number() + "").collect(joining("+")));
  }

  private static boolean joins(String one, String other) {
    String[] some = one.split(" ");
    String[] others = other.split(" ");
    return !some[0].equals(some[1])
        && !others[0].equals(others[1])
        && (some[1].equals(others[0]) || others[1].equals(some[0]));
  }

  /** A statement may tell in other words what nobody has explained. */
  private List<String> read(String file, Report told, List<Booking> booked) {
    if (!told.statement()) {
      return readAsMeant(file, told, booked);
    }
    Report meant = told.with(told.bookings().stream().map(world.account::meant).toList());
    int tellings = world.account.tellings.size();
    List<String> lines = readAsMeant(file, meant, meant.bookings());
    for (int i = 0; i < booked.size() && world.account.tellings.size() > tellings; i++) {
      int number = told.bookings().get(i).number();
      int as = meant.bookings().get(i).number();
      if (number != as) {
        world.account.sameAs.put(number, world.account.key(as));
      }
    }
    return lines;
  }

  /** What goes out is read before what comes in. */
  private List<String> readAsMeant(String file, Report report, List<Booking> booked) {
    List<Account.Telling> before =
        world.account.tellings.stream()
            .filter(one -> one.identity.equals(identity(report)))
            .toList();
    // What another message said, and the bank has told otherwise since, is its last word again.
    boolean isNew =
        before.stream()
            .filter(one -> one.contents.equals(contents(report)))
            .allMatch(one -> one.replaced && !one.file.equals(file));
    for (Booking booking : report.statement() ? booked : List.<Booking>of()) {
      // What was told no more is told again, by a statement that is new, or that had told it of
      // another's day.
      if (world.account.takenOut.containsKey(booking.number())
          && !world.account.moved.containsKey(booking.number())
          && (isNew || !covers(report, world.account.countedOn.get(booking.number())))) {
        world.account.read.remove(booking.number());
      }
    }
    booked.forEach(booking -> world.account.bookings.putIfAbsent(booking.number(), booking));
    Map<Booking, String> read = new HashMap<>();
    List<String> waited = new ArrayList<>();
    for (boolean debits : new boolean[] {true, false}) {
      debited.clear();
      for (Booking booking : booked) {
        if (booking.cents() < 0 == debits) {
          read.put(booking, read(booking.on(dayOf(report, booking))));
        }
      }
      if (debits) {
        debited.forEach(found -> waited.addAll(comeBackAtLast(found)));
      }
    }
    List<String> lines = new ArrayList<>(booked.stream().map(read::get).toList());
    lines.addAll(waited);
    if (report.statement()) {
      lines.add(isNew ? "new" : "known");
      if (isNew) {
        facts++;
        world.account.close(report.to(), report.opening(), report.closing());
        // What begins with the balance that another ends with is a part of the same day.
        boolean joins = before.stream().anyMatch(other -> joins(other.contents, contents(report)));
        boolean otherwise = !before.isEmpty() && !joins;
        if (otherwise) {
          world.account.toldOtherwise++;
          before.forEach(one -> one.replaced = true);
        }
        world.account.tellings.add(
            new Account.Telling(
                file,
                identity(report),
                contents(report),
                report.from(),
                report.to(),
                report.bookings().stream().map(b -> world.account.key(b.number())).toList(),
                otherwise ? world.account.toldOtherwise : 0));
      }
    }
    return lines;
  }

  private String read(Booking booking) {
    boolean known = !world.account.read.add(booking.number());
    if (!known) {
      world.account.countedOn.put(booking.number(), booking.bookedOn());
      world.account.paymentsFound.remove(booking.number());
    }
    if (booking.batch().isEmpty()) {
      return known ? known(booking) : readOne(booking);
    }
    List<String> told = new ArrayList<>();
    for (Action.Paid paid : booking.batch()) {
      Booking one =
          new Booking(
              booking.number(),
              booking.reference(),
              booking.bookedOn(),
              booking.valueOn(),
              -paid.cents(),
              new Note("TRANSFER", "", "", paid.transfer()),
              booking.batch().size() > 1 ? List.of(paid) : List.of());
      told.add(known ? "KNOWN" : readOne(one));
    }
    return String.join(" ", told);
  }

  /** As it is recorded: payment by payment, though the bank tells one sum again. */
  private String known(Booking booking) {
    int payments = world.account.paymentsFound.getOrDefault(booking.number(), 1);
    return String.join(" ", Collections.nCopies(payments, "KNOWN"));
  }

  private String readOne(Booking booking) {
    facts++;
    Ends.@Nullable Found named = ends.find(booking.note().of());
    boolean ours = named != null && Set.of("TRANSFER", "RETURN").contains(booking.note().kind());
    if (ours && named != null) {
      return booking.cents() < 0 ? debit(booking, named) : comeBack(booking, named);
    }
    if (booking.cents() > 0) {
      return credit(booking);
    }
    boolean inOneSum = booking.note().kind().equals("RUN");
    return unexplained(
        booking,
        isReversal(booking) ? "BANK_REVERSAL" : inOneSum ? "DETAILS_MISSING" : "UNKNOWN_DEBIT");
  }

  private static boolean isReversal(Booking booking) {
    return booking.note().kind().equals("REVERSAL");
  }

  private String unexplained(Booking booking, String why) {
    Account.Unexplained one =
        new Account.Unexplained(
            booking.cents(),
            booking.bookedOn(),
            booking.valueOn(),
            world.account.move(booking.bookedOn(), booking.cents()));
    one.why = why;
    one.transfer = booking.note().of();
    one.booking = booking.number();
    one.part = !booking.batch().isEmpty();
    world.account.unexplained.add(one);
    world.account.moved(booking.number(), new Account.Moved.Open(one));
    return "UNMATCHED:" + why;
  }

  private String debit(Booking booking, Ends.Found found) {
    Transfer transfer = found.transfer();
    String standing = found.standing();
    if (standing.equals("UNSENT")) {
      return unexplained(booking, "TRANSFER_NOT_SENT");
    }
    if (-booking.cents() != transfer.cents()) {
      return unexplained(booking, "AMOUNT_DIFFERS");
    }
    LocalDate on = booking.bookedOn();
    switch (standing) {
      case "ORDERED" -> ends.confirm(found, on);
      case "EXECUTED" -> ends.debit(found, on);
      case "REJECTED" -> {
        if (!ends.canBeReinstated(transfer)) {
          return unexplained(booking, "PAID_AFTER_REJECTION");
        }
        ends.reinstate(found);
        ends.confirm(found, on);
        facts++;
      }
      case "CONFIRMED" -> {
        if (transfer.debited || transfer.movement == null) {
          return unexplained(booking, "PAID_TWICE");
        }
        transfer.debited = true;
        transfer.movement.on = on;
        debited.add(found);
        moved(booking, found);
        return "PROVED:" + transfer.name;
      }
      default -> {
        if (transfer.debited || transfer.movement == null) {
          return unexplained(booking, "PAID_TWICE");
        }
        // The first that the bank shows of what a clerk had said to be paid, and came back.
        transfer.debited = true;
        transfer.movement.on = on;
        moved(booking, found);
        return "PROVED:" + transfer.name;
      }
    }
    transfer.debited = true;
    debited.add(found);
    moved(booking, found);
    return "PAID:" + transfer.name;
  }

  private void moved(Booking booking, Ends.Found found) {
    String name = found.transfer().name;
    LocalDate on = booking.bookedOn();
    world.account.moved(
        booking.number(),
        booking.cents() < 0
            ? new Account.Moved.Debit(name, on, booking.valueOn(), booking.cents())
            : new Account.Moved.Return(name, on, booking.valueOn(), booking.cents()));
  }

  /** What the bank had told too early: of one that it debited twice nobody knows what came back. */
  private List<String> comeBackAtLast(Ends.Found found) {
    String name = found.transfer().name;
    List<Account.Unexplained> all = world.account.unexplained;
    if (all.stream().anyMatch(one -> one.why.equals("PAID_TWICE") && one.isOpenDebitOf(name))) {
      return List.of();
    }
    for (int i = 0; i < all.size(); i++) {
      Account.Unexplained one = all.get(i);
      if (one.explained.isEmpty()
          && one.why.equals("RETURNED_UNPAID")
          && one.transfer.equals(name)
          && one.cents == found.transfer().cents()) {
        // As a clerk would have said.
        one.explained = new Action.MatchEntry(i + 1, List.of(), "", name).toString();
        ends.comeBack(found, one.bookedOn);
        world.account.remove(one.movement);
        world.account.explain(
            one, new Account.Moved.Return(name, one.bookedOn, one.valueOn, one.cents));
        facts += 2;
        return List.of("RETURNED:" + name);
      }
    }
    return List.of();
  }

  private String comeBack(Booking booking, Ends.Found found) {
    Transfer transfer = found.transfer();
    String standing = found.standing();
    if (standing.equals("UNSENT")) {
      return unexplained(booking, "TRANSFER_NOT_SENT");
    }
    if (booking.cents() != transfer.cents()) {
      return unexplained(booking, "AMOUNT_DIFFERS");
    }
    if (!standing.equals("CONFIRMED")) {
      return unexplained(
          booking, standing.equals("RETURNED") ? "RETURNED_TWICE" : "RETURNED_UNPAID");
    }
    if (world.account.unexplained.stream()
        .anyMatch(one -> one.why.equals("PAID_TWICE") && one.isOpenDebitOf(transfer.name))) {
      return unexplained(booking, "BACK_FROM_TWO_DEBITS");
    }
    ends.comeBack(found, booking.bookedOn());
    moved(booking, found);
    return "RETURNED:" + transfer.name;
  }

  /** A clerk's receipt that it names; else whoever's it is; else a receipt like it. */
  private String credit(Booking booking) {
    Note note = booking.note();
    Undue.@Nullable Note asked =
        note.kind().equals("DEBIT_NOTE") ? world.undue.notes.get(note.of()) : null;
    if (asked != null) {
      return payBack(note.of(), asked, booking);
    }
    Optional<Account.ByHand> named =
        nearest(
            booking,
            one ->
                one.receipt.receipt().equals(booking.reference())
                    || note.kind().equals("RECEIPT") && note.of().equals(one.receipt.receipt()));
    if (named.isPresent()) {
      return prove(named.get(), booking);
    }
    List<String> owners = new ArrayList<>(owners(note));
    String agreement =
        note.kind().equals("CALL") && !owners.isEmpty()
            ? call(note.of()).made.agreement()
            : note.agreement();
    if (owners.size() == 1) {
      String funder = owners.getFirst();
      return nearest(
              booking,
              one ->
                  one.receipt.agreement().equals(agreement)
                      && one.receipt.funder().equals(funder)
                      && daysApart(one, booking) <= DAYS_APART)
          .map(one -> prove(one, booking))
          .orElseGet(() -> receive(booking, agreement, funder));
    }
    return unexplained(
        booking,
        isReversal(booking)
            ? "BANK_REVERSAL"
            : owners.isEmpty() ? "NO_REFERENCE" : "AMBIGUOUS_REFERENCE");
  }

  /** All that it asks for, or what a clerk has said of its last payment. */
  private String payBack(String name, Undue.Note note, Booking booking) {
    boolean paid = note.isPaid();
    if (paid && note.proved) {
      return unexplained(booking, "PAID_TWICE");
    }
    if (booking.cents() != (paid ? note.payments.getLast().cents() : note.open())) {
      return unexplained(booking, "AMOUNT_DIFFERS");
    }
    LocalDate on = booking.bookedOn();
    if (paid) {
      note.payments.getLast().movement().on = on;
    } else {
      note.pay(booking.cents(), on, world.account.move(on, booking.cents()), booking.number());
    }
    note.proved = true;
    world.account.moved(
        booking.number(), new Account.Moved.Asked(name, on, booking.valueOn(), booking.cents()));
    return paid ? "PROVED:" : "RECOVERED:";
  }

  private Calls.Call call(String name) {
    Calls.Call call = world.calls.get(name);
    if (call == null) {
      throw new IllegalArgumentException("call %s was never made".formatted(name));
    }
    return call;
  }

  /** Who may have paid, by what is written beside it. */
  private Set<String> owners(Note note) {
    if (note.kind().equals("CALL")) {
      return world.calls.containsKey(note.of()) ? Set.of(call(note.of()).made.funder()) : Set.of();
    }
    Agreement agreement = world.agreements.get(note.agreement());
    if (agreement == null) {
      return Set.of();
    }
    Set<String> parties = new TreeSet<>();
    agreement.shares().forEach(s -> parties.addAll(List.of(s.funder(), s.cashOwner())));
    return parties.contains(note.funder()) ? Set.of(note.funder()) : parties;
  }

  private String receive(Booking booking, String agreement, String funder) {
    Note note = booking.note();
    Funds.Received received =
        funds.receive(
            world.agreement(agreement),
            funder,
            booking.cents(),
            note.kind().equals("CALL") ? note.of() : "");
    world.account.moved(
        booking.number(), new Account.Moved.Receipt(received, booking.bookedOn(), booking.cents()));
    world.account.move(booking.bookedOn(), booking.cents());
    if (!booking.reference().isEmpty()
        && !world.done.containsKey("receipt " + booking.reference())) {
      // Whoever records the same by hand, under the bank's reference, adds nothing.
      world.account.told.put(booking.reference(), received);
      world.record(
          "receipt " + booking.reference(),
          new Action.Receive(
              booking.reference(), agreement, funder, booking.cents(), booking.valueOn()),
          "");
    }
    return "RECEIVED:%s/%s".formatted(agreement, funder);
  }

  private String prove(Account.ByHand one, Booking booking) {
    one.prove(booking.bookedOn());
    world.account.moved(
        booking.number(),
        new Account.Moved.Receipt(one.received, booking.bookedOn(), booking.cents()));
    return "PROVED:" + one.receipt.receipt();
  }

  private static long daysApart(Account.ByHand one, Booking booking) {
    return Math.abs(ChronoUnit.DAYS.between(one.receipt.valueDate(), booking.valueOn()));
  }

  private Optional<Account.ByHand> nearest(Booking booking, Predicate<Account.ByHand> such) {
    return world.account.byHand.values().stream()
        .filter(one -> !one.proved && one.receipt.cents() == booking.cents())
        .filter(such)
        .min(
            Comparator.comparingLong((Account.ByHand one) -> daysApart(one, booking))
                .thenComparing(one -> one.receipt.receipt()));
  }
}
