package fr.passnumerique.clearing.bank;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import fr.passnumerique.clearing.bank.BankFile.Balances;
import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Report;
import fr.passnumerique.clearing.bank.BookedMoney.As;
import fr.passnumerique.clearing.bank.BookedMoney.Moved;
import fr.passnumerique.clearing.bank.KnownBookings.Before;
import fr.passnumerique.clearing.bank.KnownBookings.Found;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which statements of a file the bank has told before: the very same, which adds nothing, or
 * another of the same name and days, which counts in its place.
 */
final class ToldStatements {
  private final BankRegister register;
  private final BankFile file;
  private final UnaryOperator<String> digest;

  /** The names of those in whose place the bank has told others. */
  private final Set<String> superseded;

  /** What only they told, and is booked yet. */
  private final Set<String> replaced;

  /** By the file itself, so far. */
  private final Map<String, BankStatementImported> stated = new HashMap<>();

  /** Null until somebody asks. */
  private @Nullable Set<String> toldBookings;

  /**
   * @param digest keyed, of what a booking tells
   */
  ToldStatements(BankRegister register, BankFile file, UnaryOperator<String> digest) {
    this.register = register;
    this.file = file;
    this.digest = digest;
    this.superseded =
        register.proof().superseded().stream()
            .map(BankStatementImported::statement)
            .collect(toUnmodifiableSet());
    ToldNoMore toldNoMore = new ToldNoMore(register);
    this.replaced =
        register.contradicting().stream()
            .map(BankRegister.Stated::statement)
            .filter(one -> register.closed(one.statement()) == null)
            .flatMap(one -> toldNoMore.replacedBy(one).stream())
            .collect(toUnmodifiableSet());
  }

  /**
   * @param already it was recorded before
   */
  record Told(BankStatementImported statement, boolean already) {}

  /** What was told under the name of this report, if it is a statement. */
  Before before(Report report) {
    return report
        .balances()
        .map(balances -> before(statement(report, balances, List.of(), ""), balances, report))
        .orElseGet(() -> new Before(true, List.of(), Map.of(), replaced, _ -> false));
  }

  private Before before(BankStatementImported now, Balances balances, Report report) {
    return new Before(
        false,
        sentBefore(now, report),
        details(now),
        replaced,
        known -> !balances.covers(known.on()) && isNotOn(known));
  }

  /**
   * Whether a booking that was notified for a day, or told by a statement of before, is not there
   * by the bank's later word: taken out, or left out by the statements of that day. It is booked
   * anew by the statement in whose balances it is; the other is taken out where the day's own
   * statement leaves it out.
   */
  private boolean isNotOn(KnownBookings.Known known) {
    if (register.bookings().isTakenOut(known.booking())) {
      return true;
    }
    List<BankStatementImported> ofItsDay =
        counting().filter(one -> one.covers(known.on())).toList();
    return !ofItsDay.isEmpty()
        && ofItsDay.stream().allMatch(BankStatementImported::saysWhich)
        && !toldBookings().contains(known.booking());
  }

  /** Those in whose place the bank has told no others. */
  private Stream<BankStatementImported> counting() {
    return soFar().filter(one -> !superseded.contains(one.statement()));
  }

  /** All bookings that these tell. Seldom asked, and of many statements long to gather. */
  private Set<String> toldBookings() {
    if (toldBookings == null) {
      toldBookings =
          counting().flatMap(one -> one.bookings().stream()).collect(toUnmodifiableSet());
    }
    return toldBookings;
  }

  /**
   * Statements of the same name, days, balances and number of entries, and of no other payments:
   * one that is sent again adds nothing, though its entries were taken out since. Of one that is
   * told anew they are booked anew.
   */
  private List<Set<String>> sentBefore(BankStatementImported now, Report report) {
    return soFar()
        .filter(now::isToldAgainBy)
        .filter(this::isSentAgain)
        .filter(
            before ->
                before.openingCents() == now.openingCents()
                    && before.closingCents() == now.closingCents()
                    && isOfAsMany(before, report)
                    && (before.details().isEmpty()
                        || areAmong(Set.copyOf(before.details()), report.bookings())))
        .map(before -> Set.copyOf(before.bookings()))
        .toList();
  }

  /**
   * Of the payments of each booking, by whichever telling. Where nobody has explained any, it may
   * as well be told better now: it is a clerk's to explain, or explained by what is told now.
   */
  private Map<String, Set<String>> details(BankStatementImported now) {
    Map<String, Set<String>> details = new HashMap<>();
    soFar()
        .filter(now::isToldAgainBy)
        .forEach(
            before -> {
              for (int i = 0; i < before.details().size(); i++) {
                String booking = before.bookings().get(i);
                if (!before.details().get(i).isEmpty() && !isOpen(booking)) {
                  details
                      .computeIfAbsent(booking, _ -> new HashSet<>(1))
                      .add(before.details().get(i));
                }
              }
            });
    return details;
  }

  private boolean isOpen(String booking) {
    List<Moved> moved = register.money().of(booking);
    return !moved.isEmpty() && moved.stream().allMatch(one -> one.as() instanceof As.Open);
  }

  Told tell(Report report, Balances balances, List<Found> bookings) {
    BankStatementImported now = statement(report, balances, bookings, "");
    // What is stored was named without the entries: only who is told again with others has them.
    for (String more :
        List.of(
            "|entries " + bookings.size(),
            "|bookings " + now.bookings().stream().sorted().collect(joining(" ")))) {
      BankStatementImported taken = told(now.statement());
      if (taken != null && now.contradicts(taken)) {
        now = statement(report, balances, bookings, more);
      }
    }
    if (isToldAnew(now)) {
      now = statement(report, balances, bookings, "|again " + message());
    }
    boolean already = told(now.statement()) != null;
    if (!already) {
      stated.put(now.statement(), now);
      toldBookings = null;
    }
    return new Told(now, already);
  }

  /**
   * Whether the bank tells again, in another message, what it had told otherwise since: its last
   * word of a day counts, though it be its first.
   */
  private boolean isToldAnew(BankStatementImported now) {
    List<BankStatementImported> same =
        soFar().filter(now::isToldAgainBy).filter(one -> !now.contradicts(one)).toList();
    return !same.isEmpty() && same.stream().noneMatch(this::isSentAgain);
  }

  /** The message itself, or one that says what counts; without its message nobody can tell. */
  private boolean isSentAgain(BankStatementImported before) {
    return before.message().isEmpty()
        || before.message().get().equals(message())
        || !superseded.contains(before.statement());
  }

  private String message() {
    return KnownBookings.digest(file.id());
  }

  private Stream<BankStatementImported> soFar() {
    return Stream.concat(
        stated.values().stream(),
        register.statements().stream().map(BankRegister.Stated::statement));
  }

  private @Nullable BankStatementImported told(String name) {
    return stated.getOrDefault(name, register.statement(name));
  }

  private BankStatementImported statement(
      Report report, Balances balances, List<Found> bookings, String more) {
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
        bookings.stream().map(Found::name).toList(),
        Optional.of(message()),
        details(bookings.stream().map(Found::booking).toList()));
  }

  /** Older ledgers count entries of nothing, too. */
  private static boolean isOfAsMany(BankStatementImported before, Report report) {
    return before.entries() == report.bookings().size()
        || before.entries() == report.booked().count();
  }

  private boolean areAmong(Set<String> told, List<Booking> bookings) {
    return bookings.stream()
        .map(Booking::tellings)
        .allMatch(
            tellings ->
                tellings.isEmpty() || tellings.stream().map(digest).anyMatch(told::contains));
  }

  private List<String> details(List<Booking> bookings) {
    List<String> details =
        bookings.stream()
            .map(Booking::details)
            .map(told -> told.isEmpty() ? "" : digest.apply(told))
            .toList();
    return details.stream().allMatch(String::isEmpty) ? List.of() : details;
  }
}
