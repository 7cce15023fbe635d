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

  private record Debtor(AgreementId agreement, FunderId funder) {}

  void fold(Fact fact) {
    debts.fold(fact);
    switch (fact) {
      case LinesReversed f -> f.lines().forEach(line -> reverse(line.cheque(), line.parts()));
      case ReversalLifted f -> f.lines().map(VoidedLine::cheque).forEach(reversed::remove);
      case CreditNoteIssued f ->
          f.recovered().forEach(line -> credit(line.cheque(), f.preFinancier().orElse(f.funder())));
      default -> {}
    }
  }

  private void reverse(Serial cheque, List<SpentCents> parts) {
    List<SpentCents> advanced =
        parts.stream().filter(part -> part.advancedBy().isPresent()).toList();
    if (!advanced.isEmpty()) {
      reversed.put(cheque, advanced);
    }
  }

  private void credit(Serial cheque, FunderId owner) {
    reversed.computeIfPresent(
        cheque,
        (_, parts) -> {
          List<SpentCents> left =
              parts.stream().filter(part -> !part.cashOwner().equals(owner)).toList();
          return left.isEmpty() ? null : left;
        });
  }

  /** What of it is not given back yet; 0 if the funder owes for other uses. */
  private long cents(Debtor debtor) {
    long withLines = 0;
    for (List<SpentCents> parts : reversed.values()) {
      for (SpentCents part : parts) {
        if (part.agreement().equals(debtor.agreement) && part.funder().equals(debtor.funder)) {
          withLines = Math.addExact(withLines, part.cents());
        }
      }
    }
    long owed = Math.addExact(debts.cents(debtor.agreement, debtor.funder), withLines);
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
