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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the order's own procedure. The second of two signatures on the statement, whoever gives
 * it, issues the funder's credit note.
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
    return new Decision.Accept<>(
        facts, Boundary.of(signature.tags()), new Signed(signature, notes));
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
    dueBack(order)
        .forEach(
            (owner, parts) -> {
              boolean funderSigned =
                  party.equals(Optional.of(owner))
                      || order.signedAt(ExpiryStep.STATEMENT, Optional.of(owner)) != null;
              boolean operatorSigned =
                  party.equals(OPERATOR) || order.signedAt(ExpiryStep.STATEMENT, OPERATOR) != null;
              CreditNoteId id = CreditNoteId.of(order.issued().order(), owner);
              if (funderSigned && operatorSigned && register.creditNote(id) == null) {
                notes.add(
                    new CreditNoteIssued(
                        id,
                        order.issued().order(),
                        owner,
                        parts.stream().mapToLong(FundedCents::cents).sum(),
                        today,
                        parts,
                        List.of(),
                        Optional.empty()));
              }
            });
    return notes;
  }

  /** What the statement says is due back, by whose cash it is; parts of one place summed. */
  static Map<FunderId, List<FundedCents>> dueBack(EndingOrder order) {
    Recorded<ChequesExpired> expired = order.expired();
    if (expired == null) {
      return Map.of();
    }
    Map<FundedCents, Long> sums = new LinkedHashMap<>();
    expired.fact().parts().forEach(part -> part.dueBack().forEach(cents -> add(sums, cents)));
    expired.fact().opposedUnreplaced().forEach(cents -> add(sums, cents));
    expired.fact().waived().forEach(cents -> add(sums, cents));
    Map<FunderId, List<FundedCents>> byOwner = new LinkedHashMap<>();
    sums.forEach(
        (part, cents) ->
            byOwner
                .computeIfAbsent(part.cashOwner(), _ -> new ArrayList<>())
                .add(part.withCents(cents)));
    return byOwner;
  }

  private static void add(Map<FundedCents, Long> sums, FundedCents part) {
    sums.merge(part.withCents(0), part.cents(), Math::addExact);
  }
}
