package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.ui.print.ToldFacts.Recorded;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The delivery note (bon de livraison) of carnets that go to a prescriber. */
@RestController
final class DeliveryNoteEndpoint {
  private final ToldFacts facts;
  private final Supplier<Names> names;
  private final French french;
  private final Printer printer;

  DeliveryNoteEndpoint(ToldFacts facts, Supplier<Names> names, French french, Printer printer) {
    this.facts = facts;
    this.names = names;
    this.french = french;
    this.printer = printer;
  }

  @Printed(
      path = "/api/deliveries/{deliveryId}/delivery-note.pdf",
      operationId = "printDeliveryNote",
      summary = "The delivery note of a delivery to a prescriber, to be counted and signed",
      description = "Serials without check parts. A prescriber gets its own.")
  @Permit({Role.CLERK, Role.AUDITOR, Role.PRESCRIBER})
  ResponseEntity<byte[]> printDeliveryNote(
      @PathVariable("deliveryId") DeliveryId delivery, Actor actor) {
    Recorded<ChequesDelivered> told =
        facts.present(
            "delivery " + delivery,
            "delivery:" + delivery,
            ChequesDelivered.class,
            found ->
                actor.role() != Role.PRESCRIBER
                    || found.prescriber().value().equals(actor.subject()));
    ChequesDelivered fact = told.fact();
    ChequesIssued issued = facts.batch(fact.cheques().batch());
    return Pdf.named(
        "bon-de-livraison-" + delivery,
        printer.print(
            "delivery-note",
            () ->
                DeliveryNote.of(
                    told,
                    issued,
                    names.get().prescriber(fact.prescriber().value()),
                    facts.programme(issued.programme()),
                    french)));
  }
}
