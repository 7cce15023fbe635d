package fr.passnumerique.ui.titles;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.distribution.DistributionEndpoint;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.PrescriberRegistered;
import fr.passnumerique.clearing.distribution.PrescribersEndpoint;
import fr.passnumerique.clearing.distribution.RegisterPrescriber;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.frame.Parameter;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.table.ListPart;
import fr.passnumerique.ui.words.French;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The structures that hand cheques out, and how a clerk makes one known. */
@Controller
final class PrescriberRegister {
  static final String PRESCRIBERS = "/prescripteurs";
  private static final String NEW = PRESCRIBERS + "/nouveau";

  /** So many are sorted and searched together. */
  private static final int TOGETHER = 1_000;

  private final PrescribersEndpoint prescribers;
  private final DistributionEndpoint distribution;

  PrescriberRegister(PrescribersEndpoint prescribers, DistributionEndpoint distribution) {
    this.prescribers = prescribers;
    this.distribution = distribution;
  }

  static final Columns<PrescriberRegistered> COLUMNS =
      Columns.<PrescriberRegistered>of()
          .text("prescripteur", "Prescripteur", row -> row.name() + " " + row.prescriber())
          .text("departement", "Département", row -> French.departement(row.departement().code()))
          .text("siret", "SIRET", row -> row.siret().orElse(""));

  @GetMapping(PRESCRIBERS)
  @Permit({CLERK, AUDITOR})
  @Live
  String register(
      Actor actor,
      @RequestParam(defaultValue = "") String after,
      @ModelAttribute AskedTable asked,
      Model model) {
    PrescribersEndpoint.Prescribers read =
        prescribers.readPrescribers(
            null, Parameter.read("after", after, PrescriberId::new), TOGETHER);
    ListPart part = ListPart.byName(PRESCRIBERS, after, read.next().orElse(null));
    model.addAttribute("clerk", actor.role() == CLERK);
    model.addAttribute("count", read.count());
    model.addAttribute("part", part);
    model.addAttribute("table", COLUMNS.show(part.address(), read.prescribers(), asked));
    return "prescribers";
  }

  @DeedMapping(NEW)
  @Permit(CLERK)
  Deed<Answer<PrescriberRegistered>> registering(Sent sent, Model model) {
    Doing.show(
        model,
        "Enregistrer un prescripteur",
        "Une structure qui remettra des chèques. Son nom est public.",
        PRESCRIBERS);
    return new Deed<>(
        Doing.VIEW,
        fields(),
        (entries, dryRun) ->
            distribution.registerPrescriber(
                new RegisterPrescriber(
                    entries.as("prescriber", PrescriberId::new),
                    entries.text("name"),
                    entries.as("departement", Departement::of),
                    entries.given("siret")),
                dryRun,
                sent.by()),
        (_, registered) -> registers(registered.answer()).already(registered.already()),
        registered ->
            new Deed.Done(
                PRESCRIBERS,
                "Le prescripteur %s est enregistré : des chèques peuvent lui être livrés."
                    .formatted(registered.answer().name())));
  }

  static List<Field> fields() {
    return List.of(
        Field.text("name", "Nom").hint("Tel qu’il sera imprimé.").upTo(160),
        Field.name("prescriber", "Identifiant", PrescriberId::new)
            .hint("Il n’en aura pas d’autre, par exemple ccas-gueret."),
        Field.text("departement", "Département")
            .hint("Son code, comme 23, 2A ou 974.")
            .upTo(3)
            .as(Departement::of, "Écrivez un code de département, comme 23, 2A ou 974."),
        Field.text("siret", "SIRET")
            .hint(
                "14 chiffres : un lieu du même organisme qui présente un de ses chèques a un"
                    + " conflit d’intérêts.")
            .ifAny());
  }

  static Effect registers(PrescriberRegistered of) {
    return Effect.of("Enregistrer ce prescripteur")
        .line("Nom", of.name())
        .line("Identifiant", of.prescriber().value())
        .line("Département", French.departement(of.departement().code()))
        .line("SIRET", of.siret().orElse("Non donné"))
        .line("Gardé", "Pour toujours : ni le nom ni l’identifiant ne se corrigent")
        .afterwards(
            "Des chèques peuvent lui être livrés. Il les remet depuis un compte à son"
                + " identifiant.");
  }
}
