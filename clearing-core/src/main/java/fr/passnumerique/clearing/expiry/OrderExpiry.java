package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.expiry.EndingOrder.InState;
import fr.passnumerique.clearing.expiry.EndingOrder.Recorded;
import fr.passnumerique.clearing.expiry.SignExpiryDecision.Due;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An order and its end, as they are told.
 *
 * @param endsOn J
 * @param lastDay of the tolerance
 * @param situation issued = the sum of its cheques, at every moment
 * @param steps in order, each funder's apart
 * @param statement what expired, once it has
 */
public record OrderExpiry(
    String order,
    String agreement,
    String batch,
    LocalDate endsOn,
    LocalDate lastDay,
    int issuedCheques,
    List<Situation> situation,
    ExpiryAnnounced.Counts counts,
    List<Step> steps,
    Optional<Statement> statement) {
  private static final String OPERATOR = "operator";

  /**
   * @param state IN_STOCK (operator's and prescribers'), LIVE (handed out and spendable), REDEEMED,
   *     EXPIRED, OPPOSED, REPLACED or VOID
   * @param cents of all funders
   * @param funders those whose shares the reader sees, by whose cents they are
   */
  public record Situation(String state, int cheques, long cents, List<OfFunder> funders) {}

  public record OfFunder(String funder, String fundingDepartement, long cents) {}

  /**
   * @param party a funder, or {@code operator}, or empty for what the engine records
   * @param from the first day on which it can be taken
   * @param lapsed nobody took it before the expiry, and nobody waits for it any more; a signature
   *     that comes all the same is recorded
   * @param open the reader can take it now
   */
  public record Step(
      ExpiryStep step, String party, LocalDate from, boolean done, boolean lapsed, boolean open) {}

  /**
   * The contradictory statement. Its sums are of all funders; a funder is shown its own note only.
   *
   * @param notDistributed never handed out
   * @param unused handed out and not redeemed
   * @param opposedOrWaivedCents covered cheques that were opposed and never replaced, and those for
   *     which their venue waived its pay: they did not expire, and are due back as well
   * @param dueBackCents what the notes of all funders come to
   * @param dueBack to each funder, by what it paid in
   */
  public record Statement(
      Expired notDistributed,
      Expired unused,
      long opposedOrWaivedCents,
      long dueBackCents,
      List<Note> dueBack) {}

  /**
   * @param activated those of the cheques that were covered by cash, which alone are refunded
   * @param cents face value, of all funders
   * @param dueBackCents what the activated ones come to, of all funders
   */
  public record Expired(int cheques, int activated, long cents, long dueBackCents) {}

  /**
   * @param creditNote its identifier, once both sides have signed
   */
  public record Note(
      String funder,
      long cents,
      Optional<String> creditNote,
      Optional<LocalDate> issuedOn,
      Optional<LocalDate> refundedOn) {}

  /**
   * @param reader a funder is shown its own shares
   * @param now decides which steps are open
   */
  static OrderExpiry of(EndingOrder order, ExpiryRegister register, Actor reader, Instant now) {
    Predicate<FunderId> mine = ExpiryEndpoint.mine(reader);
    return new OrderExpiry(
        order.issued().order().value(),
        order.issued().agreement().value(),
        order.issued().batch().toString(),
        order.issued().endsOn(),
        order.from(ExpiryStep.EXPIRY).minusDays(1),
        order.issued().chequeCount(),
        order.situation().stream().map(state -> situation(state, mine)).toList(),
        order.counts(),
        steps(order, reader, now),
        Optional.ofNullable(order.expired())
            .map(expired -> statement(order, expired, register, mine)));
  }

  private static Situation situation(InState state, Predicate<FunderId> mine) {
    return new Situation(
        state.state().name(),
        state.cheques(),
        state.shares().stream().mapToLong(FundedCents::cents).sum(),
        state.shares().stream()
            .filter(part -> mine.test(part.funder()) || mine.test(part.cashOwner()))
            .map(
                part ->
                    new OfFunder(
                        part.funder().value(), part.fundingDepartement().code(), part.cents()))
            .toList());
  }

  private static List<Step> steps(EndingOrder order, Actor reader, Instant now) {
    Predicate<FunderId> mine = ExpiryEndpoint.mine(reader);
    List<Step> steps = new ArrayList<>();
    for (ExpiryStep step : ExpiryStep.values()) {
      switch (step) {
        case ANNOUNCEMENT ->
            steps.add(step(step, "", order.announcedAt() != null, order, reader, now));
        case EXPIRY -> steps.add(step(step, "", order.expired() != null, order, reader, now));
        case APPROVAL, ACKNOWLEDGEMENT, STATEMENT -> {
          if (step == ExpiryStep.STATEMENT) {
            boolean done = order.signedAt(step, Optional.empty()) != null;
            steps.add(step(step, OPERATOR, done, order, reader, now));
          }
          for (FunderId funder : order.funders()) {
            if (mine.test(funder)) {
              boolean done = order.signedAt(step, Optional.of(funder)) != null;
              steps.add(step(step, funder.value(), done, order, reader, now));
            }
          }
        }
      }
    }
    return List.copyOf(steps);
  }

  private static Step step(
      ExpiryStep step, String party, boolean done, EndingOrder order, Actor reader, Instant now) {
    boolean expired = order.expired() != null;
    boolean lapsed = !done && expired && step.compareTo(ExpiryStep.EXPIRY) < 0;
    boolean open =
        !done
            && !lapsed
            && hasCome(step, order, now)
            && (step != ExpiryStep.STATEMENT || expired)
            && isFor(party, reader);
    return new Step(step, party, order.from(step), done, lapsed, open);
  }

  private static boolean hasCome(ExpiryStep step, EndingOrder order, Instant now) {
    return !now.isBefore(
        step == ExpiryStep.EXPIRY
            ? ExpireChequesDecision.dueAt(order)
            : Paris.startOf(order.from(step)));
  }

  /** The operator takes the steps that no funder signs, a funder its own. */
  private static boolean isFor(String party, Actor reader) {
    return switch (reader.role()) {
      case CLERK -> party.isEmpty() || party.equals(OPERATOR);
      case FUNDER -> party.equals(reader.subject());
      case AUDITOR, VENUE, PRESCRIBER -> false;
    };
  }

  private static Statement statement(
      EndingOrder order,
      Recorded<ChequesExpired> expired,
      ExpiryRegister register,
      Predicate<FunderId> mine) {
    List<ChequesExpired.Part> parts = expired.fact().parts();
    Map<FunderId, Long> cents = new LinkedHashMap<>();
    for (Due due : SignExpiryDecision.due(order, register.overpaid())) {
      if (!order.isAgreed(due.owner())) {
        cents.merge(due.funder(), due.cents(), Math::addExact);
      }
    }
    List<Note> notes = new ArrayList<>();
    for (FunderId funder : order.funders()) {
      CreditNoteId id = CreditNoteId.of(order.issued().order(), funder);
      Optional<CreditNote> issued =
          Optional.ofNullable(register.creditNote(id)).map(Recorded::fact);
      long dueBack =
          issued.map(CreditNote::amountCents).orElseGet(() -> cents.getOrDefault(funder, 0L));
      if (dueBack > 0 && mine.test(funder)) {
        notes.add(
            new Note(
                funder.value(),
                dueBack,
                issued.map(note -> note.creditNote().value()),
                issued.map(CreditNote::issuedOn),
                Optional.ofNullable(register.refund(id)).map(refund -> refund.fact().bookedOn())));
      }
    }
    return new Statement(
        expired(parts, ChequesExpired.Where.IN_STOCK, ChequesExpired.Where.AT_PRESCRIBER),
        expired(parts, ChequesExpired.Where.HANDED_OUT),
        expired.fact().opposedOrWaivedCents(),
        sum(expired.fact().dueBack()),
        List.copyOf(notes));
  }

  private static Expired expired(List<ChequesExpired.Part> parts, ChequesExpired.Where... places) {
    int cheques = 0;
    int activated = 0;
    long cents = 0;
    long dueBack = 0;
    for (ChequesExpired.Part part : parts) {
      if (Arrays.asList(places).contains(part.where())) {
        cheques += part.cheques();
        activated += part.activated();
        cents += sum(part.titles());
        dueBack += sum(part.dueBack());
      }
    }
    return new Expired(cheques, activated, cents, dueBack);
  }

  private static long sum(List<FundedCents> parts) {
    return parts.stream().mapToLong(FundedCents::cents).sum();
  }
}
