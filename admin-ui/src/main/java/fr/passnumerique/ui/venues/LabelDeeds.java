package fr.passnumerique.ui.venues;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.LabelEndpoint;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.LabelsDecided;
import fr.passnumerique.clearing.venues.VenuesLabelled;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.French;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestParam;

/** What committees decide on labels, as a clerk records it. */
@Controller
final class LabelDeeds {
  static final String LABEL = "/labels/attribution";
  static final String DECIDE = "/labels/decision";

  private static final String VENUES = "venues";
  private static final String POINTS = "pointsOfService";
  private static final String DECISION = "decision";

  private final LabelEndpoint labels;
  private final French french;
  private final Clock clock;

  LabelDeeds(LabelEndpoint labels, French french, Clock clock) {
    this.labels = labels;
    this.french = french;
    this.clock = clock;
  }

  // -- label

  private String today() {
    return Paris.dayOf(clock.instant()).toString();
  }

  /**
   * @param venue empty if nobody has said which
   */
  @DeedMapping(LABEL)
  @Permit(Role.CLERK)
  Deed<Answer<VenuesLabelled>> labelling(
      Sent sent, @RequestParam(name = "lieu", defaultValue = "") String venue, Model model) {
    Doing.show(
        model,
        "Labelliser des lieux",
        "La décision d’un comité : leurs services sont payables à partir d’un jour. Un lieu qui a"
            + " perdu son label ne le retrouve que pas à pas.",
        VenueRegisterPages.REGISTER);
    return new Deed<>(
        Doing.VIEW,
        fieldsOfALabelling(),
        Map.of(VENUES, venue, "labelledFrom", today()),
        (entries, dryRun) ->
            labels.labelVenues(
                new LabelEndpoint.VenueLabelling(
                    names(entries, VENUES),
                    entries.given("source"),
                    entries.day("labelledFrom"),
                    entries.text(DECISION)),
                dryRun,
                sent.by()),
        (entries, labelled) -> labels(entries, labelled.answer()).already(labelled.already()),
        _ -> new Deed.Done(VenueRegisterPages.REGISTER, "La décision est enregistrée."));
  }

  static List<Field> fieldsOfALabelling() {
    return List.of(
        Field.note(VENUES, "Lieux")
            .hint("Leurs identifiants, un par ligne. Laissez vide pour toute une liste importée.")
            .ifAny(),
        Field.text("source", "Ou toute la liste importée sous le nom")
            .hint("Tous ses lieux qui ne sont pas encore labellisés.")
            .ifAny(),
        Field.day("labelledFrom", "Labellisés à partir du"),
        Field.text(DECISION, "Décision du comité").hint("Sa référence, comme CP 14/2026."));
  }

  private Effect labels(Entries entries, VenuesLabelled labelled) {
    return Effect.of("Labelliser")
        .line("Labellisés", french.counted(labelled.labelled(), "lieu", "lieux"))
        .lineIf(
            labelled.unchanged() != 0,
            "L’étaient déjà",
            french.counted(labelled.unchanged(), "lieu", "lieux"))
        .line("À partir du", french.date(entries.day("labelledFrom")))
        .line("Décision", entries.text(DECISION))
        .afterwards("Leurs bordereaux sont acceptés pour les services rendus depuis ce jour.");
  }

  private static Optional<List<String>> names(Entries entries, String field) {
    return entries
        .given(field)
        .map(typed -> Stream.of(typed.split("[,;\\s]+")).filter(name -> !name.isEmpty()).toList());
  }

  // -- any step of a label's life

  /**
   * @param venue empty if nobody has said which
   */
  @DeedMapping(DECIDE)
  @Permit(Role.CLERK)
  Deed<Answer<LabelsDecided>> deciding(
      Sent sent, @RequestParam(name = "lieu", defaultValue = "") String venue, Model model) {
    Doing.show(
        model,
        "Enregistrer une décision de label",
        "Un label va de la candidature à l’éligibilité puis au label ; il peut être suspendu, rendu"
            + " ou retiré. Les services rendus pendant qu’il vaut restent payables.",
        VenueRegisterPages.REGISTER);
    return new Deed<>(
        Doing.VIEW,
        fieldsOfADecision(),
        Map.of(VENUES, venue, "committeeOn", today(), "from", today()),
        (entries, dryRun) ->
            labels.decideLabel(
                new LabelEndpoint.LabelDecision(
                    entries.text(DECISION),
                    entries.day("committeeOn"),
                    entries.as("state", LabelState::valueOf),
                    entries.day("from"),
                    names(entries, VENUES).orElse(List.of()),
                    names(entries, POINTS),
                    entries.given("reason").map(LabelDecided.Reason::valueOf),
                    entries.given("note")),
                dryRun,
                sent.by()),
        (entries, decided) -> decides(entries, decided.answer()).already(decided.already()),
        _ -> new Deed.Done(VenueRegisterPages.REGISTER, "La décision est enregistrée."));
  }

  static List<Field> fieldsOfADecision() {
    return List.of(
        Field.note(VENUES, "Lieux").hint("Leurs identifiants, un par ligne."),
        Field.note(POINTS, "Points d’accueil")
            .hint("D’un seul lieu, si la décision ne porte que sur eux : un par ligne.")
            .ifAny(),
        Field.choice("state", "Ce que le comité décide", LabelState.values(), LabelDeeds::words),
        Field.choice("reason", "Motif", LabelDecided.Reason.values(), LabelDeeds::words)
            .hint("D’une suspension ou d’un retrait.")
            .ifAny(),
        Field.day("from", "À partir du"),
        Field.day("committeeOn", "Comité du"),
        Field.text(DECISION, "Décision du comité").hint("Sa référence, comme CP 14/2026."),
        Field.note("note", "Note")
            .hint("Pour le dossier ; gardée à part, car elle peut nommer quelqu’un.")
            .ifAny());
  }

  private Effect decides(Entries entries, LabelsDecided decided) {
    LabelState state = entries.as("state", LabelState::valueOf);
    return Effect.of("Enregistrer cette décision")
        .line("Décision", words(state) + ", " + entries.text(DECISION))
        .line("Lieux", french.counted(decided.decided(), "lieu", "lieux"))
        .lineIf(
            decided.unchanged() != 0,
            "Déjà enregistrée pour",
            french.counted(decided.unchanged(), "lieu", "lieux"))
        .line("À partir du", french.date(entries.day("from")))
        .afterwards(
            state.needsReason()
                ? "Les services rendus à partir de ce jour ne sont plus payables ; ceux d’avant le"
                    + " restent."
                : "");
  }

  private static String words(LabelState state) {
    return switch (state) {
      case CANDIDATE -> "Candidat";
      case ELIGIBLE -> "Éligible";
      case LABELLED -> "Labellisé";
      case SUSPENDED -> "Label suspendu";
      case WITHDRAWN -> "Label retiré, ou candidature refusée";
    };
  }

  private static String words(LabelDecided.Reason reason) {
    return switch (reason) {
      case CRITERIA_NOT_MET -> "Critères non remplis";
      case AT_ITS_REQUEST -> "À sa demande";
      case CLOSED -> "Lieu fermé";
      case CHARTER_BROKEN -> "Charte non respectée";
      case UNDER_EXAMINATION -> "Bordereaux à l’examen";
      case FRAUD -> "Fraude";
      case OTHER -> "Autre";
    };
  }
}
