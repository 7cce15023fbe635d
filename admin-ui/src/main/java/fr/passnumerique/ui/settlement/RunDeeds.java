package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.settlement.RunOccasion;
import fr.passnumerique.clearing.settlement.SettlementEndpoint;
import fr.passnumerique.clearing.settlement.SettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Deeds;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** What clerks do with a settlement run, from its opening on. */
@Controller
final class RunDeeds {
  static final String OPEN = "/reglements/ouverture";
  private static final String ONE = "/reglements/{runId}";
  private static final String CANCEL = ONE + "/annulation";
  private static final String RELEASE = ONE + "/liberation";
  private static final String FILE = ONE + "/fichier";

  private static final List<Field.Choice> OCCASIONS =
      Stream.of(RunOccasion.values())
          .filter(occasion -> occasion != RunOccasion.SCHEDULED)
          .map(occasion -> new Field.Choice(occasion.name(), words(occasion)))
          .toList();

  private final SettlementEndpoint settlement;
  private final PartiesEndpoint parties;
  private final RunSheets sheets;
  private final French french;
  private final Clock clock;

  RunDeeds(
      SettlementEndpoint settlement,
      PartiesEndpoint parties,
      RunSheets sheets,
      French french,
      Clock clock) {
    this.settlement = settlement;
    this.parties = parties;
    this.sheets = sheets;
    this.french = french;
    this.clock = clock;
  }

  // -- open

  @DeedMapping(OPEN)
  @Permit(Role.CLERK)
  Deed<SettlementEndpoint.Opened> opening(Sent sent) {
    return new Deed<>(
        "run-open",
        fieldsOfAnOpening(programmes()),
        proposed(Paris.dayOf(clock.instant())),
        (entries, dryRun) ->
            settlement.openSettlementRun(
                new SettlementEndpoint.Opening(
                    entries.as("run", SettlementRunId::new),
                    entries.as("programme", ProgrammeId::new),
                    entries.day("cutOffDay"),
                    entries.given("exceptional").map(RunOccasion::valueOf).orElse(null)),
                dryRun,
                sent.by()),
        (_, opened) -> wouldPay(opened.run()).already(opened.already()),
        opened ->
            new Deed.Done(
                page(opened.run().run()),
                opened.already()
                    ? "Ce règlement était déjà ouvert : rien n’est fait deux fois."
                    : "Le règlement est ouvert. Une autre personne le libère."));
  }

  static Map<String, String> proposed(LocalDate today) {
    String day = today.toString();
    return Map.of("run", Field.proposedName("reglement", day), "cutOffDay", day);
  }

  static List<Field> fieldsOfAnOpening(List<Field.Choice> programmes) {
    return List.of(
        Field.name("run", "Nom du règlement", SettlementRunId::new)
            .hint(
                "Il n’en portera pas d’autre : lettres sans accent, chiffres, points et"
                    + " tirets."),
        Field.choice("programme", "Dispositif", programmes),
        Field.day("cutOffDay", "Jour d’arrêté")
            .hint("Il prend ce qui est enregistré avant ce jour, à minuit à Paris."),
        Field.choice("exceptional", "Règlement exceptionnel", OCCASIONS)
            .hint("Pourquoi, si le calendrier du dispositif ne l’appelle pas ce jour-là.")
            .ifAny());
  }

  private static String words(RunOccasion occasion) {
    return switch (occasion) {
      case SCHEDULED -> "Le calendrier l’appelle";
      case LATE_PAYMENT -> "Un paiement serait en retard, ou l’est";
      case VENUE_IN_DIFFICULTY -> "Un lieu ne peut pas attendre";
      case ACCOUNT_OPENED -> "Un compte de lieu vient d’être confirmé";
      case PROGRAMME_ENDS -> "Le dispositif ou une convention prend fin";
      case OTHER -> "Autre raison";
    };
  }

  private List<Field.Choice> programmes() {
    return parties.readProgrammes().programmes().stream()
        .map(each -> new Field.Choice(each.programme().value(), each.name()))
        .toList();
  }

  private Effect wouldPay(SettlementRun run) {
    long netted = run.nettings().stream().mapToLong(SettlementRun.Net::cents).sum();
    long below = run.belowMinimum().stream().mapToLong(SettlementRun.CarriedOver::cents).sum();
    return Effect.of("Ouvrir ce règlement")
        .line("Il paierait", transfers(run.amountCents(), run.transfers().size()))
        .line("Lignes enregistrées jusqu’au", french.date(Paris.dayOf(run.cutOff()).minusDays(1)))
        .line("La banque paierait le", french.date(run.executionOn()))
        .lineIf(run.lateCents() != 0, "Payé en retard", french.money(run.lateCents()))
        .lineIf(
            netted != 0,
            "Compensé sans virement",
            french.money(netted) + ", par ce que des lieux doivent rendre")
        .lineIf(
            !run.unpayable().isEmpty(),
            "Sans compte en vigueur",
            french.counted(run.unpayable().size(), "lieu attend", "lieux attendent")
                + " qu’un compte soit confirmé")
        .lineIf(
            below != 0, "Sous le minimum", french.money(below) + ", reportés au prochain règlement")
        .lineIf(
            !run.inDoubt().isEmpty(),
            "Laissé de côté",
            french.counted(run.inDoubt().size(), "somme que", "sommes que")
                + " la banque a peut-être déjà payée"
                + (run.inDoubt().size() < 2 ? "" : "s"))
        .afterwards(
            "Rien ne part à la banque : une autre personne que vous le libère, puis son fichier est"
                + " téléchargé.");
  }

  // -- release

  @DeedMapping(RELEASE)
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<SettlementRunReleased>> releasing(
      Sent sent, @PathVariable("runId") String runId, Model model) {
    RunSheet run = shown(sent, runId, model);
    return new Deed<>(
        "run-release",
        List.of(),
        (_, dryRun) -> settlement.releaseSettlementRun(runId, dryRun, sent.by()),
        (_, released) ->
            Effect.of("Libérer ce règlement")
                .line("Il paie", transfers(run.amountCents(), run.count()))
                .line("La banque paiera le", french.date(released.answer().executionOn()))
                .lineIf(
                    run.nettedCents() != 0,
                    "Compensé sans virement",
                    french.money(run.nettedCents()) + ", aussitôt")
                .afterwards(
                    "Son fichier se télécharge, et va à la banque. Jusque-là, le règlement peut"
                        + " encore être annulé.")
                .already(released.already()),
        released ->
            new Deed.Done(
                page(runId),
                released.already()
                    ? "Le règlement était déjà libéré : rien n’est fait deux fois."
                    : "Le règlement est libéré. Prenez son fichier, et portez-le à la banque."));
  }

  private String transfers(long cents, int count) {
    return "%s, par %s"
        .formatted(french.money(cents), french.counted(count, "virement", "virements"));
  }

  // -- take its file

  @GetMapping(FILE)
  @Permit(Role.CLERK)
  String askForFile(Sent sent, @PathVariable("runId") String runId, Model model) {
    RunSheet run = shown(sent, runId, model);
    return run.file() == null ? "redirect:" + page(runId) : "run-file";
  }

  /**
   * Not a link: whoever takes it is recorded, and from the first time on the run is with the bank.
   *
   * @return the file, or the page that says why there is none
   */
  @PostMapping(FILE)
  @Permit(Role.CLERK)
  Object takeFile(Sent sent, @PathVariable("runId") String runId, Model model) {
    shown(sent, runId, model);
    try {
      return settlement.downloadCreditTransferFile(runId, sent.by());
    } catch (Problem problem) {
      return Deeds.refuse(sent, problem, "run-file", model);
    }
  }

  // -- cancel

  @DeedMapping(CANCEL)
  @Permit(Role.CLERK)
  Deed<SettlementEndpoint.Cancelled> cancelling(
      Sent sent, @PathVariable("runId") String runId, Model model) {
    RunSheet run = shown(sent, runId, model);
    return new Deed<>(
        "run-cancel",
        List.of(),
        (_, dryRun) -> settlement.cancelSettlementRun(runId, dryRun, sent.by()),
        (_, cancelled) ->
            Effect.of("Annuler ce règlement")
                .line("De nouveau dû aux lieux", french.money(cancelled.amountCents()))
                .lineIf(
                    run.nettedCents() != 0,
                    "Compensations",
                    run.releasedAt() == null
                        ? "Aucune n’a lieu : ce que les lieux doivent reste dû"
                        : "Celles de ces virements sont défaites ; ce qui est compensé sans"
                            + " virement reste payé")
                .lineIf(run.releasedAt() != null, "Ce que la banque a débité", "Reste payé")
                .line("Son nom", "Reste pris : un autre règlement en porte un autre")
                .afterwards("Le prochain règlement reprend ces lignes.")
                .dangerous()
                .already(cancelled.already()),
        _ ->
            new Deed.Done(
                page(runId),
                "Le règlement est annulé. Ce qu’il prenait est de nouveau dû : le prochain"
                    + " règlement le reprend."));
  }

  private RunSheet shown(Sent sent, String runId, Model model) {
    RunSheet run =
        sheets.of(sheets.find(runId, RunSheet.Shown.NONE), RunSheet.Shown.NONE, sent.by());
    model.addAttribute("run", run);
    return run;
  }

  static String releasing(String run) {
    return Address.of(RELEASE, run);
  }

  static String file(String run) {
    return Address.of(FILE, run);
  }

  static String cancellation(String run) {
    return Address.of(CANCEL, run);
  }

  private static String page(String run) {
    return Address.of(ONE, run);
  }
}
