package fr.passnumerique.ui.funder;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.FunderRegistered.Commune;
import fr.passnumerique.clearing.funding.FunderRegistered.Group;
import fr.passnumerique.clearing.funding.FunderRegistered.Kind;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.words.French;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Funders and what they sign, in states that are hard to bring about. */
@Controller
public final class FundingSpecimens {
  private static final FunderRegistered COMMUNES =
      new FunderRegistered(
          new FunderId("communes-creuse-ouest"),
          "Communes de la Creuse, groupement de l’ouest du département",
          Kind.COMMUNES,
          Optional.of(
              new Group(
                  "23096",
                  List.of(
                      new Commune("23030", "Bourganeuf"),
                      new Commune("23096", "Guéret"),
                      new Commune("23176", "La Souterraine")))));

  private static final List<Field.Choice> PROGRAMMES =
      List.of(new Field.Choice("pass", "Pass numérique"));

  @GetMapping("/specimen/funders/{state}")
  String funders(@PathVariable String state, Model model) {
    model.addAttribute("clerk", true);
    model.addAttribute(
        "t",
        FunderRegister.COLUMNS.show(
            FunderRegister.FUNDERS,
            state.equals("full")
                ? List.of(
                    FunderRegister.Line.of(
                        new FunderRegistered(new FunderId("etat"), "État", Kind.STATE)),
                    FunderRegister.Line.of(COMMUNES))
                : List.of(),
            AskedTable.AS_IT_COMES));
    return "funders";
  }

  @GetMapping("/specimen/funder-deed/{state}")
  String funder(@PathVariable String state, Model model) {
    Doing.show(model, "Enregistrer un financeur", "Qui prend une part.", FunderRegister.FUNDERS);
    if (state.equals("bad")) {
      ShownDeed.refused(
          model,
          FunderRegister.fields(),
          FunderRegister::together,
          Map.of("kind", "COMMUNES", "funder", "é", "members", "23096 Guéret\nBourganeuf"));
    } else {
      ShownDeed.asked(
          model,
          FunderRegister.fields(),
          Map.of("funder", "communes-creuse-ouest"),
          FunderRegister.registers(COMMUNES, new French()));
    }
    return Doing.VIEW;
  }

  @GetMapping("/specimen/agreement-deed/{state}")
  String agreement(@PathVariable String state, Model model) {
    Doing.show(model, "Enregistrer une convention signée", "Qui paie.", AgreementPages.AGREEMENTS);
    switch (state) {
      case "bad" ->
          ShownDeed.refused(
              model,
              AgreementDeeds.fieldsOfAnAgreement(PROGRAMMES),
              Map.of(
                  "agreement", "creuse-2027",
                  "territory", "Creuse",
                  "shares", "etat ; 50 ; 300 000\nregion ; quarante ; 240 000"));
      case "amend" ->
          ShownDeed.blank(
              model,
              AgreementDeeds.fieldsOfAnAmendment(),
              Map.of(
                  "amendment",
                  "avenant-creuse-2027-8c1f04ae",
                  "territory",
                  "23, 87",
                  "shares",
                  ShareLines.typed(signed().shares())));
      default ->
          ShownDeed.asked(
              model,
              AgreementDeeds.fieldsOfAnAgreement(PROGRAMMES),
              Map.of("agreement", "creuse-2027"),
              AgreementDeeds.says(
                  "Enregistrer cette convention", signed(), FunderSpecimens.NAMES, new French()));
    }
    return Doing.VIEW;
  }

  private static AgreementSigned signed() {
    return new AgreementSigned(
        new AgreementId("creuse-2027"),
        new ProgrammeId("pass"),
        LocalDate.of(2026, 11, 12),
        LocalDate.of(2027, 1, 1),
        LocalDate.of(2027, 12, 31),
        List.of(Departement.of("23"), Departement.of("87")),
        1,
        List.of(
            new Share(
                new FunderId("etat"),
                5_000,
                30_000_000,
                PaymentTerms.ON_USE,
                Optional.of(new FunderId("communes-creuse-ouest"))),
            new Share(
                new FunderId("communes-creuse-ouest"), 5_000, 30_000_000, PaymentTerms.PREPAID)));
  }
}
