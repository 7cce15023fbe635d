package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalRefusal.LINE_ALREADY_REVERSED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.LINE_BEING_NETTED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.LINE_WAIVED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.NO_LINES;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_ID_TAKEN;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.SLIP_WITHDRAWN;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.reversal.ReversalRegister.Known;
import fr.passnumerique.clearing.settlement.LineMoney;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reverses lines, or proposes it above the amount that one person may reverse alone.
 *
 * <p>Boundary: the reversal; the slip, whose lines are reversed once and which may be withdrawn;
 * the runs of its programmes, which take its lines and net them; and the transfer that is to pay
 * them, because its end decides whether anything is claimed; and the venue's account, which a
 * transfer closes that was paid and comes back.
 */
final class ReverseLinesDecision implements Decider<ReverseLines, Reversal> {
  static final String WAIVED_REMEDY =
      "leave the line out; a slip that is waived whole can be withdrawn, by its venue or for it,"
          + " until an order of its cheques has expired";

  private final ReversalRegister register;
  private final LineMoney money;
  private final ReversalTerms terms;

  ReverseLinesDecision(ReversalRegister register, LineMoney money, ReversalTerms terms) {
    this.register = register;
    this.money = money;
    this.terms = terms;
  }

  @Override
  public Class<ReverseLines> command() {
    return ReverseLines.class;
  }

  @Override
  public Decision<Reversal> decide(ReverseLines command, Instant receivedAt) {
    Known known = register.reversal(command.reversal());
    if (known != null) {
      return new Decision.Known<>(known.position(), recorded -> reply(command, known, recorded));
    }
    if (command.lines().isEmpty()) {
      return Decision.refuse(
          NO_LINES.because("lines", "a reversal names at least one line", "name the line numbers"));
    }
    Refusal refusal =
        refusal(register, money, command.slip(), command.reference(), command.lines());
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    List<ReversedLine> lines = standing(money, command.slip(), command.lines());
    long cents = lines.stream().mapToLong(ReversedLine::cents).sum();
    LocalDate today = Paris.dayOf(receivedAt);
    long alone = register.aloneCents(command.venue(), command.by(), today);
    if (Math.addExact(alone, cents) > terms.aloneUpToCents()) {
      ReversalProposed proposed =
          new ReversalProposed(
              command.reversal(),
              command.venue(),
              command.reference(),
              command.slip(),
              command.lines(),
              command.reason(),
              command.note(),
              command.by(),
              cents);
      return Decision.accept(
          proposed,
          new Boundary(
              boundary(command.reversal(), command.venue(), command.reference(), lines),
              Fact.NO_CHEQUES),
          Reversal.of(proposed));
    }
    return reverse(
        new LinesReversed(
            command.reversal(),
            command.venue(),
            command.reference(),
            command.slip(),
            lines,
            command.reason(),
            command.note(),
            command.by(),
            Optional.empty(),
            today.plusDays(terms.contestDays())),
        receivedAt);
  }

  static Decision<Reversal> reverse(LinesReversed reversed, Instant receivedAt) {
    Set<String> looked =
        boundary(reversed.reversal(), reversed.venue(), reversed.reference(), reversed.lines());
    if (reversed.confirmedBy().isEmpty()) {
      // What was reversed alone besides.
      looked.add("reversals:" + reversed.venue());
    }
    return Decision.accept(
        reversed,
        new Boundary(looked, Fact.NO_CHEQUES),
        Reversal.of(reversed, Optional.of(Paris.dayOf(receivedAt))));
  }

  private static Set<String> boundary(
      ReversalId reversal, VenueId venue, SlipReference reference, List<ReversedLine> lines) {
    Set<String> tags = new HashSet<>();
    tags.add("reversal:" + reversal);
    tags.add("account:" + venue);
    tags.add(SlipJudged.tag(venue, reference));
    for (ReversedLine line : lines) {
      line.parts().forEach(part -> tags.add("runs:" + part.programme()));
      line.transfer().ifPresent(transfer -> tags.add("transfer:" + transfer));
    }
    return tags;
  }

  static List<ReversedLine> standing(
      LineMoney money, long slip, List<ReversalProposed.Line> lines) {
    return lines.stream().map(line -> standing(money, slip, line)).toList();
  }

  private static ReversedLine standing(LineMoney money, long slip, ReversalProposed.Line line) {
    List<SpentCents> parts = money.parts(line.cheque(), line.spentIn());
    ReversedLine.Standing standing = ReversedLine.Standing.PAID;
    Optional<TransferId> transfer = Optional.empty();
    switch (money.of(slip, parts.getFirst().programme(), line.cheque())) {
      case LineMoney.Place.Owed _ -> standing = ReversedLine.Standing.OWED;
      case LineMoney.Place.InTransit(TransferId id) -> {
        standing = ReversedLine.Standing.IN_TRANSIT;
        transfer = Optional.of(id);
      }
      case LineMoney.Place.Paid _ -> {}
      case LineMoney.Place.BeingNetted _ ->
          throw new IllegalStateException("a line got past LINE_BEING_NETTED");
    }
    return new ReversedLine(line.line(), line.cheque(), standing, transfer, parts);
  }

  static @Nullable Refusal refusal(
      ReversalRegister register,
      LineMoney money,
      long slip,
      SlipReference reference,
      List<ReversalProposed.Line> lines) {
    if (register.isWithdrawn(slip)) {
      // The command's own slip is a position of the ledger.
      return SLIP_WITHDRAWN
          .because(
              "slip",
              "slip %s was withdrawn by its venue, so nothing is owed for it".formatted(reference),
              "nothing is to be done: its cheques are live again")
          .withValue(reference.value());
    }
    for (ReversalProposed.Line line : lines) {
      if (register.isWaived(slip, line.cheque())) {
        return LINE_WAIVED.because(
            "lines",
            "nothing is paid for line %d of slip %s, the venue waives it and its value is due back already"
                .formatted(line.line(), reference),
            WAIVED_REMEDY);
      }
      ReversalRegister.Line before = register.reversed(line.cheque());
      if (before != null) {
        return LINE_ALREADY_REVERSED.because(
            "lines",
            "line %d of slip %s was reversed by reversal %s"
                .formatted(line.line(), reference, before.reversal()),
            "leave the line out");
      }
      ProgrammeId programme = money.parts(line.cheque(), line.spentIn()).getFirst().programme();
      if (money.of(slip, programme, line.cheque())
          instanceof LineMoney.Place.BeingNetted(SettlementRunId run)) {
        return LINE_BEING_NETTED.because(
            "lines",
            "line %d of slip %s is netted by run %s, which can still be undone"
                .formatted(line.line(), reference, run),
            "wait for the end of the run's transfer, or cancel the run if it is not released");
      }
    }
    return null;
  }

  /** The facts say whether it is the same; what it is now, the register. */
  private static Decision.Reply<Reversal> reply(ReverseLines command, Known known, Fact recorded) {
    List<Integer> wanted = command.lines().stream().map(ReversalProposed.Line::line).toList();
    boolean same =
        known.venue().equals(command.venue())
            && known.reference().equals(command.reference())
            && known.reason() == command.reason()
            && known.note().equals(command.note())
            && lineNumbers(recorded).equals(wanted);
    return same
        ? new Decision.Reply.Same<>(first(recorded, known))
        : new Decision.Reply.Different<>(
            REVERSAL_ID_TAKEN.because(
                "reversal",
                "reversal %s is of slip %s of venue %s, for other lines, another reason or with another note"
                    .formatted(known.id(), known.reference(), known.venue()),
                "choose another identifier for a new reversal"));
  }

  private static Reversal first(Fact recorded, Known known) {
    return recorded instanceof LinesReversed reversed
        ? Reversal.of(reversed, known.reversedAt().map(Paris::dayOf))
        : Reversal.of((ReversalProposed) recorded);
  }

  private static List<Integer> lineNumbers(Fact recorded) {
    return switch (recorded) {
      case LinesReversed f -> f.lines().stream().map(ReversedLine::line).toList();
      case ReversalProposed f -> f.lines().stream().map(ReversalProposed.Line::line).toList();
      default -> throw new IllegalStateException("a reversal is recorded in another fact");
    };
  }
}
