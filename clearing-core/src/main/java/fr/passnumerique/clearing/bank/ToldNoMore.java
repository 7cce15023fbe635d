package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BookedMoney.Moved;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which bookings the bank tells no more: those of a statement in whose place it has told another,
 * and those of a notification that the statement of their day leaves out. They stay booked until a
 * clerk says that the bank has corrected itself: what is left out today may be told on the next
 * page. One that a statement of other days tells lies by its balances within those: it is told no
 * more on its own.
 *
 * <p>Of a statement that does not say which bookings it tells nothing is concluded.
 */
final class ToldNoMore {
  private final BankRegister register;

  ToldNoMore(BankRegister register) {
    this.register = register;
  }

  /**
   * Bookings that no statement of their days tells, while the ledger has another balance at the end
   * of a day than the statement that closes it.
   *
   * @param exception names them: another set of bookings is another exception
   * @param statement that closes the day
   * @param position of the statement
   * @param recordedAt the statement
   */
  record LeftOut(
      String exception,
      BankStatementImported statement,
      long position,
      Instant recordedAt,
      List<String> bookings) {}

  /** By closing day; without what a statement told otherwise leaves out, while it is open. */
  List<LeftOut> leftOut() {
    List<BankProof.Closing> unproven =
        register.proof().closings().stream().filter(closing -> !closing.proven()).toList();
    if (unproven.isEmpty()) {
      return List.of();
    }
    Counting counting = new Counting();
    List<LeftOut> found = new ArrayList<>();
    // With these another exception deals.
    Set<String> seen = new HashSet<>();
    for (BankRegister.Stated differs : register.contradicting()) {
      if (register.closed(differs.statement().statement()) == null) {
        seen.addAll(counting.replacedBy(differs.statement()));
      }
    }
    for (BankProof.Closing closing : unproven) {
      BankRegister.Stated stated = register.stated(closing.statement().statement());
      if (stated == null) {
        continue;
      }
      List<String> bookings =
          counting.leftOut(closing.statement().to()).stream().filter(seen::add).toList();
      if (!bookings.isEmpty()) {
        found.add(
            new LeftOut(
                "U"
                    + KnownBookings.digest(
                        closing.statement().statement() + "|" + String.join(" ", bookings)),
                closing.statement(),
                stated.position(),
                stated.recordedAt(),
                bookings));
      }
    }
    return List.copyOf(found);
  }

  /** Null if nothing that is left out is called so. */
  @Nullable LeftOut leftOut(String exception) {
    return leftOut().stream()
        .filter(one -> one.exception().equals(exception))
        .findFirst()
        .orElse(null);
  }

  /**
   * What statements in whose place the bank told this one, or that it told in place of this one,
   * tell and none tells that counts.
   */
  List<String> replacedBy(BankStatementImported statement) {
    return new Counting().replacedBy(statement);
  }

  /** The statements that count, and those in whose place they do. */
  private final class Counting {
    private final List<BankStatementImported> superseded = register.proof().superseded();
    private final List<BankStatementImported> statements =
        register.statements().stream()
            .map(BankRegister.Stated::statement)
            .filter(one -> !superseded.contains(one))
            .toList();
    private final Set<String> told = new HashSet<>();

    private Counting() {
      for (BankStatementImported one : statements) {
        one.bookings().stream().filter(booking -> isOfItsDays(one, booking)).forEach(told::add);
      }
    }

    /** What counts on a day of others only they can tell. */
    private boolean isOfItsDays(BankStatementImported statement, String booking) {
      List<Moved> moved = register.money().of(booking);
      return moved.isEmpty() || statement.covers(moved.getFirst().entry().bookedOn());
    }

    private List<String> replacedBy(BankStatementImported statement) {
      return superseded.stream()
          .filter(one -> one.isToldAgainBy(statement))
          .flatMap(one -> one.bookings().stream())
          .distinct()
          .filter(this::tellsNoMore)
          .toList();
    }

    private boolean tellsNoMore(String booking) {
      List<Moved> moved = register.money().of(booking);
      if (moved.isEmpty() || told.contains(booking)) {
        return false;
      }
      LocalDate day = moved.getFirst().entry().bookedOn();
      return statements.stream()
          .filter(one -> one.covers(day))
          .allMatch(BankStatementImported::saysWhich);
    }

    private Set<String> leftOut(LocalDate closing) {
      Set<String> candidates = new LinkedHashSet<>();
      for (BankStatementImported one : statements) {
        if (one.to().equals(closing)) {
          candidates.addAll(register.money().between(one.from(), one.to()));
        }
      }
      superseded.stream()
          .filter(one -> one.to().equals(closing))
          .forEach(one -> candidates.addAll(one.bookings()));
      candidates.removeIf(booking -> !tellsNoMore(booking));
      return candidates;
    }
  }
}
