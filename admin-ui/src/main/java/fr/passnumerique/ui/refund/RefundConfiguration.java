package fr.passnumerique.ui.refund;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.TakeRefundBackEndpoint;
import fr.passnumerique.clearing.expiry.CreditNote;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.refund.RefundEndpoint;
import fr.passnumerique.clearing.refund.RefundExecuted;
import fr.passnumerique.clearing.refund.RefundExecutionTakenBack;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.ui.deed.OpenActs;
import fr.passnumerique.ui.funds.FreeFundsDeeds;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of refunds, put together. */
@Configuration(proxyBeanMethods = false)
public class RefundConfiguration {
  @Bean
  RefundDeeds refundDeeds(
      RefundEndpoint refunds,
      ExpiryEndpoint notes,
      TakeRefundBackEndpoint takingBack,
      Supplier<Names> names,
      French french,
      Clock clock) {
    return new RefundDeeds(refunds, notes, takingBack, names, french, clock);
  }

  @Bean
  ThingActs refundActs(RefundEndpoint refunds) {
    return (shown, reader) -> {
      if (reader.role() != Role.CLERK) {
        return List.of();
      }
      return switch (shown.thing()) {
        case CREDIT_NOTE ->
            ofANote(shown.id(), shown.facts(), order -> isHandedOut(refunds, order));
        case REFUND_ORDER ->
            refunds
                .find(shown.id())
                .map(order -> ofAnOrder(order, refunds, reader))
                .orElse(List.of());
        default -> List.of();
      };
    };
  }

  /**
   * @param handedOut whether the bank may have the file of an order
   */
  static List<ThingActs.Act> ofANote(String id, List<Fact> facts, Predicate<String> handedOut) {
    List<ThingActs.Act> acts = new ArrayList<>();
    List<ThingActs.Act> underWay = List.of();
    // Each undoes what the one before it says.
    for (Fact fact : facts) {
      switch (fact) {
        case CreditNoteRefunded refunded -> {
          acts.clear();
          if (refunded.entry().isEmpty()) {
            acts.add(takingBack(id, refunded.bookedOn(), refunded.transfer()));
          }
        }
        case RefundExecuted executed -> {
          acts.clear();
          acts.add(takingBack(id, executed.executedOn(), Optional.of(executed.transfer())));
        }
        case GiveBackCancelled _ -> acts.clear();
        case RefundsOrdered ordered -> {
          underWay = underWay(id, ordered, handedOut);
          acts.clear();
          acts.addAll(underWay);
        }
        case RefundExecutionTakenBack _, RefundReinstated _ -> {
          acts.clear();
          acts.addAll(underWay);
        }
        case RefundTakenBack taken when taken.transfer().isPresent() -> {
          acts.clear();
          acts.addAll(underWay);
        }
        case CreditNote _,
            RefundsCancelled _,
            RefundTakenBack _,
            RefundRejected _,
            RefundReturned _ -> {
          acts.clear();
          acts.add(new ThingActs.Act("Ordonner le remboursement", RefundDeeds.order(id)));
          acts.add(recording(id));
          facts.stream()
              .filter(CreditGivenBack.class::isInstance)
              .map(CreditGivenBack.class::cast)
              .map(given -> FreeFundsDeeds.cancel(given.giveBack()))
              .forEach(page -> acts.add(new ThingActs.Act("Annuler la restitution", page)));
        }
        default -> {}
      }
    }
    return acts;
  }

  /** An order holds it until its end is known; before the bank has its file, it debits nothing. */
  private static List<ThingActs.Act> underWay(
      String note, RefundsOrdered ordered, Predicate<String> handedOut) {
    String order = ordered.order().value();
    List<ThingActs.Act> acts = new ArrayList<>();
    acts.add(new ThingActs.Act("Voir l’ordre de remboursement", RefundDeeds.page(order)));
    if (handedOut.test(order)) {
      acts.add(recording(note));
      ordered.transfers().stream()
          .filter(each -> each.creditNote().value().equals(note))
          .map(each -> RefundDeeds.reject(order, each.transfer()))
          .forEach(page -> acts.add(new ThingActs.Act("Saisir le rejet", page)));
    }
    return List.copyOf(acts);
  }

  private static boolean isHandedOut(RefundEndpoint refunds, String order) {
    return refunds.find(order).filter(each -> each.downloads() > 0).isPresent();
  }

  private static ThingActs.Act recording(String note) {
    return new ThingActs.Act("Saisir le remboursement", RefundDeeds.record(note));
  }

  private static ThingActs.Act takingBack(
      String note, LocalDate paidOn, Optional<TransferId> transfer) {
    return new ThingActs.Act(
        "Retirer le remboursement", RefundDeeds.takeBack(note, paidOn, transfer));
  }

  private static List<ThingActs.Act> ofAnOrder(
      RefundEndpoint.ReadOrder order, RefundEndpoint refunds, Actor reader) {
    RefundOrderId id = new RefundOrderId(order.order());
    List<ThingActs.Act> acts = new ArrayList<>();
    if (OpenActs.isOpen(() -> refunds.releaseRefunds(id, true, reader))) {
      acts.add(new ThingActs.Act("Libérer", RefundDeeds.release(order.order())));
    }
    if (order.stage().equals("RELEASED")) {
      acts.add(new ThingActs.Act("Prendre le fichier", RefundDeeds.file(order.order())));
    }
    if (OpenActs.isOpen(() -> refunds.cancelRefunds(id, true, reader))) {
      acts.add(new ThingActs.Act("Annuler", RefundDeeds.cancel(order.order())));
    }
    return acts;
  }
}
