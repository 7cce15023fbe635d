package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankFile.Balances;
import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.bank.BankFile.Report;
import fr.passnumerique.clearing.bank.BankFile.Status;
import fr.passnumerique.clearing.bank.BankFileImported.Entry;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bank.BankFileImported.Statement;
import fr.passnumerique.clearing.bank.KnownBookings.Found;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.TransferWord;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records what is new in a file: all of it or nothing.
 *
 * <p>Refuses a statement that closes on a day to come, by the clock of Paris: nobody knows that
 * balance yet, so it is a file of another year or account, or a node's clock is wrong, and its day
 * would be unproven until it comes. Nothing else: what cannot be read or does not add up was
 * refused before; what the bank booked is a fact, and what it means is for a clerk where the engine
 * cannot tell. Of a statement's balances every entry is a part: one that is booked outside its days
 * counts within them ({@link BankFile.Report#dayOf}). What is only notified, for a day to come, is
 * no cash yet: it counts for nothing until its day, when the statement tells it. A statement that
 * the bank has told otherwise before is imported too, and its bookings count once each as ever: see
 * {@link fr.passnumerique.clearing.bookkeeping.BankProof} for which of the two answers.
 *
 * <p>Boundary: everything the bank has said (another file may hold the same bookings), all receipts
 * (a clerk may just be recording one of these credits by hand), and each transfer and agreement
 * that the file names.
 */
final class ImportBankFileDecision implements Decider<ImportBankFile, BankFileImported> {
  private final BankRegister register;
  private final TransferWord word;
  private final List<ExpectedCredits> expected;

  ImportBankFileDecision(BankRegister register, TransferWord word, List<ExpectedCredits> expected) {
    this.register = register;
    this.word = word;
    this.expected = List.copyOf(expected);
  }

  @Override
  public Class<ImportBankFile> command() {
    return ImportBankFile.class;
  }

  @Override
  public Decision<BankFileImported> decide(ImportBankFile command, Instant receivedAt) {
    LocalDate today = Paris.dayOf(receivedAt);
    for (Report report : command.file().reports()) {
      Optional<LocalDate> closing = report.balances().map(Balances::to).filter(today::isBefore);
      if (closing.isPresent()) {
        return Decision.refuse(
            BankRefusal.STATEMENT_IN_FUTURE.because(
                "ToDtTm",
                "statement %s closes on %s and today is %s in Paris"
                    .formatted(Problem.shown(report.id()), closing.get(), today),
                "import it on its last day or later; if that day is over, look at the node's"
                    + " clock"));
      }
    }
    // Of a payment that is under way the bank may say on which day to come it means to carry it
    // out.
    Optional<LocalDate> told =
        command.file().statuses().stream()
            .filter(TransferStatuses::ends)
            .map(Status::on)
            .filter(today::isBefore)
            .findFirst();
    if (told.isPresent()) {
      return Decision.refuse(
          BankRefusal.STATUS_IN_FUTURE.because(
              "CreDtTm",
              "the statuses are of %s and today is %s in Paris".formatted(told.get(), today),
              "import the file on that day or later; if that day has begun, look at the node's"
                  + " clock"));
    }
    Reading reading = new Reading(register, word, expected, command, today);
    reading.read();
    BankFileImported answer = reading.answer();
    return reading.facts.isEmpty()
        ? new Decision.Unchanged<>(answer)
        : new Decision.Accept<>(reading.facts, Boundary.of(reading.looked), answer);
  }

  /** One file being read: what the register says, and what the file itself has added so far. */
  private static final class Reading {
    private final ImportBankFile command;
    private final LocalDate today;
    private final BankRegister register;
    private final TransferWord word;
    private final KnownBookings bookings;
    private final TransferStatuses news;
    private final Explanation explanation;
    private final List<BankFileImported.Status> statuses = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final Set<String> looked =
        new HashSet<>(Set.of("bank", "receipts", TransferWord.FILES));
    private final List<Statement> statements = new ArrayList<>();
    private final ToldStatements tellings;
    private final List<Line> lines = new ArrayList<>();
    private final List<Entry> returned = new ArrayList<>();
    private final Set<String> explainedLater = new HashSet<>();
    private int known;
    private int pending;
    private int ofNothing;

    /**
     * @param payment that it tells of; null if it is the recorded one that is told
     */
    private record Line(Entry entry, @Nullable Payment payment) {}

    Reading(
        BankRegister register,
        TransferWord word,
        List<ExpectedCredits> expected,
        ImportBankFile command,
        LocalDate today) {
      this.command = command;
      this.today = today;
      this.register = register;
      this.word = word;
      this.tellings = new ToldStatements(register, command.file(), this::digest);
      this.bookings =
          register
              .bookings()
              .copyFor(command.file().reports().stream().flatMap(Report::booked).toList());
      TransferStandings standings = new TransferStandings(word);
      this.news = new TransferStatuses(standings, register, command.notes());
      this.explanation =
          new Explanation(register, new TransferEntries(standings, register), expected);
    }

    void read() {
      for (Report told : command.file().reports()) {
        pending += told.pending();
        ofNothing += told.ofNothing().size();
        Report report = countingWhatIsHeld(told);
        List<Booking> booked = booked(report);
        pending += report.bookings().size() - booked.size();
        List<Found> items = bookings.find(booked, this::digest, tellings.before(report));
        readInOrder(
            report, items.stream().filter(found -> !found.booking().movesNothing()).toList());
        report.balances().ifPresent(balances -> state(report, balances, items));
      }
      readStatuses();
    }

    /** Older ledgers hold entries of nothing, and their statements count them. */
    private Report countingWhatIsHeld(Report report) {
      if (report.balances().isEmpty() || report.ofNothing().isEmpty()) {
        return report;
      }
      return report.counting(
          bookings.find(report.ofNothing(), this::digest, tellings.before(report)).stream()
              .filter(Found::known)
              .map(Found::booking)
              .toList());
    }

    private String digest(String text) {
      String keyed = command.digests().get(text);
      return keyed == null ? KnownBookings.digest(text) : keyed;
    }

    /** Notified for a day to come is announced; what a statement's balances count is booked. */
    private List<Booking> booked(Report report) {
      return report.balances().isPresent()
          ? report.bookings()
          : report.bookings().stream().filter(b -> !today.isBefore(b.bookedOn())).toList();
    }

    /**
     * Debits first: what comes back on a day went out before. The answer keeps the bank's order.
     */
    private void readInOrder(Report report, List<Found> items) {
      Map<Found, List<Line>> read = new IdentityHashMap<>();
      for (boolean debits : new boolean[] {true, false}) {
        for (Found found : items) {
          if (found.booking().cents() < 0 == debits) {
            read.put(found, read(report, found));
          }
        }
        if (debits) {
          explanation.cameBack().forEach(this::comeBack);
        }
      }
      items.forEach(found -> lines.addAll(read.getOrDefault(found, List.of())));
    }

    private void comeBack(Explanation.Explained back) {
      facts.addAll(back.facts());
      looked.addAll(back.looked());
      returned.add(back.line());
    }

    private List<Line> read(Report report, Found found) {
      Booking booking = found.booking();
      BankRegister.Unmatched open = found.known() ? register.unmatched(found.name()) : null;
      boolean later = open != null && isExplainedNow(open.fact(), booking);
      if (found.known() && !later) {
        // As they are recorded: the bank may tell the whole now, or of a whole its payments.
        known += booking.payments().size();
        return found.recorded().stream()
            .map(one -> new Line(Explanation.line(one.entry(), one.cents(), Outcome.KNOWN), null))
            .toList();
      }
      if (open != null && later) {
        facts.add(
            new BankEntryMatched(
                open.fact().entry(),
                open.fact().cents(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                ""));
      }
      // A booking that was told before stays on its day.
      BankEntry before = later ? found.recorded().getFirst().entry() : null;
      LocalDate on = before == null ? report.dayOf(booking) : before.bookedOn();
      int of = booking.payments().size();
      List<Line> read = new ArrayList<>(of);
      for (int i = 0; i < of; i++) {
        Payment payment = booking.payments().get(i);
        BankEntry entry =
            new BankEntry(
                found.name(),
                booking.reference().or(() -> of == 1 ? payment.reference() : Optional.empty()),
                on,
                booking.valueOn(),
                booking.cents(),
                found.endToEnd(),
                of == 1
                    ? Optional.empty()
                    : Optional.of(new BankEntry.Part(i + 1, of, payment.reference())),
                on.equals(booking.bookedOn()) ? Optional.empty() : Optional.of(booking.bookedOn()));
        Explanation.Explained explained =
            explanation.explain(
                booking, payment, entry, Optional.ofNullable(command.notes().get(entry.id())));
        facts.addAll(explained.facts());
        looked.addAll(explained.looked());
        read.add(new Line(explained.line(), payment));
        bookings.add(entry, payment.cents());
      }
      return read;
    }

    /**
     * A booking may have come without its payments before, which another file of the bank tells
     * now.
     */
    private boolean isExplainedNow(BankEntryUnmatched recorded, Booking booking) {
      return booking.detailed()
          && explainedLater.add(recorded.entry().booking())
          && (recorded.why() == BankEntryUnmatched.Why.DETAILS_MISSING
              || booking.payments().size() > 1
              || recorded.transfer().isEmpty()
                  && recorded.cents() < 0
                  && booking.payments().stream()
                      .anyMatch(p -> p.endToEnd().flatMap(word::find).isPresent()));
    }

    private void readStatuses() {
      for (TransferStatuses.Told told : news.of(command.file().statuses())) {
        facts.addAll(told.facts());
        looked.addAll(told.looked());
        if (told.effect() == BankFileImported.Effect.KNOWN) {
          known++;
        }
        statuses.add(told.line());
      }
    }

    private void state(Report report, Balances balances, List<Found> bookings) {
      ToldStatements.Told told = tellings.tell(report, balances, bookings);
      BankStatementImported stated = told.statement();
      if (told.already()) {
        known++;
      } else {
        facts.add(stated);
      }
      statements.add(
          new Statement(
              stated.statement(),
              report.id(),
              balances.from(),
              balances.to(),
              balances.openingCents(),
              balances.closingCents(),
              told.already()));
    }

    BankFileImported answer() {
      Map<Payment, Integer> places = new IdentityHashMap<>();
      command.file().payments().forEach(payment -> places.put(payment, places.size()));
      return new BankFileImported(
          command.file().message(),
          List.copyOf(statements),
          Stream.concat(lines.stream().map(Line::entry), returned.stream()).toList(),
          List.copyOf(statuses),
          known,
          pending,
          ofNothing,
          lines.stream()
              .map(line -> line.payment() == null ? -1 : places.getOrDefault(line.payment(), -1))
              .toList());
    }
  }
}
