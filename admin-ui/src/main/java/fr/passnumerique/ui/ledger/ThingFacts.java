package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.calls.CalledFunds;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.expiry.CreditNote;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalProposed;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which facts are of a thing: found by their tags, up to a position, so that what was told of it
 * then is told again.
 */
public final class ThingFacts {
  /** More than anything has but a batch, whose cheques are handed out one fact after the other. */
  private static final int HEAD = 500;

  private static final int OF_AN_AGREEMENT = 100_000;
  private static final int PARTS = 5_000;

  /** Of which is told what names nobody, or is counted together. */
  private final LedgerReader ledger;

  private final LedgerReader asked;

  public ThingFacts(LedgerReader ledger) {
    this.ledger = ledger;
    this.asked = ledger.asked();
  }

  /**
   * @param batch that a fact names
   */
  public ChequesIssued batch(Batch batch) {
    return (ChequesIssued)
        ledger
            .tagged(Set.of(Thing.BATCH.tag(batch.toString())), 0, ledger.head(), 1)
            .getFirst()
            .fact();
  }

  /**
   * @param tags that any of its facts carries
   * @param head its first facts
   */
  record Found(Set<String> tags, List<RecordedFact> head) {}

  /**
   * @param id as facts name it; with its prescriber before it, where each names its own
   * @param until position, inclusive
   * @return empty if nothing is recorded of it by then, or it is not the reader's
   */
  Optional<Found> find(Thing thing, String id, long until, Actor reader) {
    boolean readable =
        switch (reader.role()) {
          case CLERK, AUDITOR -> true;
          // By its own tag, before what else is of it is gathered: for a stranger that would take
          // longer if there is such a thing than if there is none.
          case FUNDER, VENUE, PRESCRIBER ->
              facts(Set.of(thing.tag(id)), until).anyMatch(fact -> owns(reader, fact));
        };
    if (!readable) {
      return Optional.empty();
    }
    Set<String> tags = tags(thing, id, until);
    List<RecordedFact> head = asked.tagged(tags, 0, until, HEAD);
    return head.isEmpty() ? Optional.empty() : Optional.of(new Found(tags, head));
  }

  private static boolean owns(Actor reader, Fact fact) {
    String owner =
        switch (fact) {
          case FundsCalled f -> f.funder().value();
          case FundsTransferred f -> f.funder().value();
          case CreditNote f -> f.funder().value();
          case ReversalProposed f -> f.venue().value();
          case LinesReversed f -> f.venue().value();
          case DebitNoteIssued f -> f.venue().value();
          default -> "";
        };
    return !owner.isEmpty() && owner.equals(reader.subject());
  }

  /** A venue is not told to whom its money goes. */
  static boolean tells(Fact fact, Actor reader) {
    return reader.role() != Role.VENUE || !(fact instanceof CreditNoteIssued);
  }

  private Set<String> tags(Thing thing, String id, long until) {
    Set<String> tags = new HashSet<>();
    tags.add(thing.tag(id));
    switch (thing) {
      case BANK_ENTRY -> parts(id, until).forEach(part -> tags.add(thing.tag(part)));
      case ORDER -> tags.add("expiry:" + id);
      case REFUND_ORDER -> {
        tags.add("refund-file:" + id);
        facts(tags, until)
            .filter(RefundsOrdered.class::isInstance)
            .map(RefundsOrdered.class::cast)
            .flatMap(order -> order.transfers().stream())
            .forEach(transfer -> tags.add("transfer:" + transfer.transfer()));
      }
      case CALL ->
          facts(tags, until)
              .filter(FundsCalled.class::isInstance)
              .map(FundsCalled.class::cast)
              .findFirst()
              .ifPresent(call -> tags.addAll(paid(call, until)));
      default -> {}
    }
    return tags;
  }

  private Stream<Fact> facts(Set<String> tags, long until) {
    return asked.tagged(tags, 0, until, HEAD).stream().map(RecordedFact::fact);
  }

  /** The names of all payments in a booking, of their charges, and of what they left behind. */
  private Stream<String> parts(String booking, long until) {
    String first = Thing.BANK_ENTRY.tag(booking + ".1");
    int of =
        facts(Set.of(Thing.BANK_ENTRY.tag(booking), first), until)
            .flatMap(fact -> ThingDetails.entry(fact).stream())
            .flatMap(entry -> entry.part().stream())
            .mapToInt(BankEntry.Part::of)
            .max()
            .orElse(1);
    return IntStream.rangeClosed(1, 3 * Math.min(of, PARTS)).mapToObj(part -> booking + "." + part);
  }

  /** The tags of what came for a call: by the rule by which receipts settle calls. */
  private Set<String> paid(FundsCalled call, long until) {
    Set<String> tags = new HashSet<>();
    CalledFunds.Call settled = called(call.agreement(), until).call(call.call());
    if (settled != null) {
      for (CalledFunds.Payment payment : settled.payments()) {
        payment.receipt().ifPresent(receipt -> tags.add("receipt:" + receipt));
        payment.fundsTransfer().ifPresent(id -> tags.add(Thing.FUNDS_TRANSFER.tag(id)));
      }
    }
    return tags;
  }

  /** What was called for an agreement, and what of it had come. */
  CalledFunds called(AgreementId agreement, long until) {
    CalledFunds called = new CalledFunds();
    ledger
        .tagged(Set.of("agreement:" + agreement), 0, until, OF_AN_AGREEMENT)
        .forEach(recorded -> called.fold(recorded.fact(), recorded.position()));
    return called;
  }

  /** The following facts of it. */
  List<RecordedFact> page(Found found, long after, long until, int limit) {
    return asked.tagged(found.tags(), after, until, limit);
  }
}
