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
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A fold of which statements are agreed, and of what came back which part is on a credit note. */
final class Credits {
  private final Map<OrderId, Batch> batches = new HashMap<>();
  private final Map<Batch, OrderId> orders = new HashMap<>();

  /** When each party signed, by recorded time. */
  private final Map<Signature, Instant> statements = new HashMap<>();

  private final Map<Owed, Integer> supplementary = new HashMap<>();
  private final Set<Part> credited = new HashSet<>();
  private final Set<Serial> lines = new HashSet<>();

  private record Signature(OrderId order, Optional<FunderId> party) {}

  private record Owed(OrderId order, FunderId owner) {}

  private record Part(Serial cheque, FunderId owner) {}

  void fold(Fact fact, Instant recordedAt) {
    switch (fact) {
      case ChequesIssued f -> {
        batches.put(f.order(), f.batch());
        orders.put(f.batch(), f.order());
      }
      case ExpirySigned f when f.step() == ExpiryStep.STATEMENT ->
          statements.putIfAbsent(new Signature(f.order(), f.funder()), recordedAt);
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

  OrderId order(Batch batch) {
    OrderId order = orders.get(batch);
    if (order == null) {
      throw new IllegalStateException("no fact issues batch " + batch);
    }
    return order;
  }

  /** Whether the operator and this owner of the cash have both signed the statement. */
  boolean isAgreed(OrderId order, FunderId owner) {
    return agreedAt(order, owner).isPresent();
  }

  /** When the later of the operator and this owner of the cash signed the statement. */
  Optional<Instant> agreedAt(OrderId order, FunderId owner) {
    Instant operator = statements.get(new Signature(order, Optional.empty()));
    Instant party = statements.get(new Signature(order, Optional.of(owner)));
    if (operator == null || party == null) {
      return Optional.empty();
    }
    return Optional.of(operator.isAfter(party) ? operator : party);
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
