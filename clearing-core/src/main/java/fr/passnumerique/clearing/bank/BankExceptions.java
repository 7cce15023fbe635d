package fr.passnumerique.clearing.bank;

import static java.util.stream.Collectors.toSet;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.http.SealedNotes;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the bank said that contradicts what is recorded or what it said before, and files that were
 * refused. Safe for any number of threads.
 */
public final class BankExceptions {
  /** The vault's kind of entry. */
  static final String NOTE = "bank-exception-note";

  /** Why: the statement that closes a day tells none of these bookings, and has another balance. */
  static final String LEFT_OUT = "ENTRIES_LEFT_OUT";

  private final BankRegister register;
  private final ToldNoMore toldNoMore;
  private final ReadLock registers;
  private final PersonalData personal;

  BankExceptions(BankRegister register, ReadLock registers, PersonalData personal) {
    this.register = register;
    this.toldNoMore = new ToldNoMore(register);
    this.registers = registers;
    this.personal = personal;
  }

  /**
   * One that a clerk has to deal with.
   *
   * @param exception names it; of an entry, the entry
   * @param transfer of ours, if it is one
   * @param entry the booking, if money moved
   * @param cents that moved; 0 if only a status was told
   * @param called what the bank called a payment that it named otherwise than we do; empty if it
   *     was erased, and for an auditor
   * @param closed by whom and why, if it is dealt with
   */
  public record BankException(
      String exception,
      String kind,
      String why,
      Optional<String> transfer,
      Optional<String> status,
      Optional<String> reason,
      Optional<String> entry,
      long cents,
      LocalDate on,
      long position,
      Optional<Called> called,
      Optional<Closing> closed) {
    private BankException with(Optional<Called> called, Optional<Closing> closed) {
      return new BankException(
          exception, kind, why, transfer, status, reason, entry, cents, on, position, called,
          closed);
    }
  }

  /**
   * The bank's own words: they may be anything, a person's name as well.
   *
   * @param message MsgId of a file
   * @param paymentInformation PmtInfId in it
   */
  public record Called(
      Optional<String> message, Optional<String> paymentInformation, Optional<String> endToEnd) {
    private static Called of(Map<String, String> kept) {
      return new Called(
          Optional.ofNullable(kept.get(BankStatusDisputed.MESSAGE)),
          Optional.ofNullable(kept.get(BankStatusDisputed.PAYMENT_INFORMATION)),
          Optional.ofNullable(kept.get(BankStatusDisputed.END_TO_END)));
    }
  }

  /**
   * @param note what the clerk wrote; empty if nothing, if it was erased, and for an auditor
   */
  public record Closing(
      BankExceptionClosed.Reason reason, String by, Optional<String> note, long position) {}

  /**
   * In the order in which they were recorded: one fact tells of one exception. Of the vault no more
   * is read than the notes of the page.
   *
   * @param closed those that are dealt with as well
   * @param after what the page before names as next, still good when that is dealt with; null for
   *     the first page
   * @param limit exceptions of a page, at least 1
   * @param reader a clerk, who reads what was written beside them, which may name a person; an
   *     auditor does not, nor does a file, of whose reader nobody knows: null
   * @throws fr.passnumerique.clearing.http.Problem INVALID_PARAMETER if no page names {@code after}
   */
  Page<BankException> read(
      boolean closed, @Nullable String after, int limit, @Nullable Actor reader) {
    Place last = after == null ? null : Place.read(after);
    Page<Found> page =
        Page.of(
            registers.read(() -> found().filter(each -> closed || each.closed() == null).toList()),
            each -> Place.of(each.exception()),
            last,
            limit);
    Map<VaultReference, Map<String, String>> kept =
        opened(page.rows().stream().flatMap(Found::notes).toList(), reader);
    return new Page<>(
        page.count(), page.rows().stream().map(each -> each.with(kept)).toList(), page.next());
  }

  /**
   * One of them, dealt with or not, with what was written beside it for a clerk.
   *
   * @return empty if none is called so
   */
  public Optional<BankException> find(String exception, Actor reader) {
    return registers
        .read(
            () -> found().filter(each -> each.exception().exception().equals(exception)).findAny())
        .map(each -> each.with(opened(each.notes().toList(), reader)));
  }

  private Map<VaultReference, Map<String, String>> opened(
      List<VaultReference> notes, @Nullable Actor reader) {
    return reader != null && reader.role() == Role.CLERK
        ? personal.openAll(notes, reader)
        : Map.of();
  }

  /** An exception, and where in the vault lies what was written beside it. */
  private record Found(
      BankException exception,
      @Nullable VaultReference called,
      BankRegister.@Nullable Closed closed) {
    Stream<VaultReference> notes() {
      return Stream.concat(
          Optional.ofNullable(called).stream(),
          Optional.ofNullable(closed).flatMap(c -> c.fact().note()).stream());
    }

    /**
     * @param kept of the vault what may be read
     */
    BankException with(Map<VaultReference, Map<String, String>> kept) {
      return exception.with(
          Optional.ofNullable(called).map(kept::get).map(Called::of),
          Optional.ofNullable(closed).map(end -> closing(end, kept)));
    }
  }

  private Stream<Found> found() {
    Map<String, VaultReference> called = called();
    return all().stream().map(each -> new Found(each, called.get(each.exception()), closed(each)));
  }

  /**
   * Where an exception stands in the list: one fact tells of one, but for the statement that leaves
   * out entries and may be one itself.
   */
  private record Place(long position, boolean leftOut) implements Comparable<Place> {
    private static final String MARK = "~";
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::position).thenComparing(Place::leftOut);

    private static Place of(BankException exception) {
      return new Place(exception.position(), exception.why().equals(LEFT_OUT));
    }

    private static Place read(String after) {
      boolean leftOut = after.endsWith(MARK);
      try {
        return new Place(
            Long.parseLong(leftOut ? after.substring(0, after.length() - 1) : after), leftOut);
      } catch (NumberFormatException _) {
        throw Page.notNamed(after);
      }
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return position + (leftOut ? MARK : "");
    }
  }

  /** What is left out yet is booked, whatever a clerk has said. */
  private BankRegister.@Nullable Closed closed(BankException exception) {
    BankRegister.Closed closed = register.closed(exception.exception());
    return closed != null
            && exception.why().equals(LEFT_OUT)
            && exception.position() != closed.position()
        ? null
        : closed;
  }

  private Map<String, VaultReference> called() {
    Map<String, VaultReference> called = new HashMap<>();
    for (BankRegister.Disputed disputed : register.disputed()) {
      disputed.fact().note().ifPresent(note -> called.put(disputed.fact().dispute(), note));
    }
    return called;
  }

  private static Closing closing(
      BankRegister.Closed closed, Map<VaultReference, Map<String, String>> kept) {
    return new Closing(
        closed.fact().reason(),
        closed.fact().by(),
        closed.fact().note().map(kept::get).map(content -> content.get(SealedNotes.TEXT)),
        closed.position());
  }

  private List<BankException> all() {
    List<BankException> all = new ArrayList<>();
    for (BankRegister.Disputed disputed : register.disputed()) {
      BankStatusDisputed f = disputed.fact();
      all.add(
          new BankException(
              f.dispute(),
              "STATUS",
              f.why().name(),
              f.transfer(),
              Optional.of(f.status()),
              f.reason(),
              Optional.empty(),
              0,
              f.on(),
              disputed.position(),
              Optional.empty(),
              Optional.empty()));
    }
    for (BankRegister.Unmatched unmatched : register.unmatched()) {
      BankEntryUnmatched f = unmatched.fact();
      if (f.transfer().isPresent() || f.cents() < 0) {
        all.add(
            new BankException(
                f.entry().id(),
                "ENTRY",
                f.why().name(),
                f.transfer(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(f.entry().id()),
                f.cents(),
                f.entry().bookedOn(),
                unmatched.position(),
                Optional.empty(),
                Optional.empty()));
      }
    }
    for (BankRegister.Refused refused : register.refused()) {
      BankFileRefused f = refused.fact();
      all.add(
          new BankException(
              f.file(),
              "FILE",
              f.code(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              0,
              f.on(),
              refused.position(),
              Optional.empty(),
              Optional.empty()));
    }
    for (BankRegister.Stated stated : register.contradicting()) {
      all.add(
          new BankException(
              stated.statement().statement(),
              "STATEMENT",
              "STATEMENT_DIFFERS",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              0,
              stated.statement().to(),
              stated.position(),
              Optional.empty(),
              Optional.empty()));
    }
    List<ToldNoMore.LeftOut> leftOut = toldNoMore.leftOut();
    for (ToldNoMore.LeftOut left : leftOut) {
      all.add(
          leftOut(
              left.exception(),
              register.money().cents(left.bookings()),
              left.statement().to(),
              left.position()));
    }
    Set<String> named = all.stream().map(BankException::exception).collect(toSet());
    for (BankRegister.Closed closed : register.closed()) {
      BankExceptionClosed f = closed.fact();
      if (!named.contains(f.exception()) && register.statement(f.exception()) == null) {
        // Taken out since, or told by a later page: the statement leaves it out no more.
        all.add(
            leftOut(
                f.exception(),
                f.takenOut().stream().mapToLong(BankExceptionClosed.TakenOut::cents).sum(),
                f.statement()
                    .map(register::statement)
                    .map(BankStatementImported::to)
                    .orElse(closed.on()),
                closed.position()));
      }
    }
    return all;
  }

  private static BankException leftOut(String exception, long cents, LocalDate on, long position) {
    return new BankException(
        exception,
        "STATEMENT",
        LEFT_OUT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        cents,
        on,
        position,
        Optional.empty(),
        Optional.empty());
  }
}
