package fr.passnumerique.ui.matching;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.bank.BankReading;
import fr.passnumerique.clearing.bank.BankReading.UnmatchedEntry;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.calls.Receipts;
import fr.passnumerique.clearing.calls.ReceiptsQuery;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.Agreements;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.reversal.DebitNote;
import fr.passnumerique.clearing.reversal.ReversalLists;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.matching.Explanation.Kind;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What a movement may be: what is waited for, of its amount or whose reference it carries. A look
 * and no judgement: the operation decides whatever is chosen.
 */
final class Proposals {
  /** References of fewer letters and digits are met by accident. */
  private static final int SHORTEST_REFERENCE = 4;

  private final BankReading bank;
  private final CallsQuery calls;
  private final ReceiptsQuery receipts;
  private final ReversalLists reversals;
  private final Agreements agreements;
  private final Supplier<Names> names;
  private final French french;

  Proposals(
      BankReading bank,
      CallsQuery calls,
      ReceiptsQuery receipts,
      ReversalLists reversals,
      Agreements agreements,
      Supplier<Names> names,
      French french) {
    this.bank = bank;
    this.calls = calls;
    this.receipts = receipts;
    this.reversals = reversals;
    this.agreements = agreements;
    this.names = names;
    this.french = french;
  }

  /**
   * @param likely that its reference or its amount says so
   */
  private record Proposal(Explanation what, String label, int likely) {
    Field.Choice choice() {
      return new Field.Choice(what.toString(), label);
    }
  }

  /** The likeliest first; kinds of which a name is to be given last. */
  List<Field.Choice> of(UnmatchedEntry entry, Actor actor) {
    List<Proposal> found = new ArrayList<>();
    entry
        .transfer()
        .ifPresent(
            id ->
                found.add(
                    new Proposal(
                        Explanation.of(Kind.TRANSFER, id),
                        "Le virement %s, que la banque nomme".formatted(id),
                        3)));
    if (entry.cents() > 0) {
      called(entry, found);
      recorded(entry, found);
      claimed(entry, found);
    } else {
      refunded(entry, found);
    }
    for (UnmatchedEntry other : bank.unmatchedOf(-entry.cents())) {
      found.add(
          new Proposal(
              Explanation.of(Kind.AGAINST, other.entry()),
              "Le mouvement contraire du %s, %s"
                  .formatted(french.date(other.bookedOn()), other.entry()),
              1));
    }
    if (entry.cents() > 0) {
      found.addAll(shares(actor));
    }
    found.sort(Comparator.comparingInt(Proposal::likely).reversed());
    List<Field.Choice> choices = new ArrayList<>(found.stream().map(Proposal::choice).toList());
    for (Kind kind : Kind.values()) {
      if (kind != Kind.SHARE) {
        choices.add(new Field.Choice(kind.name(), kind.words() + " : je donne son nom"));
      }
    }
    return choices;
  }

  /** Shares of agreements alone, for a second part. */
  List<Field.Choice> others(Actor actor) {
    return shares(actor).stream().map(Proposal::choice).toList();
  }

  private void called(UnmatchedEntry entry, List<Proposal> found) {
    Names known = names.get();
    for (CallsQuery.Row call : calls.open()) {
      String how = how(entry, call.openCents(), call.reference());
      if (!how.isEmpty()) {
        found.add(
            new Proposal(
                Explanation.of(Kind.SHARE, call.agreement(), call.funder(), call.call()),
                "%s, appel %s de %s restant à payer – %s"
                    .formatted(
                        known.funder(call.funder()),
                        call.call(),
                        french.money(call.openCents()),
                        how),
                2));
      }
    }
  }

  private void recorded(UnmatchedEntry entry, List<Proposal> found) {
    Names known = names.get();
    for (Receipts.Row receipt : receipts.waiting(entry.cents())) {
      found.add(
          new Proposal(
              Explanation.of(Kind.RECEIPT, receipt.receipt().value()),
              "Le versement saisi %s, de %s – même montant"
                  .formatted(receipt.receipt(), known.funder(receipt.funder().value())),
              2));
    }
  }

  private void refunded(UnmatchedEntry entry, List<Proposal> found) {
    for (CreditNoteId note : bank.refundedByHand(-entry.cents())) {
      found.add(
          new Proposal(
              Explanation.of(Kind.CREDIT_NOTE, note.value()),
              "Le remboursement saisi de l’avoir %s – même montant".formatted(note),
              2));
    }
  }

  private void claimed(UnmatchedEntry entry, List<Proposal> found) {
    Names known = names.get();
    for (DebitNote note : reversals.open()) {
      String how = how(entry, note.openCents(), note.reference().orElse(note.debitNote()));
      if (!how.isEmpty()) {
        found.add(
            new Proposal(
                Explanation.of(Kind.DEBIT_NOTE, note.debitNote()),
                "La note de débit %s, de %s – %s"
                    .formatted(note.debitNote(), known.venue(note.venue()), how),
                2));
      }
    }
  }

  private List<Proposal> shares(Actor actor) {
    Names known = names.get();
    List<Proposal> shares = new ArrayList<>();
    for (Agreements.Row agreement : agreements.of(actor, null).agreements()) {
      for (FunderId funder : agreement.funders()) {
        shares.add(
            new Proposal(
                Explanation.of(Kind.SHARE, agreement.agreement(), funder.value()),
                "%s, pour la convention %s"
                    .formatted(known.funder(funder.value()), agreement.agreement()),
                0));
      }
    }
    return shares;
  }

  private static String how(UnmatchedEntry entry, long cents, String reference) {
    String wanted = bare(reference);
    if (wanted.length() >= SHORTEST_REFERENCE
        && bare(entry.text() + " " + entry.endToEnd()).contains(wanted)) {
      return "sa référence";
    }
    return cents == entry.cents() ? "même montant" : "";
  }

  private static String bare(String text) {
    return text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
  }
}
