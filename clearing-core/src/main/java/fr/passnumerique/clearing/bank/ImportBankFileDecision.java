package fr.passnumerique.clearing.bank;

import static java.util.stream.Collectors.joining;

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
import java.util.HashMap;
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
 * refused before; what the bank booked is a fact, on a day to come too, and what it means is for a
 * clerk where the engine cannot tell. A statement that the bank has told otherwise before is
 * imported too, and its bookings count once each as ever: see {@link
 * fr.passnumerique.clearing.bookkeeping.BankProof} for which of the two answers.
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
    Reading reading = new Reading(register, word, expected, command);
    reading.read();
    BankFileImported answer = reading.answer();
    return reading.facts.isEmpty()
        ? new Decision.Unchanged<>(answer)
        : new Decision.Accept<>(reading.facts, Boundary.of(reading.looked), answer);
  }

  /** One file being read: what the register says, and what the file itself has added so far. */
  private static final class Reading {
    private final ImportBankFile command;
    private final BankRegister register;
    private final TransferWord word;
    private final KnownBookings bookings;
    private final TransferStatuses news;
    private final Explanation explanation;
    private final List<BankFileImported.Status> statuses = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final Set<String> looked = new HashSet<>(Set.of("bank", "receipts"));
    private final List<Statement> statements = new ArrayList<>();
    private final Map<String, BankStatementImported> stated = new HashMap<>();

    /** In whose place the bank has told others. */
    private final Set<BankStatementImported> superseded;

    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry> returned = new ArrayList<>();
    private final Set<String> explainedLater = new HashSet<>();
    private int known;
    private int pending;

    Reading(
        BankRegister register,
        TransferWord word,
        List<ExpectedCredits> expected,
        ImportBankFile command) {
      this.command = command;
      this.register = register;
      this.word = word;
      this.superseded = Set.copyOf(register.proof().superseded());
      this.bookings =
          register
              .bookings()
              .copyFor(
                  command.file().reports().stream().flatMap(r -> r.bookings().stream()).toList());
      TransferStandings standings = new TransferStandings(word);
      this.news = new TransferStatuses(standings, register, command.notes());
      this.explanation =
          new Explanation(register, new TransferEntries(standings, register), expected);
    }

    void read() {
      for (Report report : command.file().reports()) {
        pending += report.pending();
        List<BankStatementImported> before =
            report.balances().map(balances -> toldBefore(report, balances)).orElse(List.of());
        List<Found> items =
            bookings.find(
                report.bookings(),
                text -> command.digests().getOrDefault(text, KnownBookings.digest(text)),
                before.stream().map(s -> Set.copyOf(s.bookings())).toList(),
                report.balances().isEmpty());
        readInOrder(items);
        List<String> names = items.stream().map(Found::name).toList();
        report.balances().ifPresent(balances -> state(report, balances, names));
      }
      readStatuses();
    }

    /**
     * Debits first: what comes back on a day went out before. The answer keeps the bank's order.
     */
    private void readInOrder(List<Found> items) {
      Map<Found, List<Entry>> lines = new IdentityHashMap<>();
      for (boolean debits : new boolean[] {true, false}) {
        for (Found found : items) {
          if (found.booking().cents() < 0 == debits) {
            lines.put(found, read(found));
          }
        }
        if (debits) {
          explanation.cameBack().forEach(this::comeBack);
        }
      }
      items.forEach(found -> entries.addAll(lines.getOrDefault(found, List.of())));
    }

    private void comeBack(Explanation.Explained back) {
      facts.addAll(back.facts());
      looked.addAll(back.looked());
      returned.add(back.line());
    }

    private List<Entry> read(Found found) {
      Booking booking = found.booking();
      int of = booking.payments().size();
      List<Entry> lines = new ArrayList<>(of);
      BankRegister.Unmatched open = found.known() ? register.unmatched(found.name()) : null;
      boolean later = false;
      if (open != null && isExplainedNow(open.fact(), booking)) {
        later = true;
        facts.add(
            new BankEntryMatched(
                open.fact().entry(),
                open.fact().cents(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                ""));
      }
      for (int i = 0; i < of; i++) {
        Payment payment = booking.payments().get(i);
        BankEntry entry =
            new BankEntry(
                found.name(),
                booking.reference().or(() -> of == 1 ? payment.reference() : Optional.empty()),
                booking.bookedOn(),
                booking.valueOn(),
                booking.cents(),
                found.endToEnd(),
                of == 1
                    ? Optional.empty()
                    : Optional.of(new BankEntry.Part(i + 1, of, payment.reference())));
        if (found.known() && !later) {
          known++;
          lines.add(Explanation.line(entry, payment.cents(), Outcome.KNOWN));
        } else {
          Explanation.Explained explained =
              explanation.explain(
                  booking, payment, entry, Optional.ofNullable(command.notes().get(entry.id())));
          facts.addAll(explained.facts());
          looked.addAll(explained.looked());
          lines.add(explained.line());
          bookings.add(entry);
        }
      }
      return lines;
    }

    /**
     * A booking may have come without its payments before, which another file of the bank tells
     * now.
     */
    private boolean isExplainedNow(BankEntryUnmatched recorded, Booking booking) {
      return booking.detailed()
          && explainedLater.add(recorded.entry().booking())
          && (recorded.why() == BankEntryUnmatched.Why.DETAILS_MISSING
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

    private void state(Report report, Balances balances, List<String> bookings) {
      BankStatementImported stated = stated(report, balances, bookings, "");
      // What is stored was named without the entries: only who is told again with others has them.
      for (String more :
          List.of(
              "|entries " + bookings.size(),
              "|bookings " + bookings.stream().sorted().collect(joining(" ")))) {
        BankStatementImported taken = told(stated.statement());
        if (taken != null && stated.contradicts(taken)) {
          stated = stated(report, balances, bookings, more);
        }
      }
      if (isToldAnew(stated)) {
        stated = stated(report, balances, bookings, "|again " + message());
      }
      boolean already = told(stated.statement()) != null;
      if (already) {
        known++;
      } else {
        facts.add(stated);
        this.stated.put(stated.statement(), stated);
      }
      statements.add(
          new Statement(
              stated.statement(),
              report.id(),
              balances.from(),
              balances.to(),
              balances.openingCents(),
              balances.closingCents(),
              already));
    }

    /**
     * Whether the bank tells again, in another message, what it had told otherwise since: its last
     * word of a day counts, though it be its first.
     */
    private boolean isToldAnew(BankStatementImported now) {
      List<BankStatementImported> same =
          toldSoFar().filter(now::isToldAgainBy).filter(one -> !now.contradicts(one)).toList();
      return !same.isEmpty() && same.stream().noneMatch(this::isSentAgain);
    }

    /** The message itself, or one that says what counts; without its message nobody can tell. */
    private boolean isSentAgain(BankStatementImported before) {
      return before.message().isEmpty()
          || before.message().get().equals(message())
          || !superseded.contains(before);
    }

    private String message() {
      return KnownBookings.digest(command.file().id());
    }

    private Stream<BankStatementImported> toldSoFar() {
      return Stream.concat(
          stated.values().stream(),
          register.statements().stream().map(BankRegister.Stated::statement));
    }

    private @Nullable BankStatementImported told(String name) {
      return stated.getOrDefault(name, register.statement(name));
    }

    /**
     * Statements of the same name, days, balances and number of entries: one that is sent again
     * adds nothing, though its entries were taken out since. Of one that is told anew they are
     * booked anew.
     */
    private List<BankStatementImported> toldBefore(Report report, Balances balances) {
      BankStatementImported now = stated(report, balances, List.of(), "");
      return toldSoFar()
          .filter(now::isToldAgainBy)
          .filter(this::isSentAgain)
          .filter(
              before ->
                  before.openingCents() == now.openingCents()
                      && before.closingCents() == now.closingCents()
                      && before.entries() == report.bookings().size())
          .toList();
    }

    private BankStatementImported stated(
        Report report, Balances balances, List<String> bookings, String more) {
      String contents =
          String.join(
              "|",
              report.id(),
              report.number().map(String::valueOf).orElse(""),
              balances.from().toString(),
              balances.to().toString(),
              Long.toString(balances.openingCents()),
              Long.toString(balances.closingCents()));
      return new BankStatementImported(
          "S"
              + KnownBookings.digest(
                  contents + report.page().map(page -> "|page " + page).orElse("") + more),
          report.id(),
          report.number(),
          balances.from(),
          balances.to(),
          balances.openingCents(),
          balances.closingCents(),
          report.bookings().size(),
          report.page(),
          bookings,
          Optional.of(message()));
    }

    BankFileImported answer() {
      return new BankFileImported(
          command.file().message(),
          List.copyOf(statements),
          Stream.concat(entries.stream(), returned.stream()).toList(),
          List.copyOf(statuses),
          known,
          pending);
    }
  }
}
