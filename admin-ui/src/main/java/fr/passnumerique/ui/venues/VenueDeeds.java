package fr.passnumerique.ui.venues;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.clearing.venues.Identification;
import fr.passnumerique.clearing.venues.VenueEndpoint;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import fr.passnumerique.ui.work.LargeFiles;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;

/** Which venues there are, and of which SIRET each is, as clerks record it. */
@Controller
public final class VenueDeeds {
  static final String IMPORT = VenueRegisterPages.REGISTER + "/import";

  private static final String VENUE = "/lieux/{venueId}";
  private static final String IDENTIFY = VENUE + "/identification";
  private static final String CONFIRM = IDENTIFY + "/{siret}/confirmation";
  private static final String DROP = IDENTIFY + "/{siret}/refus";

  /** What a page can keep between its steps; larger lists come in by the API. */
  private static final int MOST_BYTES = 8_000_000;

  private final VenueEndpoint venues;
  private final Supplier<Names> names;
  private final French french;
  private final LargeFiles large;

  VenueDeeds(VenueEndpoint venues, Supplier<Names> names, French french, LargeFiles large) {
    this.venues = venues;
    this.names = names;
    this.french = french;
    this.large = large;
  }

  // -- a list

  @DeedMapping(IMPORT)
  @Permit(Role.CLERK)
  Deed<VenueEndpoint.VenueImportAnswer> importing(Sent sent, Model model) {
    Doing.show(
        model,
        "Importer une liste de lieux",
        "Au standard LaMednum 1.0.2, enregistrée entière ou pas du tout : si une ligne ne va pas,"
            + " chacune est dite.",
        VenueRegisterPages.REGISTER);
    Actor by = sent.by();
    LargeFiles.Operation<VenueEndpoint.VenueImportAnswer> operation =
        (entries, dryRun, progress) -> list(entries, dryRun, by, progress);
    return large.beside(
        by,
        "Liste de lieux",
        "file",
        operation,
        new Deed<>(
            Doing.VIEW,
            fieldsOfAnImport(),
            operation.waitedFor(),
            (_, imported) -> brings(imported).already(imported.already()),
            imported ->
                new Deed.Done(
                    VenueRegisterPages.REGISTER,
                    imported.already()
                        ? "Cette liste est déjà enregistrée : rien n’est fait deux fois."
                        : "La liste est enregistrée.")));
  }

  static List<Field> fieldsOfAnImport() {
    return List.of(
        Field.file("file", "Liste", MOST_BYTES).hint("Un fichier CSV en UTF-8, jusqu’à 8 Mo."),
        Field.text("source", "Nom de la liste")
            .hint("Par défaut, la source que nomment toutes ses lignes.")
            .ifAny(),
        Field.note("soleTraders", "Entrepreneurs individuels")
            .hint("Leurs SIRET, un par ligne : leur nom et leur adresse sont gardés à part.")
            .ifAny());
  }

  private ResponseEntity<VenueEndpoint.VenueImportAnswer> list(
      Entries entries, boolean dryRun, Actor by, Progress progress) {
    return venues.importVenues(
        null,
        entries.given("source").orElse(null),
        entries
            .given("soleTraders")
            .map(typed -> Stream.of(typed.split("[,;\\r\\n]+")).map(String::strip).toList())
            .orElse(null),
        dryRun,
        null,
        entries.file("file"),
        by,
        progress);
  }

  private Effect brings(VenueEndpoint.VenueImportAnswer list) {
    return Effect.of("Enregistrer cette liste")
        .line("Liste", list.source())
        .line(
            "Elle contient",
            "%s, %s, %s"
                .formatted(
                    french.counted(list.venues(), "lieu", "lieux"),
                    french.counted(list.rows(), "point d’accueil", "points d’accueil"),
                    french.counted(list.departements(), "département", "départements")))
        .line("Nouveaux", french.counted(list.added(), "lieu", "lieux"))
        .line("Modifiés", french.counted(list.changed(), "lieu", "lieux"))
        .line("Inchangés", french.counted(list.unchanged(), "lieu", "lieux"))
        .afterwards("Un comité labellise ensuite les nouveaux lieux.");
  }

  // -- of which SIRET a venue is

  @DeedMapping(IDENTIFY)
  @Permit(Role.CLERK)
  Deed<Answer<Identification>> identifying(
      Sent sent, @PathVariable("venueId") String venueId, Model model) {
    about(venueId, "Dire de quel SIRET est le lieu", model);
    return new Deed<>(
        Doing.VIEW,
        fieldsOfAnIdentification(),
        (entries, dryRun) ->
            venues.identifyVenue(
                venueId,
                new VenueEndpoint.VenueIdentification(
                    entries.text("siret"), entries.given("replaces").orElse(null)),
                dryRun,
                sent.by()),
        (_, identified) -> identifies(identified.answer()).already(identified.already()),
        identified ->
            new Deed.Done(
                Address.of(VENUE, venueId),
                identified.answer().standing() == Identification.Standing.PROPOSED
                    ? "Le SIRET est proposé : un autre agent le confirme."
                    : "Le lieu est identifié : un compte peut lui être ouvert."));
  }

  static List<Field> fieldsOfAnIdentification() {
    return List.of(
        Field.text("siret", "SIRET").hint("14 chiffres, d’après le répertoire des établissements."),
        Field.text("replaces", "À la place de")
            .hint("Le SIRET qui l’identifie à tort, s’il en a un.")
            .ifAny());
  }

  private static Effect identifies(Identification of) {
    boolean proposed = of.standing() == Identification.Standing.PROPOSED;
    return Effect.of(proposed ? "Proposer ce SIRET" : "Enregistrer ce SIRET")
        .line("SIRET", of.siret())
        .lineIf(of.replaces().isPresent(), "À la place de", of.replaces().orElse(""))
        .line("Gardés", "Son nom, son label et ce qui lui est dû")
        .afterwards(
            proposed
                ? "Rien ne change avant qu’un autre agent le confirme."
                : "Un compte bancaire peut lui être ouvert.");
  }

  @DeedMapping(CONFIRM)
  @Permit(Role.CLERK)
  Deed<Answer<Identification>> confirming(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("siret") String siret,
      Model model) {
    about(venueId, "Confirmer le SIRET du lieu", model);
    model.addAttribute("other", Address.of(DROP, venueId, siret));
    return new Deed<>(
        Doing.VIEW,
        List.of(),
        (_, dryRun) ->
            venues.confirmIdentification(
                venueId, new VenueEndpoint.ProposedSiret(siret), dryRun, sent.by()),
        (_, confirmed) ->
            Effect.of("Confirmer ce SIRET")
                .line("SIRET", confirmed.answer().siret())
                .line("À la place de", confirmed.answer().replaces().orElse(""))
                .afterwards("Ce qui a été jugé et payé reste tel quel, et son compte reste ouvert.")
                .already(confirmed.already()),
        _ -> new Deed.Done(Address.of(VENUE, venueId), "Le SIRET est confirmé."));
  }

  @DeedMapping(DROP)
  @Permit(Role.CLERK)
  Deed<Answer<Identification>> dropping(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("siret") String siret,
      Model model) {
    about(venueId, "Refuser le SIRET proposé pour le lieu", model);
    return new Deed<>(
        Doing.VIEW,
        List.of(),
        (_, dryRun) ->
            venues.dropIdentification(
                venueId, new VenueEndpoint.ProposedSiret(siret), dryRun, sent.by()),
        (_, dropped) ->
            Effect.of("Refuser ce SIRET")
                .line("Refusé", dropped.answer().siret())
                .line("Reste en vigueur", dropped.answer().replaces().orElse(""))
                .already(dropped.already()),
        _ -> new Deed.Done(Address.of(VENUE, venueId), "Le SIRET proposé est refusé."));
  }

  private void about(String venueId, String doing, Model model) {
    Doing.show(
        model,
        doing,
        "%s, lieu %s".formatted(names.get().venue(venueId), venueId),
        Address.of(VENUE, venueId));
  }

  /**
   * @param proposal venue and SIRET, as a task names them: {@code W161000119/40109226700020}
   */
  public static String confirm(String proposal) {
    int slash = proposal.lastIndexOf('/');
    return Address.of(CONFIRM, proposal.substring(0, slash), proposal.substring(slash + 1));
  }

  /**
   * @param proposal as {@link #confirm}
   */
  public static String venue(String proposal) {
    return Address.of(VENUE, proposal.substring(0, proposal.lastIndexOf('/')));
  }
}
