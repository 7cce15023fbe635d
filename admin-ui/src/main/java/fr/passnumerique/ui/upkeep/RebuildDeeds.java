package fr.passnumerique.ui.upkeep;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.upkeep.Progress;
import fr.passnumerique.projections.upkeep.ProjectionsEndpoint;
import fr.passnumerique.projections.upkeep.Rebuilder;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;

/** A projection is folded anew because a clerk asks for it. */
@Controller
public final class RebuildDeeds {
  static final String ASK = "/projections/reconstruction";

  private final ProjectionsEndpoint projections;
  private final Rebuilder rebuilder;

  RebuildDeeds(ProjectionsEndpoint projections, Rebuilder rebuilder) {
    this.projections = projections;
    this.rebuilder = rebuilder;
  }

  @DeedMapping(ASK)
  @Permit(Role.CLERK)
  Deed<Progress> asking(Sent sent, Model model) {
    show(model);
    return new Deed<>(
        Doing.VIEW,
        fields(rebuilder.names()),
        Map.of("rebuild", Field.proposedName("reconstruction", "a-la-main")),
        (entries, dryRun) ->
            projections.rebuildProjection(
                new ProjectionsEndpoint.RebuildBody(
                    entries.as("rebuild", RebuildId::new), entries.text("projection")),
                dryRun,
                sent.by()),
        (entries, _) -> effect(entries.text("projection")),
        asked ->
            new Deed.Done(RebuildPage.address(asked.rebuild()), "La reconstruction est demandée."));
  }

  static void show(Model model) {
    Doing.show(
        model,
        "Reconstruire une projection",
        "Ses tables sont relues du registre, à côté de celles qui répondent. Le registre, lui, ne"
            + " change jamais.",
        "/projections");
  }

  static List<Field> fields(List<String> projections) {
    return List.of(
        Field.choice(
            "projection",
            "Projection",
            projections.stream()
                .map(name -> new Field.Choice(name, ProjectionsBoard.question(name)))
                .toList()),
        Field.name("rebuild", "Nom de la reconstruction", RebuildId::new));
  }

  static Effect effect(String projection) {
    return Effect.of("Reconstruire cette projection")
        .line("Relit tout le registre pour", ProjectionsBoard.question(projection))
        .line("Pendant ce temps", "Ce qui est montré répond comme avant")
        .afterwards(
            "Si les sommes sont égales, les nouvelles tables remplacent les anciennes. Sinon, rien"
                + " ne change tant que deux personnes n’ont pas décidé.");
  }
}
