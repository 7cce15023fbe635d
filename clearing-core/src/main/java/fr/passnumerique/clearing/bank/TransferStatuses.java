package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankFile.Status;
import fr.passnumerique.clearing.bank.BankFileImported.Effect;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.BankWord.Known;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the statuses of a file say of our transfers, against what is recorded of them. A status is
 * believed only where it contradicts nothing, and nothing becomes owed again that may have been
 * paid.
 */
final class TransferStatuses {
  private static final Set<String> EXECUTED = Set.of("ACSC", "ACCC");
  private static final Set<String> REJECTED = Set.of("RJCT");
  private static final Set<String> UNDER_WAY =
      Set.of("RCVD", "PDNG", "ACTC", "ACCP", "ACSP", "ACWC", "ACWP", "ACFC", "PATC");

  /** ISO 20022: the bank gave no reason. */
  static final String NO_REASON = "MS03";

  private final TransferStandings standings;
  private final TransferWord word;
  private final BankRegister register;
  private final Map<String, VaultReference> notes;
  private final Set<String> disputed = new HashSet<>();

  /**
   * @param notes in the vault, by exception, of what the bank called a payment
   */
  TransferStatuses(
      TransferStandings standings, BankRegister register, Map<String, VaultReference> notes) {
    this.standings = standings;
    this.word = standings.word();
    this.register = register;
    this.notes = notes;
  }

  /** What a status comes to. */
  record Told(
      Optional<String> transfer,
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

  /** The statuses of one message: those of single payments first, then of all others of a file. */
  List<Told> of(List<Status> statuses) {
    List<Told> told = new ArrayList<>();
    Set<String> single = new HashSet<>();
    for (Status status : statuses) {
      if (status.endToEnd().isPresent()) {
        single.add(status.endToEnd().get());
        told.add(of(status, standings.find(status.endToEnd().get())));
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
    List<Known> known = all.stream().map(id -> standings.find(id.value()).orElseThrow()).toList();
    long sum = known.stream().mapToLong(Known::amountCents).reduce(0, Math::addExact);
    if (status.cents().filter(cents -> cents != sum).isPresent()) {
      return List.of(disputed(status, Optional.empty(), BankStatusDisputed.Why.AMOUNT_DIFFERS));
    }
    return known.stream()
        .filter(transfer -> !single.contains(transfer.transfer().value()))
        .map(transfer -> of(withoutAmount(status), Optional.of(transfer)))
        .toList();
  }

  /** Short of a debit, nothing ends a transfer whose file nobody was given, or undoes an end. */
  private boolean isNeverSent(Known known) {
    return switch (standings.of(known)) {
      case UNSENT -> true;
      case ORDERED, REJECTED -> !known.handedOut();
      case EXECUTED, CONFIRMED, RETURNED -> false;
    };
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

  /** Whether it says that a payment was carried out, or will not be. */
  static boolean ends(Status status) {
    return executes(status.code()) || rejects(status.code());
  }

  /** Whether a payment of this status was carried out. */
  static boolean executes(String code) {
    return EXECUTED.contains(code);
  }

  /** Whether a payment of this status will not be carried out. */
  static boolean rejects(String code) {
    return REJECTED.contains(code);
  }

  private Told of(Status status, Optional<Known> found) {
    if (found.isEmpty() || isNeverSent(found.get())) {
      return disputed(status, Optional.empty(), BankStatusDisputed.Why.NEVER_SENT);
    }
    Known known = found.get();
    if (status.originalMessage().filter(message -> !message.equals(known.message())).isPresent()) {
      return disputed(status, found, BankStatusDisputed.Why.ANOTHER_FILE);
    }
    if (status.cents().filter(cents -> cents != known.amountCents()).isPresent()) {
      return disputed(status, found, BankStatusDisputed.Why.AMOUNT_DIFFERS);
    }
    if (ends(status) && known.sentOn().filter(status.on()::isBefore).isPresent()) {
      // Taken at its word it would have paid, by the bank's day, what was not yet to be paid.
      return disputed(status, found, BankStatusDisputed.Why.DATED_BEFORE_SENT);
    }
    if (executes(status.code())) {
      return executed(status, known);
    }
    if (rejects(status.code())) {
      return rejected(status, known);
    }
    return UNDER_WAY.contains(status.code())
        ? told(status, known, Effect.UNDER_WAY, List.of())
        : disputed(status, found, BankStatusDisputed.Why.UNKNOWN_STATUS);
  }

  private Told executed(Status status, Known known) {
    TransferId id = known.transfer();
    return switch (standings.of(known)) {
      case ORDERED -> {
        if (register.isExecutionTakenBack(id, status.on())) {
          yield disputed(
              status, Optional.of(known), BankStatusDisputed.Why.EXECUTED_AFTER_TAKEN_BACK);
        }
        standings.tell(id, Standing.EXECUTED);
        yield told(status, known, Effect.EXECUTED, List.of(word.executed(id, status.on())))
            .alsoLooking(word.reversalsOf(id));
      }
      case EXECUTED, CONFIRMED, RETURNED -> told(status, known, Effect.KNOWN, List.of());
      case REJECTED -> {
        Told dispute =
            disputed(status, Optional.of(known), BankStatusDisputed.Why.EXECUTED_AFTER_REJECTION);
        // Reinstated, it would stand on a day that cannot be taken back once more.
        if (dispute.effect() == Effect.KNOWN || register.isExecutionTakenBack(id, status.on())) {
          yield dispute;
        }
        Optional<? extends Fact> reinstated = standings.reinstated(id, status.on());
        if (reinstated.isEmpty()) {
          yield dispute;
        }
        standings.tell(id, Standing.EXECUTED);
        List<Fact> facts = new ArrayList<>(dispute.facts());
        facts.add(reinstated.get());
        facts.add(word.executed(id, status.on()));
        Set<String> looked = new HashSet<>(dispute.looked());
        looked.addAll(reinstated.get().tags());
        looked.addAll(word.reversalsOf(id));
        yield new Told(
            Optional.of(id.value()),
            Effect.DISPUTED,
            facts,
            looked,
            status.code(),
            status.reason());
      }
      case UNSENT -> throw new IllegalStateException("told above");
    };
  }

  private Told rejected(Status status, Known known) {
    TransferId id = known.transfer();
    return switch (standings.of(known)) {
      case ORDERED -> {
        standings.tell(id, Standing.REJECTED);
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
        Optional.of(known.transfer().value()),
        effect,
        facts,
        TransferStandings.looked(known.transfer()),
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
        transfer,
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
}
