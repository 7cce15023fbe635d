package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.bank.BankFile.Report;
import fr.passnumerique.clearing.bank.BankFile.Status;
import fr.passnumerique.clearing.bank.BankFileImported.Entry;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome.Recorded;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a file of the bank to the ledger: reads it, keeps in the vault what is written beside an
 * entry that nobody can explain and what it calls a payment that is none of ours, and records the
 * rest as facts.
 */
public final class BankDesk {
  /** Of a dry run: read, named, decided. */
  private static final int STEPS = 3;

  /** Then noted in the vault, and decided for good with what is recorded. */
  private static final int STEPS_TO_THE_RECORD = 5;

  /** The vault's kind of entry. */
  static final String NOTE = "bank-note";

  /** The code of the refusal of a file that was too large to be read. */
  private static final String UNREAD = "UPLOAD_TOO_LARGE";

  private final Commands commands;
  private final Vault vault;
  private final Optional<String> iban;

  /**
   * @param iban of the ring-fenced account, letters and digits only; empty if it is not configured
   */
  BankDesk(Commands commands, Vault vault, Optional<String> iban) {
    this.commands = commands;
    this.vault = vault;
    this.iban = iban;
  }

  /**
   * @throws Problem for a file that is refused; nothing of it is recorded
   */
  public Recorded<BankFileImported> rehearse(byte[] bytes) {
    return rehearse(bytes, Progress.UNHEARD);
  }

  /** The same, told as it goes on. */
  Recorded<BankFileImported> rehearse(byte[] bytes, Progress progress) {
    return rehearse(read(bytes, progress, STEPS));
  }

  private Recorded<BankFileImported> rehearse(Read read) {
    return Problem.recorded(
        commands.rehearse(new ImportBankFile(read.file(), read.digests(), Map.of())));
  }

  /**
   * As {@link #rehearse}, and records it, whole or not at all. A file that is refused is listed for
   * a clerk.
   */
  public Recorded<BankFileImported> apply(byte[] bytes, Actor by) {
    return apply(bytes, by, Progress.UNHEARD);
  }

  /** The same, told as it goes on. */
  Recorded<BankFileImported> apply(byte[] bytes, Actor by, Progress progress) {
    try {
      return recorded(bytes, by, progress);
    } catch (Problem refused) {
      if (iban.isPresent()) {
        int line = refused.faults().getFirst().line();
        commands.send(
            new NoteRefusedFile(KnownBookings.digest(bytes), refused.code(), line, by.account()),
            by);
      }
      throw refused;
    }
  }

  /**
   * Lists a file that was too large to be read. What it says nobody knows: those of one length, day
   * and person are taken for one file sent again.
   *
   * @param length in bytes, -1 if it was not told
   */
  void noteUnread(long length, LocalDate on, Actor by) {
    if (iban.isPresent()) {
      String file = KnownBookings.digest("unread|%d|%s|%s".formatted(length, on, by.account()));
      commands.send(new NoteRefusedFile(file, UNREAD, 0, by.account()), by);
    }
  }

  private Recorded<BankFileImported> recorded(byte[] bytes, Actor by, Progress progress) {
    Read read = read(bytes, progress, STEPS_TO_THE_RECORD);
    BankFileImported expected = rehearse(read).answer();
    progress.at(STEPS, STEPS_TO_THE_RECORD);
    Map<String, VaultReference> notes = notes(read.file(), expected);
    progress.at(STEPS + 1, STEPS_TO_THE_RECORD);
    return Problem.recorded(
        commands.send(new ImportBankFile(read.file(), read.digests(), notes), by));
  }

  private record Read(BankFile file, Map<String, String> digests) {}

  /** Two of so many steps. */
  private Read read(byte[] bytes, Progress progress, int steps) {
    BankFile file = new BankFileReader(iban.orElseThrow(BankDesk::noAccount)).read(bytes);
    progress.at(1, steps);
    Map<String, String> digests = digests(file);
    progress.at(2, steps);
    return new Read(file, digests);
  }

  private Map<String, String> digests(BankFile file) {
    Map<String, String> digests = new HashMap<>();
    for (Report report : file.reports()) {
      report
          .booked()
          .flatMap(booking -> booking.payments().stream())
          .flatMap(payment -> payment.endToEnd().stream())
          .forEach(text -> digests.computeIfAbsent(text, this::digest));
      // Of a notification nobody asks what it told before.
      if (report.balances().isPresent()) {
        report
            .booked()
            .flatMap(booking -> booking.tellings().stream())
            .forEach(text -> digests.computeIfAbsent(text, this::digest));
      }
    }
    return digests;
  }

  private String digest(String text) {
    return KnownBookings.digest(vault.fingerprint(text));
  }

  /** Sealed before the facts that point to them; a retry seals the same again. */
  private Map<String, VaultReference> notes(BankFile file, BankFileImported expected) {
    List<Payment> payments = file.payments();
    List<String> names = new ArrayList<>();
    List<Vault.Content> contents = new ArrayList<>();
    for (int i = 0; i < expected.payments().size(); i++) {
      int payment = expected.payments().get(i);
      if (payment < 0) {
        continue;
      }
      Entry entry = expected.entries().get(i);
      Map<String, String> note = note(payments.get(payment));
      if (entry.outcome() == Outcome.UNMATCHED && !note.isEmpty()) {
        names.add(entry.entry());
        contents.add(new Vault.Content(entry.entry(), NOTE, note));
      }
    }
    Set<String> exceptions = new HashSet<>();
    expected.transfers().forEach(status -> status.exception().ifPresent(exceptions::add));
    for (Status status : file.statuses()) {
      Map<String, String> note = note(status);
      for (String exception : TransferStatuses.namedOtherwise(status)) {
        if (!note.isEmpty() && exceptions.remove(exception)) {
          names.add(exception);
          contents.add(new Vault.Content(exception, NOTE, note));
        }
      }
    }
    Map<String, VaultReference> notes = new HashMap<>();
    List<VaultReference> sealed = contents.isEmpty() ? List.of() : vault.sealAll(contents);
    for (int i = 0; i < sealed.size(); i++) {
      notes.put(names.get(i), sealed.get(i));
    }
    return notes;
  }

  private static Map<String, String> note(Payment payment) {
    Map<String, String> note = new HashMap<>();
    put(note, BankEntryUnmatched.TEXT, String.join(" ", payment.references()), payment.text());
    put(note, BankEntryUnmatched.COUNTERPARTY, payment.counterparty());
    put(note, BankEntryUnmatched.IBAN, payment.iban());
    put(note, BankEntryUnmatched.END_TO_END, payment.endToEnd().orElse(""));
    return note;
  }

  private static Map<String, String> note(Status status) {
    Map<String, String> note = new HashMap<>();
    put(note, BankStatusDisputed.MESSAGE, status.originalMessage().orElse(""));
    put(note, BankStatusDisputed.PAYMENT_INFORMATION, status.paymentInformation().orElse(""));
    put(note, BankStatusDisputed.END_TO_END, status.endToEnd().orElse(""));
    return note;
  }

  private static void put(Map<String, String> note, String key, String... texts) {
    String text = String.join(" ", texts).strip();
    if (!text.isEmpty()) {
      note.put(key, text);
    }
  }

  private static Problem noAccount() {
    String message = "the ring-fenced account, which the file must be about, is not configured";
    String remedy = "set pass.operator.name and pass.operator.iban and start the node again";
    return new Problem(
        409,
        "OPERATOR_ACCOUNT_MISSING",
        message + "; " + remedy,
        List.of(Fault.of("", "", message, remedy)));
  }
}
