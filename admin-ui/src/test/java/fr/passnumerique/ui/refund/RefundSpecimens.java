package fr.passnumerique.ui.refund;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.settlement.TransferDeeds;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Refunds in states that are hard to bring about. */
@Controller
public final class RefundSpecimens {
  @GetMapping("/specimen/refund-deed/{state}")
  String deed(@PathVariable String state, Model model) {
    if (state.equals("record")) {
      Doing.show(
          model,
          "Saisir le remboursement de l’avoir A-16",
          "La banque l’a débité.",
          "/avoirs/A-16");
      ShownDeed.refused(model, RefundDeeds.fieldsOfARefund(), Map.of("bookedOn", "31/02/2026"));
      return Doing.VIEW;
    }
    if (state.equals("take-back")) {
      Doing.show(
          model,
          "Retirer le remboursement de l’avoir A-16",
          "La banque n’en a pas montré le débit.",
          "/avoirs/A-16");
      ShownDeed.blank(
          model,
          RefundDeeds.fieldsOfATakingBack(),
          Map.of("paidOn", "2026-11-24", "transfer", "avoirs-1-1"));
      return Doing.VIEW;
    }
    if (state.equals("reject")) {
      Doing.show(
          model,
          "Saisir le rejet du remboursement avoirs-1-1",
          "La banque l’a rejeté.",
          "/remboursements/avoirs-1");
      ShownDeed.asked(
          model,
          TransferDeeds.fieldsOfARejection(),
          Map.of("rejectedOn", "2026-11-30", "reason", "AC04"),
          RefundDeeds.rejects(
              new RefundRejected(
                  new RefundOrderId("avoirs-1"),
                  new TransferId("avoirs-1-1"),
                  new CreditNoteId("commande-16~region"),
                  new FunderId("region"),
                  LocalDate.parse("2026-11-30"),
                  "AC04",
                  RefundActsTest.ACCOUNT),
              new Names(
                  _ -> Optional.of("Région Nouvelle-Aquitaine"),
                  _ -> Optional.empty(),
                  _ -> List.of()),
              new French()));
      return Doing.VIEW;
    }
    Doing.show(model, "Ordonner des remboursements", "Un virement par avoir.", "/a-traiter");
    List<Field> fields =
        RefundDeeds.fieldsOfAnOrder(
            List.of(
                new Field.Choice(
                    "commande-16~region",
                    "Région Nouvelle-Aquitaine, 1\u00A0230,00\u00A0€, du 24/11/2026")));
    if (state.equals("bad")) {
      ShownDeed.refused(model, fields, Map.of("order", "avoirs d’octobre"));
    } else {
      ShownDeed.blank(
          model, fields, Map.of("order", "avoirs-1", "creditNotes", "commande-16~region"));
    }
    return Doing.VIEW;
  }

  @GetMapping("/specimen/refund-file")
  String file(Model model) {
    model.addAttribute("order", "avoirs-1");
    model.addAttribute("what", "1\u00A0230,00\u00A0€, par 2\u00A0virements");
    model.addAttribute("files", 0);
    model.addAttribute("back", "/remboursements/avoirs-1");
    model.addAttribute("address", "/remboursements/avoirs-1/fichier");
    return "refund-file";
  }
}
