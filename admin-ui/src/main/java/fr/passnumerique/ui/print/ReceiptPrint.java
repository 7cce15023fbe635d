package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.ui.ledger.ToldReceipt;
import fr.passnumerique.ui.words.Names;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The receipt that a funder gets for what it paid in. */
@RestController
final class ReceiptPrint {
  private final ToldFacts facts;
  private final Supplier<Names> names;
  private final Printer printer;

  ReceiptPrint(ToldFacts facts, Supplier<Names> names, Printer printer) {
    this.facts = facts;
    this.names = names;
    this.printer = printer;
  }

  @Printed(
      path = "/api/receipts/{receiptId}/receipt.pdf",
      operationId = "printReceipt",
      summary = "The receipt of money that a funder paid in",
      description = "A funder gets its own. It says whether the bank has proved the payment.")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER})
  ResponseEntity<byte[]> printReceipt(@PathVariable("receiptId") ReceiptId receipt, Actor actor) {
    ToldReceipt told = facts.receipt(receipt, actor);
    return Pdf.named(
        "versement-" + receipt,
        printer.print(
            "receipt",
            () -> Receipt.of(told, facts.programme(told.fact().programme()), names.get())));
  }
}
