package fr.passnumerique.clearing.reversal;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.reversal.ReversalRegister.Known;
import fr.passnumerique.clearing.reversal.ReversalRegister.Note;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Which reversals and debit notes are there, of one venue or of all, the newest first? */
public final class ReversalLists {
  private final ReversalRegister register;
  private final ReadLock registers;

  ReversalLists(ReversalRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /**
   * Where a page begins.
   *
   * @param before position of the last row of the page before; null for the newest
   */
  record Place(@Nullable Long before, int limit) {}

  /**
   * @throws Problem 404 if there is no such venue
   */
  void require(VenueId venue) {
    Problem.requireKnown(registers, "venue " + venue, () -> register.isVenue(venue));
  }

  /**
   * @param count of all that are asked for, not of this page
   * @param amountCents Σ of all that are asked for
   * @param next what the next page begins before; left out on the last
   */
  @Schema(name = "ReversalList")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record OfReversals(
      int count, long amountCents, List<Reversal> reversals, Optional<Long> next) {}

  /**
   * @param venue null for all
   * @param state null for all
   */
  OfReversals reversals(@Nullable VenueId venue, Reversal.@Nullable State state, Place place) {
    List<Known> all =
        registers.read(() -> venue == null ? register.allReversals() : register.reversalsOf(venue));
    List<Known> found =
        newest(all, known -> state == null || known.state() == state, Known::position);
    NewestPage<Known> page = page(found, Known::position, place);
    return new OfReversals(
        found.size(),
        found.stream().mapToLong(Known::cents).reduce(0, Math::addExact),
        each(page, Reversal::of),
        page.next());
  }

  /**
   * @param count of all that are asked for, not of this page
   * @param amountCents Σ of all that are asked for
   * @param openCents of these, still asked for
   * @param next what the next page begins before; left out on the last
   */
  @Schema(name = "DebitNoteList")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record OfDebitNotes(
      int count,
      long amountCents,
      long openCents,
      List<DebitNote> debitNotes,
      Optional<Long> next) {}

  /**
   * @param venue null for all
   * @param open whether something is still asked for by it; null for all
   */
  OfDebitNotes debitNotes(@Nullable VenueId venue, @Nullable Boolean open, Place place) {
    // One at a time: a note may have a thousand lines, and every fold waits.
    List<Asked> all =
        registers.read(register::allNotes).stream()
            .filter(note -> venue == null || note.fact().venue().equals(venue))
            .map(note -> new Asked(note, registers.read(() -> register.openCents(note))))
            .toList();
    List<Asked> found =
        newest(all, asked -> open == null || open == asked.openCents() > 0, Asked::position);
    NewestPage<Asked> page = page(found, Asked::position, place);
    return new OfDebitNotes(
        found.size(),
        found.stream().mapToLong(asked -> asked.note().fact().cents()).reduce(0, Math::addExact),
        found.stream().mapToLong(Asked::openCents).reduce(0, Math::addExact),
        each(page, asked -> DebitNote.of(register, asked.note())),
        page.next());
  }

  /** The debit notes to all venues that still ask for something, the oldest first. */
  public List<DebitNote> open() {
    return debitNotes(null, true, new Place(null, Integer.MAX_VALUE)).debitNotes().reversed();
  }

  private record Asked(Note note, long openCents) {
    long position() {
      return note.position();
    }
  }

  private static <T> List<T> newest(
      Collection<T> all, Predicate<T> asked, ToLongFunction<T> position) {
    return all.stream()
        .filter(asked)
        .sorted(Comparator.comparingLong(position).reversed())
        .toList();
  }

  private static <T> NewestPage<T> page(List<T> newest, ToLongFunction<T> position, Place place) {
    return NewestPage.of(newest.stream(), position, place.before(), place.limit());
  }

  /** One at a time: a row may have a thousand lines, and every fold waits. */
  private <T, R> List<R> each(NewestPage<T> page, Function<T, R> row) {
    return page.rows().stream().map(one -> registers.read(() -> row.apply(one))).toList();
  }
}
