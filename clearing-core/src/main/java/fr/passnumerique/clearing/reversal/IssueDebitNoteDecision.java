package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalRefusal.DEBIT_NOTE_ID_TAKEN;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.NOTHING_TO_CLAIM;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.money.CreditorReference;
import fr.passnumerique.clearing.reversal.ReversalRegister.Known;
import fr.passnumerique.clearing.reversal.ReversalRegister.Note;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks for what was paid for reversed lines and not netted in time; not for what the venue
 * contests, as no run nets that. Boundary: the note; the runs of the programme, which net; the
 * venue's reversals; and of each with such a line whether it is contested.
 */
final class IssueDebitNoteDecision implements Decider<IssueDebitNote, DebitNoteIssued> {
  private final ReversalRegister register;
  private final ReversalTerms terms;

  IssueDebitNoteDecision(ReversalRegister register, ReversalTerms terms) {
    this.register = register;
    this.terms = terms;
  }

  @Override
  public Class<IssueDebitNote> command() {
    return IssueDebitNote.class;
  }

  @Override
  public Decision<DebitNoteIssued> decide(IssueDebitNote command, Instant receivedAt) {
    Note known = register.note(command.debitNote());
    if (known != null) {
      boolean same =
          known.fact().venue().equals(command.venue())
              && known.fact().programme().equals(command.programme());
      return new Decision.Known<>(
          known.position(),
          recorded ->
              same
                  ? new Decision.Reply.Same<>((DebitNoteIssued) recorded)
                  : new Decision.Reply.Different<>(
                      DEBIT_NOTE_ID_TAKEN.because(
                          "debitNote",
                          "debit note %s is to venue %s for programme %s"
                              .formatted(
                                  command.debitNote(),
                                  known.fact().venue(),
                                  known.fact().programme()),
                          "choose another identifier for a new note")));
    }
    LocalDate today = Paris.dayOf(receivedAt);
    LocalDate reversedBy = today.minusDays(terms.debitNoteDays());
    List<DebitNoteIssued.Line> lines = new ArrayList<>();
    Set<ReversalId> contested = new TreeSet<>(Comparator.comparing(ReversalId::value));
    Set<String> boundary =
        new HashSet<>(
            Set.of(
                "debit-note:" + command.debitNote(),
                "reversals:" + command.venue(),
                "runs:" + command.programme(),
                "account:" + command.venue()));
    for (Known reversal : register.reversalsOf(command.venue())) {
      for (ReversalRegister.Line line : reversal.lines()) {
        LocalDate reversedOn = Paris.dayOf(line.at());
        if (line.programme().equals(command.programme())
            && register.isKeptSince(line, reversedBy)) {
          boundary.add("reversal:" + reversal.id());
          if (register.isContested(line)) {
            contested.add(reversal.id());
            continue;
          }
          lines.add(
              new DebitNoteIssued.Line(reversal.id(), line.cheque(), reversedOn, line.cents()));
        }
      }
    }
    if (lines.isEmpty() && !contested.isEmpty()) {
      return Decision.refuse(
          NOTHING_TO_CLAIM.because(
              "venue",
              "what venue %s owes for programme %s is contested, such as by reversal %s, and no note asks for that"
                  .formatted(command.venue(), command.programme(), contested.iterator().next()),
              "decide the contest first"));
    }
    if (lines.isEmpty()) {
      return Decision.refuse(
          NOTHING_TO_CLAIM.because(
              "venue",
              "venue %s owes nothing for programme %s that was reversed by %s, %d days ago"
                  .formatted(
                      command.venue(), command.programme(), reversedBy, terms.debitNoteDays()),
              "wait for the next settlements to net it"));
    }
    DebitNoteIssued issued =
        new DebitNoteIssued(
            command.debitNote(),
            command.venue(),
            command.programme(),
            today,
            command.by(),
            List.copyOf(lines),
            lines.stream().mapToLong(DebitNoteIssued.Line::cents).sum(),
            Optional.of(CreditorReference.madeFrom("debit-note|" + command.debitNote())));
    return Decision.accept(issued, Boundary.of(boundary), issued);
  }
}
