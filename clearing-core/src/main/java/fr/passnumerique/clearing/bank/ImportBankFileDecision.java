package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankFile.Balances;
import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.bank.BankFile.Report;
import fr.passnumerique.clearing.bank.BankFileImported.Entry;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bank.BankFileImported.Statement;
import fr.passnumerique.clearing.bank.KnownBookings.Found;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Records what is new in a file: all of it or nothing.
 *
 * <p>Never refuses: what cannot be read or does not add up was refused before; what the bank booked
 * is a fact, and what it means is for a clerk where the engine cannot tell.
 *
 * <p>Boundary: everything the bank has said (another file may hold the same bookings), all receipts
 * (a clerk may just be recording one of these credits by hand), and each transfer and agreement
 * that the file names.
 */
final class ImportBankFileDecision implements Decider<ImportBankFile, BankFileImported> {
  private final BankRegister register;

  ImportBankFileDecision(BankRegister register) {
    this.register = register;
  }

  @Override
  public Class<ImportBankFile> command() {
    return ImportBankFile.class;
  }

  @Override
  public Decision<BankFileImported> decide(ImportBankFile command, Instant receivedAt) {
    Reading reading = new Reading(register, command);
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
    private final KnownBookings bookings;
    private final Explanation explanation;
    private final List<Fact> facts = new ArrayList<>();
    private final Set<String> looked = new HashSet<>(Set.of("bank", "receipts"));
    private final List<Statement> statements = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private int known;
    private int pending;

    Reading(BankRegister register, ImportBankFile command) {
      this.command = command;
      this.register = register;
      this.bookings =
          register
              .bookings()
              .copyFor(
                  command.file().reports().stream().flatMap(r -> r.bookings().stream()).toList());
      this.explanation = new Explanation(register);
    }

    void read() {
      for (Report report : command.file().reports()) {
        pending += report.pending();
        bookings
            .find(
                report.bookings(),
                text -> command.digests().getOrDefault(text, KnownBookings.digest(text)))
            .forEach(this::read);
        report.balances().ifPresent(balances -> state(report, balances));
      }
    }

    private void read(Found found) {
      Booking booking = found.booking();
      int of = booking.payments().size();
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
        if (found.known()) {
          known++;
          entries.add(Explanation.line(entry, payment.cents(), Outcome.KNOWN));
        } else {
          explain(booking, payment, entry);
          bookings.add(entry);
        }
      }
    }

    private void explain(Booking booking, Payment payment, BankEntry entry) {
      Explanation.Explained explained =
          explanation.explain(
              booking, payment, entry, Optional.ofNullable(command.notes().get(entry.id())));
      facts.addAll(explained.facts());
      looked.addAll(explained.looked());
      entries.add(explained.line());
    }

    private void state(Report report, Balances balances) {
      String name =
          "S"
              + KnownBookings.digest(
                  String.join(
                      "|",
                      report.id(),
                      report.number().map(String::valueOf).orElse(""),
                      balances.from().toString(),
                      balances.to().toString(),
                      Long.toString(balances.openingCents()),
                      Long.toString(balances.closingCents())));
      boolean already =
          register.hasStatement(name)
              || statements.stream().anyMatch(s -> s.statement().equals(name));
      if (already) {
        known++;
      } else {
        facts.add(
            new BankStatementImported(
                name,
                report.id(),
                report.number(),
                balances.from(),
                balances.to(),
                balances.openingCents(),
                balances.closingCents(),
                report.bookings().size()));
      }
      statements.add(
          new Statement(
              name,
              report.id(),
              balances.from(),
              balances.to(),
              balances.openingCents(),
              balances.closingCents(),
              already));
    }

    BankFileImported answer() {
      return new BankFileImported(
          command.file().message(),
          List.copyOf(statements),
          List.copyOf(entries),
          List.of(),
          known,
          pending);
    }
  }
}
