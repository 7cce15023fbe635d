package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A fold of which statements are agreed, and of what came back which part is on a credit note. */
final class Credits {
  private final Map<OrderId, Batch> batches = new HashMap<>();
  private final Set<Signature> statements = new HashSet<>();
  private final Map<Owed, Integer> supplementary = new HashMap<>();
  private final Set<Part> credited = new HashSet<>();
  private final Set<Serial> lines = new HashSet<>();

  private record Signature(OrderId order, Optional<FunderId> party) {}

  private record Owed(OrderId order, FunderId owner) {}

  private record Part(Serial cheque, FunderId owner) {}

  void fold(Fact fact) {
    switch (fact) {
      case ChequesIssued f -> batches.put(f.order(), f.batch());
      case ExpirySigned f when f.step() == ExpiryStep.STATEMENT ->
          statements.add(new Signature(f.order(), f.funder()));
      case CreditNoteIssued f when !f.recovered().isEmpty() -> {
        supplementary.merge(new Owed(f.order(), f.funder()), 1, Integer::sum);
        for (CreditNoteIssued.Recovered line : f.recovered()) {
          credited.add(new Part(line.cheque(), f.preFinancier().orElse(f.funder())));
          lines.add(line.cheque());
        }
      }
      default -> {}
    }
  }

  boolean isIssued(OrderId order) {
    return batches.containsKey(order);
  }

  Batch batch(OrderId order) {
    Batch batch = batches.get(order);
    if (batch == null) {
      throw new IllegalStateException("no fact issues order " + order);
    }
    return batch;
  }

  /** Whether the operator and this owner of the cash have both signed the statement. */
  boolean isAgreed(OrderId order, FunderId owner) {
    return statements.contains(new Signature(order, Optional.empty()))
        && statements.contains(new Signature(order, Optional.of(owner)));
  }

  /** How many notes for recovered value this owner has of the order. */
  int supplementary(OrderId order, FunderId owner) {
    return supplementary.getOrDefault(new Owed(order, owner), 0);
  }

  boolean isCredited(Serial cheque, FunderId owner) {
    return credited.contains(new Part(cheque, owner));
  }

  /** Whether any of the reversed line is on a credit note. */
  boolean isCredited(Serial cheque) {
    return lines.contains(cheque);
  }
}
