package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.bank.BankEntriesOffset;
import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.BankEntryTakenOut;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.CreditNote;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RefundsReleased;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalContested;
import fr.passnumerique.clearing.reversal.ReversalDropped;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversalProposed;
import fr.passnumerique.clearing.reversal.ReversalUpheld;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How a thing stands after the facts that are of it, in few words. */
final class ThingDetails {
  private final List<Fact> facts;
  private final Names names;
  private final Actor reader;
  private final French french = new French();

  /**
   * @param facts of it, in order
   */
  ThingDetails(List<Fact> facts, Names names, Actor reader) {
    this.facts = facts;
    this.names = names;
    this.reader = reader;
  }

  /** What it is about; empty where that is no amount. */
  Optional<Long> cents() {
    return facts.stream().flatMap(fact -> cents(fact).stream()).findFirst();
  }

  private static Optional<Long> cents(Fact fact) {
    return switch (fact) {
      case FundsCalled f -> Optional.of(f.amountCents());
      case FundsTransferred f -> Optional.of(f.amountCents());
      case ChequesIssued f -> Optional.of(f.faceValueCents() * f.chequeCount());
      case ChequesActivated f -> Optional.of(Told.sum(f.shares()));
      case ChequesDelivered f -> Optional.of(Told.sum(f.shares()));
      case ChequesHandedOut f -> Optional.of(Told.sum(f.shares()));
      case ReversalProposed f -> Optional.of(f.cents());
      case LinesReversed f -> Optional.of(f.cents());
      case DebitNoteIssued f -> Optional.of(f.cents());
      case CreditNote f -> Optional.of(f.amountCents());
      case RefundsOrdered f ->
          Optional.of(f.transfers().stream().mapToLong(RefundsOrdered.Transfer::amountCents).sum());
      default -> Optional.empty();
    };
  }

  /** The last word of all facts. */
  Optional<Badge> state(Thing thing) {
    return switch (thing) {
      case CALL -> last(ThingDetails::callState);
      case REVERSAL -> last(ThingDetails::reversalState);
      case DEBIT_NOTE -> debitNoteState();
      case CREDIT_NOTE -> last(ThingDetails::creditNoteState);
      case REFUND_ORDER -> last(ThingDetails::orderState);
      case OPPOSITION ->
          last(
              fact ->
                  Optional.of(
                      fact instanceof ChequesOpposed
                          ? Badge.bad("Frappés d’opposition")
                          : Badge.warn("Attend une seconde personne")));
      case ORDER, BATCH ->
          last(
              fact ->
                  switch (fact) {
                    case ChequesIssued _ -> Optional.of(Badge.calm("Émis"));
                    case ChequesExpired _ -> Optional.of(Badge.calm("Arrivés à leur terme"));
                    default -> Optional.empty();
                  });
      case BANK_ENTRY -> entryState();
      case FUNDS_TRANSFER, ACTIVATION, DELIVERY, HAND_OUT, CORRECTION -> Optional.empty();
    };
  }

  private Optional<Badge> last(Function<Fact, Optional<Badge>> state) {
    return facts.stream().flatMap(fact -> state.apply(fact).stream()).reduce((_, later) -> later);
  }

  private static Optional<Badge> callState(Fact fact) {
    return switch (fact) {
      case FundsCalled _ -> Optional.of(Badge.calm("Appelé"));
      case FundsCallCancelled _ -> Optional.of(Badge.bad("Annulé"));
      default -> Optional.empty();
    };
  }

  private static Optional<Badge> reversalState(Fact fact) {
    return switch (fact) {
      case ReversalProposed _ -> Optional.of(Badge.warn("Attend une seconde personne"));
      case LinesReversed _ -> Optional.of(Badge.bad("Lignes annulées"));
      case ReversalContested _ -> Optional.of(Badge.warn("Contesté"));
      case ReversalUpheld _ -> Optional.of(Badge.bad("Maintenu"));
      case ReversalDropped _ -> Optional.of(Badge.calm("Abandonné"));
      case ReversalLifted _ -> Optional.of(Badge.good("Levé"));
      default -> Optional.empty();
    };
  }

  private static Optional<Badge> creditNoteState(Fact fact) {
    return switch (fact) {
      case CreditNote _, RefundsCancelled _ -> Optional.of(Badge.warn("À rembourser"));
      case GiveBackCancelled _ -> Optional.of(Badge.calm("Annulé"));
      case RefundsOrdered _ -> Optional.of(Badge.warn("Remboursement ordonné"));
      case CreditNoteRefunded _ -> Optional.of(Badge.good("Remboursé"));
      case RefundTakenBack f when f.transfer().isPresent() ->
          Optional.of(Badge.warn("Remboursement ordonné"));
      case RefundTakenBack _, RefundRejected _, RefundReturned _ ->
          Optional.of(Badge.bad("À rembourser de nouveau"));
      default -> Optional.empty();
    };
  }

  private static Optional<Badge> orderState(Fact fact) {
    return switch (fact) {
      case RefundsOrdered _ -> Optional.of(Badge.warn("À libérer"));
      case RefundsReleased _ -> Optional.of(Badge.good("Libéré"));
      case RefundsCancelled _ -> Optional.of(Badge.calm("Annulé"));
      default -> Optional.empty();
    };
  }

  private Optional<Badge> debitNoteState() {
    long asked =
        facts.stream().mapToLong(f -> f instanceof DebitNoteIssued note ? note.cents() : 0).sum();
    long paid =
        facts.stream()
            .mapToLong(
                f ->
                    switch (f) {
                      case DebitNotePaid note -> note.cents();
                      case DebitNotePaymentTakenBack back -> -back.cents();
                      default -> 0;
                    })
            .sum();
    if (paid == 0) {
      return Optional.of(Badge.warn("À payer"));
    }
    return Optional.of(
        paid < asked ? Badge.warn("Payée en partie : " + french.money(paid)) : Badge.good("Payée"));
  }

  /** Of all payments in the booking: whether somebody still has to say what one is. */
  private Optional<Badge> entryState() {
    Map<String, String> states = new HashMap<>();
    for (Fact fact : facts) {
      switch (fact) {
        case BankEntryUnmatched f -> states.put(f.entry().id(), "open");
        case BankEntryMatched f -> states.put(f.entry().id(), "told");
        case BankEntryTakenOut f -> states.put(f.entry().id(), "gone");
        case ReceiptTakenBack f -> f.entry().ifPresent(entry -> states.put(entry.id(), "gone"));
        case DebitNotePaymentTakenBack f ->
            f.entry()
                .ifPresent(entry -> states.put(entry.id(), entry.leftBehind() ? "told" : "gone"));
        case TransferDebitTakenBack f ->
            f.entry().ifPresent(entry -> states.put(entry.id(), "gone"));
        case BankEntriesOffset f -> {
          states.put(f.credit().id(), "told");
          states.put(f.debit().id(), "told");
        }
        default -> entry(fact).ifPresent(entry -> states.put(entry.id(), "told"));
      }
    }
    String booking =
        facts.stream()
            .flatMap(f -> entry(f).stream())
            .findFirst()
            .map(BankEntry::booking)
            .orElse("");
    List<String> own =
        states.entrySet().stream()
            .filter(one -> one.getKey().equals(booking) || one.getKey().startsWith(booking + "."))
            .map(Map.Entry::getValue)
            .toList();
    if (own.contains("open")) {
      return Optional.of(Badge.warn("À expliquer"));
    }
    return Optional.of(
        own.contains("told") ? Badge.good("Expliqué") : Badge.bad("Retiré par la banque"));
  }

  /** The movement that a fact is of; empty if it is of none, or of two. */
  static Optional<BankEntry> entry(Fact fact) {
    return switch (fact) {
      case BankEntryUnmatched f -> Optional.of(f.entry());
      case BankEntryMatched f -> Optional.of(f.entry());
      case BankEntryProved f -> Optional.of(f.entry());
      case BankEntryTakenOut f -> Optional.of(f.entry());
      case FundsReceived f -> f.entry();
      case ReceiptTakenBack f -> f.entry();
      case DebitNotePaymentTakenBack f -> f.entry();
      case TransferConfirmed f -> f.entry();
      case TransferDebited f -> Optional.of(f.entry());
      case TransferDebitTakenBack f -> f.entry();
      case TransferReturned f -> Optional.of(f.entry());
      case CreditNoteRefunded f -> f.entry();
      case RefundReturned f -> Optional.of(f.entry());
      case DebitNotePaid f -> f.entry();
      default -> Optional.empty();
    };
  }

  List<ThingSheet.Detail> rows(Thing thing) {
    return switch (thing) {
      case BANK_ENTRY ->
          facts.stream()
              .flatMap(f -> entry(f).stream())
              .findFirst()
              .map(this::ofEntry)
              .orElse(List.of());
      default ->
          facts.stream()
              .map(this::of)
              .filter(rows -> !rows.isEmpty())
              .findFirst()
              .orElse(List.of());
    };
  }

  private List<ThingSheet.Detail> ofEntry(BankEntry entry) {
    List<ThingSheet.Detail> rows = new ArrayList<>();
    rows.add(
        row(
            entry.bookedCents() < 0 ? "Débit de" : "Crédit de",
            french.money(Math.abs(entry.bookedCents()))));
    rows.add(row("Comptabilisé le", french.date(entry.bookedOn())));
    rows.add(row("Date de valeur", french.date(entry.valueOn())));
    entry.reference().ifPresent(id -> rows.add(row("Référence de la banque", id)));
    entry
        .part()
        .filter(part -> part.of() > 1)
        .ifPresent(part -> rows.add(row("Paiements en un", french.count(part.of()))));
    return rows;
  }

  private List<ThingSheet.Detail> of(Fact fact) {
    return switch (fact) {
      case FundsCalled f ->
          List.of(
              row("Financeur", names.funder(f.funder().value())),
              agreement(f.agreement().value()),
              row("Appelé le", french.date(f.calledOn())),
              row("À payer au plus tard le", french.date(f.dueOn())),
              row("Référence de paiement", f.reference()));
      case FundsTransferred f ->
          List.of(
              row("Financeur", names.funder(f.funder().value())),
              row("De la convention", f.from().value()),
              row("À la convention", f.to().value()));
      case ChequesIssued f ->
          List.of(
              ThingSheet.Detail.of("Commande", Thing.ORDER.link(f.order().value(), reader)),
              ThingSheet.Detail.of("Lot", Thing.BATCH.link(f.batch().toString(), reader)),
              agreement(f.agreement().value()),
              row("Dispositif", f.programme().value()),
              row(
                  "Chèques",
                  "%s de %s, par carnets de %d"
                      .formatted(
                          french.count(f.chequeCount()),
                          french.money(f.faceValueCents()),
                          f.chequesPerCarnet())),
              row("Financé au titre de", French.departement(f.fundingDepartement().code())),
              row("Émis le", french.date(f.issuedOn())),
              row("Fin de la commande", french.date(f.endsOn())));
      case ChequesActivated f ->
          List.of(
              agreement(f.agreement().value()),
              ThingSheet.Detail.of("Lot", Thing.BATCH.link(f.batch().toString(), reader)));
      case ChequesDelivered f ->
          List.of(
              row("Prescripteur", names.prescriber(f.prescriber().value())),
              row("Livré le", french.date(f.deliveredOn())));
      case ChequesHandedOut f ->
          List.of(
              row("Prescripteur", names.prescriber(f.prescriber().value())),
              row("Remis le", french.date(f.handedOutOn())));
      case ReversalProposed f -> linesOf(f.venue(), f.reference());
      case LinesReversed f -> linesOf(f.venue(), f.reference());
      case DebitNoteIssued f ->
          List.of(
              row("Lieu", names.venue(f.venue().value())),
              row("Émise le", french.date(f.issuedOn())),
              row("Dispositif", f.programme().value()));
      case CreditNote f ->
          List.of(
              row("Financeur", names.funder(f.funder().value())),
              row("Émis le", french.date(f.issuedOn())));
      case RefundsOrdered f -> refunds(f);
      default -> List.of();
    };
  }

  private List<ThingSheet.Detail> linesOf(VenueId venue, SlipReference reference) {
    return List.of(
        row("Lieu", names.venue(venue.value())),
        ThingSheet.Detail.of(
            "Bordereau", CauseWords.slip(venue.value(), reference.value(), reader)));
  }

  private List<ThingSheet.Detail> refunds(RefundsOrdered order) {
    return order.transfers().stream()
        .flatMap(
            transfer ->
                Stream.of(
                    new ThingSheet.Detail(
                        "Avoir pour " + names.funder(transfer.funder().value()),
                        "%s, %s"
                            .formatted(transfer.creditNote(), french.money(transfer.amountCents())),
                        Thing.CREDIT_NOTE.link(transfer.creditNote().value(), reader).page())))
        .toList();
  }

  private static ThingSheet.Detail row(String label, String text) {
    return ThingSheet.Detail.of(label, text);
  }

  private static ThingSheet.Detail agreement(String id) {
    return new ThingSheet.Detail("Convention", id, CauseWords.agreement(id));
  }
}
