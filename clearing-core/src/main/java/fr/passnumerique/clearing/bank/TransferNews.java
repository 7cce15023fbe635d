package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.bank.BankFile.Status;
import fr.passnumerique.clearing.bank.BankFileImported.Effect;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.BankWord.Known;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a file says of our transfers, against what is recorded of them. It remembers how far the
 * file itself has brought each.
 *
 * <p>Money decides: a booked debit is a payment and a booked return is one that came back, whatever
 * was said before. A status is believed only where it contradicts nothing, and nothing becomes owed
 * again that may have been paid.
 */
final class TransferNews {
  private static final Set<String> EXECUTED = Set.of("ACSC", "ACCC");
  private static final Set<String> REJECTED = Set.of("RJCT");
  private static final Set<String> UNDER_WAY =
      Set.of("RCVD", "PDNG", "ACTC", "ACCP", "ACSP", "ACWC", "ACWP", "ACFC", "PATC");

  /** ISO 20022: the bank gave no reason. */
  static final String NO_REASON = "MS03";

  private final TransferWord word;
  private final BankRegister register;
  private final Map<String, VaultReference> notes;
  private final Map<TransferId, Standing> standings = new HashMap<>();
  private final Set<String> proved = new HashSet<>();
  private final Set<String> disputed = new HashSet<>();

  /** Transfers that the file itself has debited once too often. */
  private final Set<TransferId> debitedTwice = new HashSet<>();

  private final Set<TransferId> reinstated = new HashSet<>();

  /**
   * @param notes in the vault, by exception, of what the bank called a payment
   */
  TransferNews(TransferWord word, BankRegister register, Map<String, VaultReference> notes) {
    this.word = word;
    this.register = register;
    this.notes = notes;
  }

  /**
   * What an entry comes to: facts, or why there are none.
   *
   * @param looked tags of what it depends on
   */
  record News(
      TransferId transfer,
      List<Fact> facts,
      BankFileImported.Outcome outcome,
      Optional<Why> why,
      Set<String> looked) {
    News alsoLooking(Set<String> tags) {
      Set<String> more = new HashSet<>(looked);
      more.addAll(tags);
      return new News(transfer, facts, outcome, why, more);
    }
  }

  /** What a status comes to. */
  record Told(
      String transfer,
      Effect effect,
      List<Fact> facts,
      Set<String> looked,
      String status,
      Optional<String> reason) {
    Told alsoLooking(Set<String> tags) {
      Set<String> more = new HashSet<>(looked);
      more.addAll(tags);
      return new Told(transfer, effect, facts, more, status, reason);
    }

    BankFileImported.Status line() {
      return new BankFileImported.Status(
          transfer,
          status,
          effect,
          reason,
          facts.stream()
              .filter(BankStatusDisputed.class::isInstance)
              .map(fact -> ((BankStatusDisputed) fact).dispute())
              .findFirst());
    }
  }

  // --- entries

  /**
   * @return empty if the entry names no transfer of ours
   */
  Optional<News> of(Booking booking, Payment payment, BankEntry entry) {
    boolean returned = payment.returned().isPresent();
    if (payment.cents() < 0) {
      return booking.reversal()
          ? Optional.empty()
          : payment.endToEnd().flatMap(this::find).map(known -> debit(known, payment, entry));
    }
    return named(payment, returned || booking.reversal())
        .map(
            known ->
                booking.reversal() && !returned
                    ? takenBack(known)
                    : comeBack(known, payment, entry));
  }

  private Optional<Known> named(Payment payment, boolean back) {
    Optional<Known> byReference = payment.endToEnd().flatMap(this::find);
    if (byReference.isPresent() || !back && payment.text().isEmpty()) {
      return byReference;
    }
    // Some banks send a return under a reference of their own, and ours in its text.
    for (String word : payment.text().split("[^A-Za-z0-9._-]+", -1)) {
      Optional<Known> found = find(word);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private News debit(Known known, Payment payment, BankEntry entry) {
    TransferId id = known.transfer();
    Standing standing = standing(known);
    if (standing == Standing.UNSENT) {
      return unmatched(id, Why.TRANSFER_NOT_SENT);
    }
    if (-payment.cents() != known.amountCents()) {
      return unmatched(id, Why.AMOUNT_DIFFERS);
    }
    return switch (standing) {
      case ORDERED -> paid(id, List.of(word.confirmed(id, entry)));
      case EXECUTED -> paid(id, List.of(word.debited(id, entry)));
      case CONFIRMED ->
          register.isProved(id) || !proved.add(id.value())
              ? paidTwice(id)
              : new News(
                  id,
                  List.of(
                      new BankEntryProved(
                          entry,
                          payment.cents(),
                          Optional.empty(),
                          Optional.of(id.value()),
                          known.endedOn().orElse(entry.bookedOn()),
                          Optional.empty())),
                  BankFileImported.Outcome.PROVED,
                  Optional.empty(),
                  looked(id));
      case REJECTED -> {
        Optional<? extends Fact> reinstated = reinstated(id, entry.bookedOn());
        yield reinstated.isPresent()
            ? paid(id, List.of(reinstated.get(), word.confirmed(id, entry)))
                .alsoLooking(reinstated.get().tags())
            : unmatched(id, Why.PAID_AFTER_REJECTION);
      }
      case RETURNED -> paidTwice(id);
      case UNSENT -> throw new IllegalStateException("told above");
    };
  }

  /**
   * Its lines are as they were only before the file has rejected it itself, and before the file has
   * reinstated another transfer of the same money: the register knows neither yet. One of other
   * money is reinstated beside it: left to a clerk, its lines would be paid again by the next run.
   */
  private Optional<? extends Fact> reinstated(TransferId id, LocalDate on) {
    if (standings.containsKey(id)) {
      return Optional.empty();
    }
    Optional<? extends Fact> fact =
        reinstated.stream().anyMatch(other -> word.paysTheSame(id, other))
            ? Optional.empty()
            : word.reinstated(id, on);
    fact.ifPresent(_ -> reinstated.add(id));
    return fact;
  }

  private News paid(TransferId id, List<Fact> facts) {
    standings.put(id, Standing.CONFIRMED);
    proved.add(id.value());
    return new News(id, facts, BankFileImported.Outcome.PAID, Optional.empty(), looked(id))
        .alsoLooking(word.reversalsOf(id));
  }

  private News paidTwice(TransferId id) {
    debitedTwice.add(id);
    return unmatched(id, Why.PAID_TWICE);
  }

  /**
   * The bank takes back an entry of its own: it may be the transfer's debit, or a second one that
   * comes in a later file. Read as a return, it would have the payee paid again.
   */
  private News takenBack(Known known) {
    return unmatched(
        known.transfer(),
        standing(known) == Standing.UNSENT ? Why.TRANSFER_NOT_SENT : Why.BANK_REVERSAL);
  }

  private News comeBack(Known known, Payment payment, BankEntry entry) {
    TransferId id = known.transfer();
    Standing standing = standing(known);
    if (standing == Standing.UNSENT) {
      return unmatched(id, Why.TRANSFER_NOT_SENT);
    }
    if (payment.cents() != known.amountCents()) {
      return unmatched(id, Why.AMOUNT_DIFFERS);
    }
    return switch (standing) {
      case CONFIRMED -> {
        if (debitedTwice.contains(id) || register.isDebitedTwice(id)) {
          yield unmatched(id, Why.BACK_FROM_TWO_DEBITS);
        }
        String reason = payment.returned().filter(BankValues::isReason).orElse(NO_REASON);
        standings.put(id, Standing.RETURNED);
        yield new News(
                id,
                List.of(word.returned(id, reason, entry)),
                BankFileImported.Outcome.RETURNED,
                Optional.empty(),
                looked(id))
            .alsoLooking(word.reversalsOf(id));
      }
      case RETURNED -> unmatched(id, Why.RETURNED_TWICE);
      case ORDERED, EXECUTED, REJECTED -> unmatched(id, Why.RETURNED_UNPAID);
      case UNSENT -> throw new IllegalStateException("told above");
    };
  }

  private static News unmatched(TransferId id, Why why) {
    return new News(
        id, List.of(), BankFileImported.Outcome.UNMATCHED, Optional.of(why), looked(id));
  }

  private static Set<String> looked(TransferId id) {
    return Set.of("transfer:" + id);
  }

  // --- statuses

  /** The statuses of one message: those of single payments first, then of all others of a file. */
  List<Told> of(List<Status> statuses) {
    List<Told> told = new ArrayList<>();
    Set<String> single = new HashSet<>();
    for (Status status : statuses) {
      if (status.endToEnd().isPresent()) {
        single.add(status.endToEnd().get());
        told.add(of(status, find(status.endToEnd().get())));
      }
    }
    for (Status status : statuses) {
      if (status.endToEnd().isEmpty()) {
        told.addAll(ofWhole(status, single));
      }
    }
    return told;
  }

  private List<Told> ofWhole(Status status, Set<String> single) {
    List<TransferId> all = status.originalMessage().map(word::transfersOf).orElse(List.of());
    if (all.isEmpty()) {
      return List.of(disputed(status, Optional.empty(), BankStatusDisputed.Why.NEVER_SENT));
    }
    List<Known> known = all.stream().map(id -> find(id.value()).orElseThrow()).toList();
    long sum = known.stream().mapToLong(Known::amountCents).reduce(0, Math::addExact);
    if (status.cents().filter(cents -> cents != sum).isPresent()) {
      return List.of(disputed(status, Optional.empty(), BankStatusDisputed.Why.AMOUNT_DIFFERS));
    }
    return known.stream()
        .filter(transfer -> !single.contains(transfer.transfer().value()))
        .map(transfer -> of(withoutAmount(status), Optional.of(transfer)))
        .toList();
  }

  private static Status withoutAmount(Status status) {
    return new Status(
        status.line(),
        status.originalMessage(),
        status.paymentInformation(),
        status.endToEnd(),
        status.code(),
        status.reason(),
        Optional.empty(),
        status.on());
  }

  private Told of(Status status, Optional<Known> found) {
    if (found.isEmpty() || standing(found.get()) == Standing.UNSENT) {
      return disputed(status, Optional.empty(), BankStatusDisputed.Why.NEVER_SENT);
    }
    Known known = found.get();
    if (status.originalMessage().filter(message -> !message.equals(known.message())).isPresent()) {
      return disputed(status, found, BankStatusDisputed.Why.ANOTHER_FILE);
    }
    if (status.cents().filter(cents -> cents != known.amountCents()).isPresent()) {
      return disputed(status, found, BankStatusDisputed.Why.AMOUNT_DIFFERS);
    }
    boolean ends = EXECUTED.contains(status.code()) || REJECTED.contains(status.code());
    if (ends && known.sentOn().filter(status.on()::isBefore).isPresent()) {
      // Taken at its word it would have paid, by the bank's day, what was not yet to be paid.
      return disputed(status, found, BankStatusDisputed.Why.DATED_BEFORE_SENT);
    }
    if (EXECUTED.contains(status.code())) {
      return executed(status, known);
    }
    if (REJECTED.contains(status.code())) {
      return rejected(status, known);
    }
    return UNDER_WAY.contains(status.code())
        ? told(status, known, Effect.UNDER_WAY, List.of())
        : disputed(status, found, BankStatusDisputed.Why.UNKNOWN_STATUS);
  }

  private Told executed(Status status, Known known) {
    TransferId id = known.transfer();
    return switch (standing(known)) {
      case ORDERED -> {
        standings.put(id, Standing.EXECUTED);
        yield told(status, known, Effect.EXECUTED, List.of(word.executed(id, status.on())))
            .alsoLooking(word.reversalsOf(id));
      }
      case EXECUTED, CONFIRMED, RETURNED -> told(status, known, Effect.KNOWN, List.of());
      case REJECTED -> {
        Told dispute =
            disputed(status, Optional.of(known), BankStatusDisputed.Why.EXECUTED_AFTER_REJECTION);
        Optional<? extends Fact> reinstated = reinstated(id, status.on());
        if (reinstated.isEmpty() || dispute.effect() == Effect.KNOWN) {
          yield dispute;
        }
        standings.put(id, Standing.EXECUTED);
        List<Fact> facts = new ArrayList<>(dispute.facts());
        facts.add(reinstated.get());
        facts.add(word.executed(id, status.on()));
        Set<String> looked = new HashSet<>(dispute.looked());
        looked.addAll(reinstated.get().tags());
        looked.addAll(word.reversalsOf(id));
        yield new Told(id.value(), Effect.DISPUTED, facts, looked, status.code(), status.reason());
      }
      case UNSENT -> throw new IllegalStateException("told above");
    };
  }

  private Told rejected(Status status, Known known) {
    TransferId id = known.transfer();
    return switch (standing(known)) {
      case ORDERED -> {
        standings.put(id, Standing.REJECTED);
        yield told(
                status,
                known,
                Effect.REJECTED,
                List.of(word.rejected(id, status.on(), status.reason().orElse(NO_REASON))))
            .alsoLooking(word.reversalsOf(id));
      }
      case REJECTED, RETURNED -> told(status, known, Effect.KNOWN, List.of());
      case EXECUTED, CONFIRMED ->
          disputed(status, Optional.of(known), BankStatusDisputed.Why.REJECTED_AFTER_PAYMENT);
      case UNSENT -> throw new IllegalStateException("told above");
    };
  }

  private static Told told(Status status, Known known, Effect effect, List<Fact> facts) {
    return new Told(
        known.transfer().value(),
        effect,
        facts,
        looked(known.transfer()),
        status.code(),
        status.reason());
  }

  /**
   * An identification that is none of ours may be anything: the fact has its digest, and where the
   * vault keeps it.
   */
  private Told disputed(Status status, Optional<Known> known, BankStatusDisputed.Why why) {
    Optional<String> transfer = known.map(k -> k.transfer().value());
    String name = exception(status, transfer, why);
    boolean already = register.isDisputed(name) || !disputed.add(name);
    Set<String> looked = new LinkedHashSet<>();
    transfer.ifPresent(id -> looked.add("transfer:" + id));
    return new Told(
        transfer.orElse(""),
        already ? Effect.KNOWN : Effect.DISPUTED,
        already
            ? List.of()
            : List.of(
                new BankStatusDisputed(
                    name,
                    transfer,
                    status.code(),
                    status.reason(),
                    why,
                    status.on(),
                    Optional.ofNullable(notes.get(name)))),
        looked,
        status.code(),
        status.reason());
  }

  private static String exception(
      Status status, Optional<String> transfer, BankStatusDisputed.Why why) {
    return "D"
        + KnownBookings.digest(
            String.join(
                "|",
                status.originalMessage().orElse(""),
                status.endToEnd().or(() -> transfer).orElse(""),
                status.code(),
                status.reason().orElse(""),
                why.name()));
  }

  /**
   * The exceptions as which a status may be listed in whose way a name of the bank's is that is
   * none of ours: of these, a clerk is told what it was.
   */
  static List<String> namedOtherwise(Status status) {
    return Stream.of(BankStatusDisputed.Why.NEVER_SENT, BankStatusDisputed.Why.ANOTHER_FILE)
        .map(why -> exception(status, Optional.empty(), why))
        .toList();
  }

  // --- where a transfer stands

  private Optional<Known> find(String endToEnd) {
    return word.find(endToEnd);
  }

  private Standing standing(Known known) {
    return Objects.requireNonNullElse(standings.get(known.transfer()), known.standing());
  }
}
