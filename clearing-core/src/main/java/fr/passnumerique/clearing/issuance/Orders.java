package fr.passnumerique.clearing.issuance;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.IssuanceRegister.Issued;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.territory.Departement;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which orders are there, the newest first, and how far is each from the order to its end? */
public final class Orders {
  private final IssuanceRegister register;
  private final ReadLock registers;

  Orders(IssuanceRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /** How far an order has come: the furthest step that was begun; the row's counts say how far. */
  @Schema(name = "OrderState")
  public enum State {
    ORDERED,
    /**
     * Free cash would cover all that is not activated: the funders', or, where it is one funder's
     * orders that are asked for, its own share of that. It does not learn whether another has paid.
     */
    FUNDED,
    ACTIVATED,
    DELIVERED,
    EXPIRED
  }

  /**
   * Which orders, and whose cash is told of.
   *
   * @param asked an order is of a funder whose share it has, or that advances one
   * @param state empty for all
   */
  public record Filter(AskedShares asked, Optional<State> state) {}

  /**
   * @param position of the order in the ledger
   * @param replacement whether it replaces cheques of other orders, out of their funding
   * @param endsOn J
   * @param lastDay of the tolerance: from the day after, nothing is live
   * @param cheques of the order, as the counts below
   * @param cents at face value
   * @param delivered to prescribers and not come back
   * @param handedOut to persons
   * @param missingCents of free cash to activate the rest of this order alone; of one funder where
   *     it is one's orders that are asked for
   */
  @Schema(name = "OrderListed")
  public record Row(
      OrderId order,
      long position,
      AgreementId agreement,
      String programme,
      Departement fundingDepartement,
      Batch batch,
      boolean replacement,
      LocalDate issuedOn,
      LocalDate endsOn,
      LocalDate lastDay,
      int cheques,
      int chequesPerCarnet,
      long cents,
      State state,
      int activated,
      int delivered,
      int handedOut,
      long missingCents) {}

  /**
   * @param count of all that the filter lets through but for their state
   * @param next what the next page begins before; left out on the last
   */
  @Schema(name = "OrderList")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Rows(int count, List<Row> orders, Optional<Long> next) {}

  /**
   * @param agreement null for all
   * @param funder null for all
   * @throws Problem 404 as {@link AskedShares#of}
   */
  AskedShares asked(Actor actor, @Nullable AgreementId agreement, @Nullable FunderId funder) {
    return AskedShares.of(actor, agreement, funder, register, registers);
  }

  /**
   * @param before position of the last order of the page before; null for the newest
   */
  public Rows newest(Filter filter, @Nullable Long before, int limit) {
    List<Issued> all =
        registers.read(() -> List.copyOf(register.orders().reversed())).stream()
            .filter(issued -> concerns(issued, filter))
            .toList();
    List<Row> rows = new ArrayList<>();
    for (Issued issued : all) {
      if (before != null && issued.position() >= before) {
        continue;
      }
      // One at a time: an order may have a hundred thousand cheques, and every fold waits.
      Row row = registers.read(() -> row(issued, filter.asked().funder()));
      if (filter.state().map(row.state()::equals).orElse(true)) {
        if (rows.size() == limit) {
          return new Rows(all.size(), rows, Optional.of(rows.getLast().position()));
        }
        rows.add(row);
      }
    }
    return new Rows(all.size(), rows, Optional.empty());
  }

  /** One order, with the cash of all its funders. */
  public Optional<Row> find(OrderId order) {
    return registers.find(
        "order " + order,
        () ->
            Optional.ofNullable(register.order(order)).map(known -> row(known, Optional.empty())));
  }

  private static boolean concerns(Issued issued, Filter filter) {
    return filter.asked().agreement().map(issued.fact().agreement()::equals).orElse(true)
        && filter.asked().funder().map(issued::isPaidBy).orElse(true);
  }

  private Row row(Issued issued, Optional<FunderId> of) {
    ChequesIssued fact = issued.fact();
    int activated = issued.activated();
    long missing = 0;
    for (Map.Entry<FunderId, Long> needed : issued.neededForTheRest().entrySet()) {
      if (needed.getValue() > 0 && of.map(needed.getKey()::equals).orElse(true)) {
        long free = register.credit().cents(fact.agreement(), needed.getKey());
        missing = Math.addExact(missing, Math.max(0, needed.getValue() - free));
      }
    }
    State state =
        issued.isExpired()
            ? State.EXPIRED
            : issued.delivered() > 0
                ? State.DELIVERED
                : activated > 0 ? State.ACTIVATED : missing == 0 ? State.FUNDED : State.ORDERED;
    return new Row(
        fact.order(),
        issued.position(),
        fact.agreement(),
        fact.programme().value(),
        fact.fundingDepartement(),
        fact.batch(),
        fact.replaces(),
        fact.issuedOn(),
        fact.endsOn(),
        fact.lastServiceDay(),
        fact.chequeCount(),
        fact.chequesPerCarnet(),
        fact.chequeCount() * fact.faceValueCents(),
        state,
        activated,
        issued.delivered(),
        issued.handedOut(),
        missing);
  }
}
