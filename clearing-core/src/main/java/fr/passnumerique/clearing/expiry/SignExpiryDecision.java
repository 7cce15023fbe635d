package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.expiry.EndingOrder.Recorded;
import fr.passnumerique.clearing.expiry.SignExpiry.Signed;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Decision.Reply;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the order's own procedure. The second of two signatures on the statement, whoever gives
 * it, issues the funder's credit note; and the note of whoever had repaid the funder more than was
 * used, who need not sign it as well, as nobody's note waits for another's hand.
 *
 * <p>Where a share is paid on use its agreement is in the boundary: what was repaid, and taken
 * back, must not be given back twice. A use more is not, as for a payment: it is owed anew.
 */
final class SignExpiryDecision implements Decider<SignExpiry, Signed> {
  private static final Optional<FunderId> OPERATOR = Optional.empty();

  private final ExpiryRegister register;

  SignExpiryDecision(ExpiryRegister register) {
    this.register = register;
  }

  @Override
  public Class<SignExpiry> command() {
    return SignExpiry.class;
  }

  @Override
  public Decision<Signed> decide(SignExpiry c, Instant receivedAt) {
    EndingOrder order = register.order(c.order());
    if (order == null) {
      return Decision.refuse(Procedure.unknown(c.order()));
    }
    if (c.funder().isPresent() && !order.funders().contains(c.funder().get())) {
      return Decision.refuse(
          ExpiryRefusal.FUNDER_NOT_IN_ORDER.because(
              "funder",
              "order %s has no cent of funder %s".formatted(c.order(), c.funder().get()),
              "correct the order or the funder"));
    }
    Long signed = order.signedAt(c.step(), c.funder());
    if (signed != null) {
      return new Decision.Known<>(
          signed, fact -> new Reply.Same<>(new Signed((ExpirySigned) fact, List.of())));
    }
    LocalDate today = Paris.dayOf(receivedAt);
    Refusal refusal = refusal(c, order, today);
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    ExpirySigned signature = new ExpirySigned(c.order(), c.step(), c.funder(), c.by(), today);
    List<CreditNoteIssued> notes =
        c.step() == ExpiryStep.STATEMENT ? completedBy(c.funder(), order, today) : List.of();
    List<Fact> facts = new ArrayList<>();
    facts.add(signature);
    facts.addAll(notes);
    Set<String> looked = new HashSet<>(signature.tags());
    for (CreditNoteIssued note : notes) {
      for (FundedCents part : note.parts()) {
        if (note.preFinancier().isPresent() || part.advancedBy().isPresent()) {
          looked.add("agreement:" + part.agreement());
        }
      }
    }
    return new Decision.Accept<>(facts, Boundary.of(looked), new Signed(signature, notes));
  }

  private static @Nullable Refusal refusal(SignExpiry c, EndingOrder order, LocalDate today) {
    boolean funders = c.step() == ExpiryStep.APPROVAL || c.step() == ExpiryStep.ACKNOWLEDGEMENT;
    if (c.step() != ExpiryStep.STATEMENT && !(funders && c.funder().isPresent())) {
      return ExpiryRefusal.STEP_NOT_SIGNED.because(
          "step",
          "funders sign APPROVAL, ACKNOWLEDGEMENT and STATEMENT, the operator signs STATEMENT, got %s"
              .formatted(c.step()),
          "name one of these");
    }
    if (today.isBefore(order.from(c.step()))) {
      return Procedure.tooEarly(order, c.step(), today);
    }
    if (c.step() == ExpiryStep.STATEMENT && order.expired() == null) {
      return ExpiryRefusal.NOT_YET_EXPIRED.because(
          "step",
          "the statement of order %s tells what expired, which is not recorded yet"
              .formatted(c.order()),
          "record its expiry first");
    }
    return null;
  }

  /** Who paid in gets a note once both have signed; the operator's signature completes several. */
  private List<CreditNoteIssued> completedBy(
      Optional<FunderId> party, EndingOrder order, LocalDate today) {
    List<CreditNoteIssued> notes = new ArrayList<>();
    for (Due due : due(order, register.overpaid())) {
      Optional<FunderId> owner = Optional.of(due.owner());
      boolean completes =
          party.equals(OPERATOR)
              ? order.signedAt(ExpiryStep.STATEMENT, owner) != null
              : party.equals(owner) && order.signedAt(ExpiryStep.STATEMENT, OPERATOR) != null;
      if (completes) {
        notes.add(
            new CreditNoteIssued(
                CreditNoteId.of(order.issued().order(), due.funder()),
                order.issued().order(),
                due.funder(),
                due.cents(),
                today,
                due.parts(),
                List.of(),
                due.preFinancier()));
      }
    }
    return notes;
  }

  /**
   * What one funder is to have back.
   *
   * @param preFinancier out of whose cash, if it is not the funder's own
   */
  record Due(FunderId funder, Optional<FunderId> preFinancier, List<FundedCents> parts) {
    /** Whose signature agrees it. */
    FunderId owner() {
      return preFinancier.orElse(funder);
    }

    long cents() {
      return parts.stream().mapToLong(FundedCents::cents).reduce(0, Math::addExact);
    }
  }

  /**
   * What the statement says is due back, to whoever paid it in: what a funder had repaid to its
   * pre-financier, for uses that were taken back since, to that funder, and comes first; the rest
   * to those whose cash it is.
   */
  static List<Due> due(EndingOrder order, Overpaid overpaid) {
    record To(FunderId funder, Optional<FunderId> preFinancier) {}
    Map<To, List<FundedCents>> due = new LinkedHashMap<>();
    Overpaid.Taking taking = overpaid.taking();
    for (FundedCents part : dueBack(order)) {
      long own = taking.from(part);
      if (own < part.cents()) {
        due.computeIfAbsent(new To(part.cashOwner(), Optional.empty()), _ -> new ArrayList<>())
            .add(part.withCents(part.cents() - own));
      }
      if (own > 0) {
        due.computeIfAbsent(new To(part.funder(), part.advancedBy()), _ -> new ArrayList<>())
            .add(part.withCents(own).advancedBy(Optional.empty()));
      }
    }
    return due.entrySet().stream()
        .sorted(Comparator.comparing(to -> to.getKey().preFinancier().isEmpty()))
        .map(to -> new Due(to.getKey().funder(), to.getKey().preFinancier(), to.getValue()))
        .toList();
  }

  /** What is due back, parts of one place summed. */
  private static List<FundedCents> dueBack(EndingOrder order) {
    Recorded<ChequesExpired> expired = order.expired();
    if (expired == null) {
      return List.of();
    }
    Map<FundedCents, Long> sums = new LinkedHashMap<>();
    expired
        .fact()
        .dueBack()
        .forEach(part -> sums.merge(part.withCents(0), part.cents(), Math::addExact));
    return sums.entrySet().stream().map(sum -> sum.getKey().withCents(sum.getValue())).toList();
  }
}
