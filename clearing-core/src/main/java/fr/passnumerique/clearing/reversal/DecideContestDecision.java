package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalRefusal.CONTEST_ALREADY_DECIDED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.NOT_CONTESTED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_BEING_NETTED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.SECOND_PERSON_REQUIRED;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.reversal.DecideContest.Decided;
import fr.passnumerique.clearing.reversal.DecideContest.Outcome;
import fr.passnumerique.clearing.reversal.Reversal.Recovery;
import fr.passnumerique.clearing.reversal.ReversalRegister.Known;
import fr.passnumerique.clearing.settlement.VoidedLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides a contest. Boundary: the reversal, and whatever changes what became of its lines: the
 * runs of their programmes, the end of a transfer that nets or pays for the venue, its debit notes;
 * and the agreements in which a share is owed on use again, whose credit may pay it.
 */
final class DecideContestDecision implements Decider<DecideContest, Decided> {
  private final ReversalRegister register;

  DecideContestDecision(ReversalRegister register) {
    this.register = register;
  }

  @Override
  public Class<DecideContest> command() {
    return DecideContest.class;
  }

  @Override
  public Decision<Decided> decide(DecideContest command, Instant receivedAt) {
    Known known = register.reversal(command.reversal());
    if (known == null) {
      return Decision.refuse(ConfirmReversalDecision.unknown(command.reversal()));
    }
    if (known.decided() != 0) {
      return new Decision.Known<>(known.decided(), recorded -> reply(command, recorded));
    }
    if (known.contested() == 0) {
      return Decision.refuse(
          NOT_CONTESTED.because(
              "reversalId",
              "reversal %s is not contested".formatted(known.id()),
              "wait for the venue, or contest in its name"));
    }
    Set<String> parts = new HashSet<>(Set.of(known.reversedBy()));
    known.confirmedBy().ifPresent(parts::add);
    return Decision.bySecondPerson(
        parts,
        command.by(),
        SECOND_PERSON_REQUIRED.because(
            "reversalId",
            "you had a part in reversal %s, and who had one decides no contest of it"
                .formatted(known.id()),
            "have another clerk decide"),
        () -> decide(command, known));
  }

  private Decision<Decided> decide(DecideContest command, Known known) {
    Set<String> boundary = new HashSet<>();
    boundary.add("reversal:" + known.id());
    if (command.outcome() == Outcome.UPHELD) {
      ReversalUpheld upheld = new ReversalUpheld(known.id(), known.venue(), command.by());
      return Decision.accept(upheld, Boundary.of(boundary), decided(upheld));
    }
    List<VoidedLine> owedAgain = new ArrayList<>();
    List<VoidedLine> forgiven = new ArrayList<>();
    List<VoidedLine> unpaid = new ArrayList<>();
    for (ReversalRegister.Line line : known.lines()) {
      if (line.recovery() == Recovery.BEING_NETTED) {
        return Decision.refuse(
            REVERSAL_BEING_NETTED.because(
                "reversalId",
                "a run that is not released yet nets line %d of reversal %s"
                    .formatted(line.line(), known.id()),
                "cancel the run first: it is not released while it nets what is contested"));
      }
      if (register.isNettedForNow(line)) {
        // Owed again now, it would be claimed again by the rejection; no fact could say both.
        return Decision.refuse(
            REVERSAL_BEING_NETTED.because(
                "reversalId",
                "line %d of reversal %s is netted with a transfer that the bank may still reject"
                    .formatted(line.line(), known.id()),
                "wait for the end of the transfer, and decide then"));
      }
      if (line.recovery() == Recovery.DUE_BACK) {
        owedAgain.add(line.voided());
        continue;
      }
      List<VoidedLine> kept = line.isPaid() ? forgiven : unpaid;
      if (line.paidOnNoteCents() > 0) {
        // Of a line that is paid back in part, the venue is owed the part and keeps the rest.
        owedAgain.add(line.cents(0, line.paidOnNoteCents()));
        kept.add(line.cents(line.paidOnNoteCents(), line.cents()));
      } else {
        kept.add(line.voided());
      }
    }
    boundary.add("account:" + known.venue());
    boundary.add("accounts");
    ReversalLifted lifted =
        new ReversalLifted(
            known.id(),
            known.venue(),
            known.reference(),
            command.by(),
            owedAgain,
            forgiven,
            unpaid);
    // What is owed again on use is paid by what has come to its agreement meanwhile.
    boundary.addAll(lifted.tags());
    List<Fact> facts = new ArrayList<>();
    facts.add(lifted);
    facts.addAll(register.paidEarly().repayments("reversal:" + known.id(), List.of(lifted)));
    return new Decision.Accept<>(facts, Boundary.of(boundary), decided(lifted));
  }

  private static Decision.Reply<Decided> reply(DecideContest command, Fact recorded) {
    Decided decided = decided(recorded);
    return decided.outcome() == command.outcome()
        ? new Decision.Reply.Same<>(decided)
        : new Decision.Reply.Different<>(
            CONTEST_ALREADY_DECIDED.because(
                "outcome",
                "the contest of reversal %s was decided: %s"
                    .formatted(command.reversal(), decided.outcome()),
                "a decision is final"));
  }

  private static Decided decided(Fact fact) {
    return switch (fact) {
      case ReversalUpheld f ->
          new Decided(f.reversal().value(), Outcome.UPHELD, f.decidedBy(), 0, 0);
      case ReversalLifted f ->
          new Decided(
              f.reversal().value(),
              Outcome.LIFTED,
              f.decidedBy(),
              cents(f.owedAgain()),
              Math.addExact(cents(f.forgiven()), cents(f.unpaid())));
      default -> throw new IllegalStateException("a contest is decided by another fact");
    };
  }

  private static long cents(List<VoidedLine> lines) {
    return lines.stream()
        .flatMap(line -> line.parts().stream())
        .mapToLong(part -> part.cents())
        .sum();
  }
}
