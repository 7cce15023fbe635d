package fr.passnumerique.clearing.expiry;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.EndingOrder.Recorded;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.ReadLock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The ends of orders and the credit notes for them. A funder reads those that it pays for. */
public final class ExpiryQuery {
  private final ExpiryRegister register;
  private final ReadLock registers;

  ExpiryQuery(ExpiryRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /**
   * One line of the calendar of expiries.
   *
   * @param endsOn J
   * @param lastDay of the tolerance: from the day after, nothing is live
   */
  public record Ending(
      String order,
      String agreement,
      LocalDate endsOn,
      LocalDate lastDay,
      boolean announced,
      boolean expired) {}

  public record Endings(List<Ending> orders) {}

  /**
   * @param order of whose cheques it is; absent of what was in no cheque
   * @param agreement of what was in no cheque; absent of an order's
   * @param refundedOn the bank's date; absent until the bank has booked it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Note(
      String creditNote,
      Optional<String> order,
      Optional<String> agreement,
      String funder,
      long amountCents,
      LocalDate issuedOn,
      Optional<LocalDate> refundedOn) {}

  public record Notes(List<Note> creditNotes) {}

  /** The first to end first. */
  public Endings endings(Actor actor) {
    return registers.read(
        () ->
            new Endings(
                register.orders().stream()
                    .filter(order -> mayRead(order, actor))
                    .map(ExpiryQuery::ending)
                    .sorted(Comparator.comparing(Ending::endsOn).thenComparing(Ending::order))
                    .toList()));
  }

  private static Ending ending(EndingOrder order) {
    return new Ending(
        order.issued().order().value(),
        order.issued().agreement().value(),
        order.issued().endsOn(),
        order.from(ExpiryStep.EXPIRY).minusDays(1),
        order.announcedAt() != null,
        order.expired() != null);
  }

  /**
   * @throws Problem 404 if there is no such order, or none that the actor pays for
   */
  public OrderExpiry of(OrderId orderId, Actor actor) {
    String what = "order " + orderId;
    return registers
        .find(
            what,
            () ->
                Optional.ofNullable(register.order(orderId))
                    .filter(order -> mayRead(order, actor))
                    .map(order -> OrderExpiry.of(order, register, mine(actor))))
        .orElseThrow(() -> Problem.notFound(what));
  }

  private static boolean mayRead(EndingOrder order, Actor actor) {
    return order.funders().stream().anyMatch(mine(actor));
  }

  private static Predicate<FunderId> mine(Actor actor) {
    return funder -> actor.role() != Role.FUNDER || funder.value().equals(actor.subject());
  }

  /** In order of issue. */
  public Notes creditNotes(Actor actor) {
    return registers.read(
        () ->
            new Notes(
                register.creditNotes().stream()
                    .map(Recorded::fact)
                    .filter(note -> mine(actor).test(note.funder()))
                    .map(this::note)
                    .toList()));
  }

  private Note note(CreditNote note) {
    return new Note(
        note.creditNote().value(),
        note instanceof CreditNoteIssued ofAnOrder
            ? Optional.of(ofAnOrder.order().value())
            : Optional.empty(),
        note.free().map(free -> free.agreement().value()),
        note.funder().value(),
        note.amountCents(),
        note.issuedOn(),
        Optional.ofNullable(register.refund(note.creditNote()))
            .map(refund -> refund.fact().bookedOn()));
  }
}
