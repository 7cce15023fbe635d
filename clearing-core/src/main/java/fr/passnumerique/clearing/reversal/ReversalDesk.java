package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.SealedNotes;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipArchive;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Prepares reversals: finds the lines that are meant, takes notes to the vault, tells what is
 * known. Safe for any number of threads.
 */
public final class ReversalDesk {
  /** The vault's kind of entry. */
  static final String NOTE = "reversal-note";

  private final ReversalRegister register;
  private final ReadLock registers;
  private final SlipArchive slips;
  private final PersonalData personal;

  ReversalDesk(
      ReversalRegister register, ReadLock registers, SlipArchive slips, PersonalData personal) {
    this.register = register;
    this.registers = registers;
    this.slips = slips;
    this.personal = personal;
  }

  /**
   * @param lines numbers in the slip, from 1, in any order
   * @throws Problem if there is no such slip, or it has no such accepted lines
   */
  public ReverseLines prepare(
      ReversalId reversal,
      VenueId venue,
      SlipReference reference,
      List<Integer> lines,
      Reason reason,
      Optional<VaultReference> note,
      String by) {
    RecordedFact recorded =
        slips
            .find(venue, reference)
            .orElseThrow(
                () ->
                    Problem.of(
                        ReversalRefusal.UNKNOWN_SLIP.because(
                            "slip",
                            "venue %s presented no slip %s".formatted(venue, reference),
                            "name the venue and its slip by its reference")));
    SlipJudged slip = (SlipJudged) recorded.fact();
    List<ReversalProposed.Line> meant = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    List<Fault> waived = new ArrayList<>();
    for (int number : new TreeSet<>(lines)) {
      if (number < 1 || number > slip.lines().size()) {
        faults.add(
            fault(number, "slip %s has lines 1 to %d".formatted(reference, slip.lines().size())));
        continue;
      }
      SlipJudged.Line line = slip.lines().get(number - 1);
      if (line.rejected().isPresent()) {
        faults.add(fault(number, "line %d was rejected and nothing paid for it".formatted(number)));
        continue;
      }
      if (slip.waivedLines().contains(number)) {
        waived.add(
            Fault.of(
                "lines",
                Integer.toString(number),
                "nothing is paid for line %d, the venue waives it".formatted(number),
                ReverseLinesDecision.WAIVED_REMEDY));
        continue;
      }
      meant.add(
          new ReversalProposed.Line(
              number, line.cheque().orElseThrow(), slip.visits().get(line.visit()).departement()));
    }
    if (!faults.isEmpty()) {
      throw new Problem(
          422,
          ReversalRefusal.LINE_NOT_ACCEPTED.name(),
          "%d of the lines are no accepted lines of slip %s; name accepted lines by their number"
              .formatted(faults.size(), reference),
          Stream.concat(faults.stream(), waived.stream()).toList());
    }
    if (!waived.isEmpty()) {
      throw new Problem(
          422,
          ReversalRefusal.LINE_WAIVED.name(),
          "the venue waives %d of the lines of slip %s and nothing is paid for them; leave them out"
              .formatted(waived.size(), reference),
          waived);
    }
    return new ReverseLines(
        reversal, venue, reference, recorded.position(), List.copyOf(meant), reason, note, by);
  }

  private static Fault fault(int number, String message) {
    return Fault.of(
        "lines", Integer.toString(number), message, "name accepted lines by their number");
  }

  /**
   * @param note what the clerk wrote; empty if nothing, if it was erased, and for whoever is no
   *     clerk
   * @param contestNote what the venue wrote; empty as the other
   */
  public record Found(Reversal reversal, Optional<String> note, Optional<String> contestNote) {}

  public Optional<Found> find(ReversalId id, Actor reader) {
    record Known(
        Reversal reversal, Optional<VaultReference> note, Optional<VaultReference> contest) {}
    return registers
        .find(
            "reversal " + id,
            () ->
                Optional.ofNullable(register.reversal(id))
                    .map(known -> new Known(Reversal.of(known), known.note(), known.contestNote())))
        .map(
            known ->
                new Found(
                    known.reversal(),
                    opened(known.note(), reader),
                    opened(known.contest(), reader)));
  }

  private Optional<String> opened(Optional<VaultReference> note, Actor reader) {
    return note.filter(_ -> reader.role() == Role.CLERK)
        .flatMap(kept -> personal.open(kept, reader))
        .map(content -> content.get(SealedNotes.TEXT));
  }

  List<Reversal> of(VenueId venue) {
    return registers.read(() -> register.reversalsOf(venue).stream().map(Reversal::of).toList());
  }

  Optional<DebitNote> debitNote(DebitNoteId id) {
    return registers.find(
        "debit note " + id,
        () -> Optional.ofNullable(register.note(id)).map(note -> DebitNote.of(register, note)));
  }

  List<DebitNote> debitNotes(VenueId venue) {
    return registers.read(
        () -> register.notesOf(venue).stream().map(note -> DebitNote.of(register, note)).toList());
  }
}
