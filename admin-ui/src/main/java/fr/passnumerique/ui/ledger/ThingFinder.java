package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.PaymentReferenceAssigned;
import fr.passnumerique.clearing.calls.CalledFunds;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.ui.search.Finder;
import fr.passnumerique.ui.search.Found;
import fr.passnumerique.ui.search.Found.Kind;
import fr.passnumerique.ui.search.Found.Matched;
import fr.passnumerique.ui.words.CauseWords;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What facts are about, by the tag that its facts carry: orders, notes, receipts, agreements; a
 * fact itself by its position.
 */
final class ThingFinder implements Finder {
  /** What an identifier of ours can be, with the prescriber's before it where each has its own. */
  private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._~:+/-]*");

  private static final Pattern POSITION = Pattern.compile("[1-9][0-9]{0,17}");

  private final LedgerReader asked;
  private final ThingFacts facts;
  private final BalancesQuery balances;

  ThingFinder(LedgerReader ledger, BalancesQuery balances) {
    this.asked = ledger.asked();
    this.balances = balances;
    this.facts = new ThingFacts(ledger);
  }

  @Override
  public Stream<Found> find(String typed, Actor reader) {
    long head = asked.head();
    Stream<Found> paid = payment(reference(typed), head, reader);
    if (!IDENTIFIER.matcher(typed).matches()) {
      return paid;
    }
    return Stream.of(
            agreement(typed, reader, Matched.NUMBER),
            Stream.of(Thing.values())
                .flatMap(thing -> thing(thing, typed, head, reader, Matched.NUMBER)),
            ownHandOut(typed, head, reader),
            paid,
            receipt(typed, reader),
            refund(typed, head, reader),
            fact(typed, head, reader))
        .flatMap(found -> found);
  }

  private Stream<Found> thing(Thing thing, String id, long head, Actor reader, Matched matched) {
    CauseWords link = link(thing, id, reader);
    return link.page() == null || facts.find(thing, id, head, reader).isEmpty()
        ? Stream.empty()
        : Found.of(Kind.valueOf(thing.name()), link, "", matched);
  }

  /** A sheet has its reference alone: whose hand-out it is, is known of a prescriber only. */
  private Stream<Found> ownHandOut(String id, long head, Actor reader) {
    return reader.role() == Role.PRESCRIBER
        ? tagged(Thing.HAND_OUT.tag(reader.subject() + "/" + id), head)
            .flatMap(
                _ ->
                    Found.of(
                        Kind.HAND_OUT,
                        new CauseWords("Remise", id, "/remises"),
                        "",
                        Matched.REFERENCE))
        : Stream.empty();
  }

  /** As it is assigned: capitals, in words parted by one blank. */
  private static String reference(String typed) {
    return typed.toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
  }

  /** Whose it is, is seen when its facts are read. */
  private static CauseWords link(Thing thing, String id, Actor reader) {
    return switch (thing) {
      case HAND_OUT, CORRECTION -> {
        String[] named = id.split("/", 2);
        yield named.length == 2
            ? thing.link(named[0], named[1], reader)
            : new CauseWords(thing.words(), id, null);
      }
      default -> thing.link(id, reader, true);
    };
  }

  /** Of a call for funds, or of an agreement whose share it pays. */
  private Stream<Found> payment(String reference, long head, Actor reader) {
    if (reader.role() == Role.VENUE || reader.role() == Role.PRESCRIBER) {
      return Stream.empty();
    }
    return tagged("payment-reference:" + reference, head)
        .filter(PaymentReferenceAssigned.class::isInstance)
        .map(PaymentReferenceAssigned.class::cast)
        // What was called for another's would take longer to read than that there is none.
        .filter(
            assigned ->
                reader.role() != Role.FUNDER || assigned.funder().value().equals(reader.subject()))
        .flatMap(
            assigned -> {
              List<Found> calls =
                  facts.called(assigned.agreement(), head).calls().stream()
                      .map(CalledFunds.Call::fact)
                      .filter(call -> call.reference().equals(reference))
                      .flatMap(
                          call ->
                              thing(
                                  Thing.CALL,
                                  call.call().value(),
                                  head,
                                  reader,
                                  Matched.PAYMENT_REFERENCE))
                      .toList();
              return calls.isEmpty()
                  ? agreement(assigned.agreement().value(), reader, Matched.PAYMENT_REFERENCE)
                  : calls.stream();
            });
  }

  private Stream<Found> receipt(String id, Actor reader) {
    return switch (reader.role()) {
      case CLERK, AUDITOR, FUNDER ->
          ToldReceipt.of(asked.tagged("receipt:" + id), reader).stream()
              .flatMap(
                  told -> Found.of(Kind.RECEIPT, CauseWords.receipt(id, true), "", Matched.NUMBER));
      case VENUE, PRESCRIBER -> Stream.empty();
    };
  }

  /** A transfer of a refund has no page of its own. */
  private Stream<Found> refund(String transfer, long head, Actor reader) {
    return tagged("transfer:" + transfer, head)
        .filter(RefundsOrdered.class::isInstance)
        .map(RefundsOrdered.class::cast)
        .flatMap(
            ordered ->
                Found.of(
                    Kind.REFUND_ORDER,
                    Thing.REFUND_ORDER.link(ordered.order().value(), reader),
                    "virement " + transfer,
                    Matched.REFERENCE));
  }

  private Stream<Found> agreement(String id, Actor reader, Matched matched) {
    boolean readable =
        switch (reader.role()) {
          case CLERK, AUDITOR -> balances.knowsAgreement(id);
          case FUNDER -> balances.finances(reader.subject(), id);
          case VENUE, PRESCRIBER -> false;
        };
    return readable
        ? Found.of(
            Kind.AGREEMENT, new CauseWords("Convention", id, CauseWords.agreement(id)), "", matched)
        : Stream.empty();
  }

  private static Stream<Found> fact(String position, long head, Actor reader) {
    return (reader.role() == Role.CLERK || reader.role() == Role.AUDITOR)
            && POSITION.matcher(position).matches()
            && Long.parseLong(position) <= head
        ? Found.of(
            Kind.FACT,
            new CauseWords("Fait", position, "/ecritures?fact=" + position),
            "",
            Matched.POSITION)
        : Stream.empty();
  }

  /** Its first fact: what it is begins with it. */
  private Stream<Fact> tagged(String tag, long head) {
    return asked.tagged(Set.of(tag), 0, head, 1).stream().map(RecordedFact::fact);
  }
}
