package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.OnUseDebts;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.settlement.VoidedLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A fold of what {@code ON_USE} funders have repaid for uses that were taken back with their slip.
 * The pre-financier has that money, and has the cheques' value back as well when they end unused:
 * whoever says what is due back of an order asks here what of it is the funder's.
 *
 * <p>What was repaid for a reversed line comes back with that line, once it is recovered, and is no
 * part of this: taken out of the statement, it would be given back before the venue has.
 */
final class Overpaid {
  private final OnUseDebts debts = new OnUseDebts();

  /** Advanced shares of reversed lines that no credit note gives back yet. */
  private final Map<Serial, List<SpentCents>> reversed = new HashMap<>();

  /** What these come to. */
  private final Map<Debtor, Long> withLines = new HashMap<>();

  private record Debtor(AgreementId agreement, FunderId funder) {}

  void fold(Fact fact) {
    debts.fold(fact);
    switch (fact) {
      case LinesReversed f -> f.lines().forEach(line -> reverse(line.cheque(), line.parts()));
      case ReversalLifted f ->
          f.lines().map(VoidedLine::cheque).forEach(cheque -> keep(cheque, List.of()));
      case CreditNoteIssued f ->
          f.recovered().forEach(line -> credit(line.cheque(), f.preFinancier().orElse(f.funder())));
      default -> {}
    }
  }

  private void reverse(Serial cheque, List<SpentCents> parts) {
    List<SpentCents> advanced =
        parts.stream().filter(part -> part.advancedBy().isPresent()).toList();
    keep(cheque, advanced);
  }

  private void credit(Serial cheque, FunderId owner) {
    keep(
        cheque,
        reversed.getOrDefault(cheque, List.of()).stream()
            .filter(part -> !part.cashOwner().equals(owner))
            .toList());
  }

  /** These of a line from now on, in place of what was kept of it before. */
  private void keep(Serial cheque, List<SpentCents> parts) {
    List<SpentCents> before =
        parts.isEmpty() ? reversed.remove(cheque) : reversed.put(cheque, parts);
    count(before == null ? List.of() : before, -1);
    count(parts, 1);
  }

  private void count(List<SpentCents> parts, int sign) {
    parts.forEach(
        part ->
            withLines.merge(
                new Debtor(part.agreement(), part.funder()), sign * part.cents(), Math::addExact));
  }

  /** What of it is not given back yet; 0 if the funder owes for other uses. */
  private long cents(Debtor debtor) {
    long owed =
        Math.addExact(
            debts.cents(debtor.agreement, debtor.funder), withLines.getOrDefault(debtor, 0L));
    return Math.max(0, -owed);
  }

  /** Takes what is the funders' out of one part of a statement after the other. */
  Taking taking() {
    return new Taking();
  }

  final class Taking {
    private final Map<Debtor, Long> left = new HashMap<>();

    /** As much of the part as is its funder's, at most all of it; 0 if nobody advanced it. */
    long from(FundedCents part) {
      if (part.advancedBy().isEmpty()) {
        return 0;
      }
      Debtor debtor = new Debtor(part.agreement(), part.funder());
      long before = left.computeIfAbsent(debtor, Overpaid.this::cents);
      long taken = Math.min(before, part.cents());
      left.put(debtor, before - taken);
      return taken;
    }
  }
}
