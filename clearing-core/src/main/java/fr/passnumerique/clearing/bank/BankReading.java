package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankRegister.Unmatched;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a clerk reads of the bank. Safe for any number of threads. */
public final class BankReading {
  private final BankRegister register;
  private final ReadLock registers;
  private final PersonalData personal;

  BankReading(BankRegister register, ReadLock registers, PersonalData personal) {
    this.register = register;
    this.registers = registers;
    this.personal = personal;
  }

  /**
   * An entry that nobody has explained.
   *
   * @param reference the bank's own
   * @param cents above zero if money came in, below if it went out
   * @param transfer of ours that it names
   * @param position of its fact
   * @param text what the bank wrote beside it, from the vault; empty if it was erased, and for an
   *     auditor, as are the next two
   * @param counterparty who paid or was paid
   */
  public record UnmatchedEntry(
      String entry,
      Optional<String> reference,
      LocalDate bookedOn,
      LocalDate valueOn,
      long cents,
      BankEntryUnmatched.Why why,
      Optional<String> transfer,
      long position,
      String text,
      String counterparty,
      String endToEnd) {}

  /**
   * The oldest booking first. Of the vault no more is read than the notes of the page.
   *
   * @param after what the page before names as next, still good when that entry is explained; null
   *     for the first page
   * @param limit entries of a page, at least 1
   * @param reader a clerk, who reads what the bank wrote beside them, which may name a person; an
   *     auditor does not
   * @throws fr.passnumerique.clearing.http.Problem INVALID_PARAMETER if no page names {@code after}
   */
  Page<UnmatchedEntry> unmatched(@Nullable String after, int limit, Actor reader) {
    EntryPlace last = after == null ? null : EntryPlace.read(after);
    List<Unmatched> all = registers.read(() -> List.copyOf(register.unmatched()));
    Page<Unmatched> page = Page.of(all, EntryPlace::of, last, limit);
    Map<VaultReference, Map<String, String>> kept =
        reader.role() == Role.CLERK
            ? personal.openAll(
                page.rows().stream().flatMap(u -> u.fact().note().stream()).toList(), reader)
            : Map.of();
    return new Page<>(
        page.count(),
        page.rows().stream()
            .map(u -> entry(u, u.fact().note().map(kept::get).orElse(Map.of())))
            .toList(),
        page.next());
  }

  /**
   * One of them, with what the bank wrote beside it for a clerk.
   *
   * @return empty of one that is explained, or that the bank has not told
   */
  public Optional<UnmatchedEntry> find(String entry, Actor reader) {
    return registers
        .read(() -> Optional.ofNullable(register.unmatched(entry)))
        .map(
            found ->
                entry(
                    found,
                    found
                        .fact()
                        .note()
                        .filter(_ -> reader.role() == Role.CLERK)
                        .flatMap(note -> personal.open(note, reader))
                        .orElse(Map.of())));
  }

  /** Whether it waits to be explained. */
  public boolean isUnmatched(String entry) {
    return registers.read(() -> register.unmatched(entry) != null);
  }

  /** Whether the bank has told it, whatever it is by now. */
  public boolean isRecorded(String entry) {
    // A payment of a booking is named after it; what was left behind is explained or waits.
    String booking = entry.split("\\.", 2)[0];
    return registers.read(
        () ->
            register.unmatched(entry) != null
                || register.matched(entry) != null
                || register.bookings().has(booking));
  }

  /** What waits to be explained and is of this amount, without what the bank wrote beside it. */
  public List<UnmatchedEntry> unmatchedOf(long cents) {
    return registers.read(
        () ->
            register.unmatched().stream()
                .filter(one -> one.fact().cents() == cents)
                .map(one -> entry(one, Map.of()))
                .toList());
  }

  /**
   * Credit notes that a clerk says to be refunded by hand and the bank has not shown yet, by name.
   *
   * @param cents of the refund, above 0
   */
  public List<CreditNoteId> refundedByHand(long cents) {
    return registers.read(() -> register.refundedByHand(cents));
  }

  /** Where an unmatched entry stands in the list of them. */
  private record EntryPlace(LocalDate bookedOn, long position) implements Comparable<EntryPlace> {
    private static final Comparator<EntryPlace> ORDER =
        Comparator.comparing(EntryPlace::bookedOn).thenComparingLong(EntryPlace::position);

    private static EntryPlace of(Unmatched entry) {
      return new EntryPlace(entry.fact().entry().bookedOn(), entry.position());
    }

    private static EntryPlace read(String text) {
      String[] parts = text.split("~", 2);
      if (parts.length != 2) {
        throw Page.notNamed(text);
      }
      try {
        return new EntryPlace(LocalDate.parse(parts[0]), Long.parseLong(parts[1]));
      } catch (NumberFormatException | DateTimeException _) {
        throw Page.notNamed(text);
      }
    }

    @Override
    public int compareTo(EntryPlace other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return bookedOn + "~" + position;
    }
  }

  private static UnmatchedEntry entry(Unmatched unmatched, Map<String, String> kept) {
    BankEntryUnmatched fact = unmatched.fact();
    Map<String, String> note = kept == null ? Map.of() : kept;
    return new UnmatchedEntry(
        fact.entry().id(),
        fact.entry().reference(),
        fact.entry().bookedOn(),
        fact.entry().valueOn(),
        fact.cents(),
        fact.why(),
        fact.transfer(),
        unmatched.position(),
        note.getOrDefault(BankEntryUnmatched.TEXT, ""),
        note.getOrDefault(BankEntryUnmatched.COUNTERPARTY, ""),
        note.getOrDefault(BankEntryUnmatched.END_TO_END, ""));
  }

  /**
   * A statement, and what the ledger says of it.
   *
   * @param ledgerCents on the account at the end of its last day, by the ledger; of one from which
   *     another of that day goes on, at its own end
   * @param differenceCents what the ledger has too much, below zero if too little
   * @param proven whether there is no difference
   * @param superseded a later import closes the same day: that one counts
   * @param missingBefore it opens with another balance than the one before it closes with: a
   *     statement between them is missing
   */
  public record ReadStatement(
      String statement,
      String reference,
      Optional<Long> number,
      LocalDate from,
      LocalDate to,
      long openingCents,
      long closingCents,
      long ledgerCents,
      long differenceCents,
      boolean proven,
      boolean superseded,
      boolean missingBefore,
      long position) {}

  /** By closing day. */
  List<ReadStatement> statements() {
    record Now(List<BankRegister.Stated> stated, List<BankProof.Closing> closings) {}
    Now now =
        registers.read(
            () -> new Now(List.copyOf(register.statements()), register.proof().closings()));
    Map<LocalDate, BankProof.Closing> byDay = new HashMap<>();
    now.closings().forEach(closing -> byDay.put(closing.statement().to(), closing));
    List<BankRegister.Stated> sorted = new ArrayList<>(now.stated());
    sorted.sort(
        Comparator.comparing((BankRegister.Stated s) -> s.statement().to())
            .thenComparing(BankRegister.Stated::position));
    List<ReadStatement> read = new ArrayList<>(sorted.size());
    BankStatementImported before = null;
    for (BankRegister.Stated stated : sorted) {
      BankStatementImported s = stated.statement();
      BankProof.Closing closing = byDay.get(s.to());
      if (closing == null) {
        throw new IllegalStateException("statement %s closes on no day".formatted(s.statement()));
      }
      long ledgerCents = closing.ledgerCents();
      if (leads(s, closing.statement(), now.stated(), new HashSet<>())) {
        // What the bank booked afterwards, by the statements that go on from it.
        ledgerCents -= closing.statement().closingCents() - s.closingCents();
      }
      boolean overlaps = before != null && !s.from().isAfter(before.to());
      read.add(
          new ReadStatement(
              s.statement(),
              s.reference(),
              s.number(),
              s.from(),
              s.to(),
              s.openingCents(),
              s.closingCents(),
              ledgerCents,
              ledgerCents - s.closingCents(),
              ledgerCents == s.closingCents(),
              !closing.statement().statement().equals(s.statement()),
              before != null && !overlaps && before.closingCents() != s.openingCents(),
              stated.position()));
      // Of several that close on one day, whichever order they came in.
      before = closing.statement();
    }
    return read;
  }

  /** Whether statements of one day go on from one to another. */
  private static boolean leads(
      BankStatementImported from,
      BankStatementImported to,
      List<BankRegister.Stated> stated,
      Set<String> passed) {
    if (from.statement().equals(to.statement()) || !passed.add(from.statement())) {
      return false;
    }
    if (from.leadsTo(to) || from.closesWhereOpens(to)) {
      return true;
    }
    return stated.stream()
        .map(BankRegister.Stated::statement)
        .filter(next -> next.to().equals(from.to()))
        .filter(next -> from.leadsTo(next) || from.closesWhereOpens(next))
        .anyMatch(next -> leads(next, to, stated, passed));
  }
}
