package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.TakeConfirmationBack;
import fr.passnumerique.clearing.bank.TakeConfirmationBackEndpoint;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.settlement.SettlementEndpoint;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRuns;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.WhyNotPaid;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What clerks record of a transfer to venues whose debit no file of the bank has told. */
@Controller
public final class TransferDeeds {
  static final String TRANSFER = "/reglements/{runId}/virements/{transferId}";
  private static final String CONFIRM = TRANSFER + "/confirmation";
  private static final String REJECT = TRANSFER + "/rejet";
  private static final String TAKE_BACK = TRANSFER + "/confirmation/retrait";

  private final SettlementEndpoint settlement;
  private final TakeConfirmationBackEndpoint takingBack;
  private final SettlementRuns runs;
  private final Supplier<Names> names;
  private final French french;

  TransferDeeds(
      SettlementEndpoint settlement,
      TakeConfirmationBackEndpoint takingBack,
      SettlementRuns runs,
      Supplier<Names> names,
      French french) {
    this.settlement = settlement;
    this.takingBack = takingBack;
    this.runs = runs;
    this.names = names;
    this.french = french;
  }

  @DeedMapping(CONFIRM)
  @Permit(Role.CLERK)
  Deed<SettlementEndpoint.Ended> confirming(
      Sent sent,
      @PathVariable("runId") String runId,
      @PathVariable("transferId") String transferId,
      Model model) {
    String venues =
        asking(
            model,
            runId,
            transferId,
            "Confirmer le virement ",
            "La banque l’a débité du compte. Si son relevé est importé, rapprochez plutôt le"
                + " mouvement.");
    return new Deed<>(
        Doing.VIEW,
        fieldsOfAConfirmation(),
        (entries, dryRun) ->
            settlement.confirmTransfer(
                runId,
                transferId,
                new SettlementEndpoint.Confirmation(entries.day("bookedOn")),
                dryRun,
                sent.by()),
        (_, confirmed) ->
            Effect.of("Confirmer ce virement")
                .line("À", venues)
                .line("Payé", french.money(confirmed.amountCents()))
                .line("Débité le", french.date(confirmed.endedOn()))
                .afterwards("Le lieu compte comme payé ; le relevé le prouve ensuite.")
                .already(confirmed.already()),
        _ -> new Deed.Done(page(runId, transferId), "Le virement est confirmé."));
  }

  static List<Field> fieldsOfAConfirmation() {
    return List.of(
        Field.day("bookedOn", "Débité le").hint("Le jour où la banque l’a comptabilisé."));
  }

  @DeedMapping(REJECT)
  @Permit(Role.CLERK)
  Deed<SettlementEndpoint.Ended> rejecting(
      Sent sent,
      @PathVariable("runId") String runId,
      @PathVariable("transferId") String transferId,
      Model model) {
    String venues =
        asking(
            model,
            runId,
            transferId,
            "Saisir le rejet du virement ",
            "La banque l’a rejeté. Si elle en a envoyé un statut, importez plutôt son fichier.");
    return new Deed<>(
        Doing.VIEW,
        fieldsOfARejection(),
        (entries, dryRun) ->
            settlement.rejectTransfer(
                runId,
                transferId,
                new SettlementEndpoint.Rejection(entries.day("rejectedOn"), entries.text("reason")),
                dryRun,
                sent.by()),
        (_, rejected) ->
            Effect.of("Saisir ce rejet")
                .line("À", venues)
                .line("De nouveau dû", french.money(rejected.amountCents()))
                .line("Rejeté le", french.date(rejected.endedOn()))
                .line("Motif de la banque", rejected.reason().orElse(""))
                .afterwards(
                    "Le compte du lieu est fermé : un autre est à proposer, puis le règlement"
                        + " suivant le paie.")
                .dangerous()
                .already(rejected.already()),
        _ ->
            new Deed.Done(
                page(runId, transferId),
                "Le rejet est enregistré : proposez un autre compte pour le lieu."));
  }

  /** What a bank says of a transfer that it rejects, whoever was to be paid. */
  public static List<Field> fieldsOfARejection() {
    return List.of(
        Field.day("rejectedOn", "Rejeté le").hint("Le jour de la banque."),
        Field.text("reason", "Motif")
            .hint("Le code ISO 20022 que donne la banque, comme AC04.")
            .upTo(4)
            .refusing(
                code ->
                    code.matches("[A-Z0-9]{4}")
                        ? Optional.empty()
                        : Optional.of("Quatre capitales ou chiffres, comme AC04.")));
  }

  static String confirm(String run, String transfer) {
    return Address.of(CONFIRM, run, transfer);
  }

  static String reject(String run, String transfer) {
    return Address.of(REJECT, run, transfer);
  }

  /**
   * @param paidOn the day that it counts as paid on; empty if nobody has said which
   */
  @DeedMapping(TAKE_BACK)
  @Permit(Role.CLERK)
  Deed<Answer<TakeConfirmationBack.TakenBack>> takingBack(
      Sent sent,
      @PathVariable("runId") String runId,
      @PathVariable("transferId") String transferId,
      @RequestParam(name = "jour", defaultValue = "") String paidOn,
      Model model) {
    String venues =
        asking(
            model,
            runId,
            transferId,
            "Retirer la confirmation du virement ",
            "Un agent l’a saisie, ou la banque l’a annoncée, et elle n’en a pas montré le débit."
                + " Personne n’est payé par ce retrait.");
    return new Deed<>(
        Doing.VIEW,
        fieldsOfATakingBack(),
        Map.of("paidOn", paidOn),
        (entries, dryRun) ->
            takingBack.takeConfirmationBack(
                new SettlementRunId(runId),
                new TransferId(transferId),
                new TakeConfirmationBackEndpoint.TakingBack(
                    entries.day("paidOn"), entries.as("reason", WhyNotPaid::valueOf)),
                dryRun,
                sent.by()),
        (entries, taken) ->
            Effect.of("Retirer cette confirmation")
                .line("À", venues)
                .line("De nouveau en cours", french.money(taken.answer().amountCents()))
                .line("Comptait comme payé le", french.date(taken.answer().paidOn()))
                .line("Motif", words(entries.as("reason", WhyNotPaid::valueOf)))
                .afterwards(
                    "Le lieu n’est pas payé une seconde fois avant que la banque ait rejeté ce"
                        + " virement. Ce jour reste pris.")
                .dangerous()
                .already(taken.already()),
        _ ->
            new Deed.Done(
                page(runId, transferId),
                "La confirmation est retirée : le virement est en cours."));
  }

  static List<Field> fieldsOfATakingBack() {
    return List.of(
        Field.day("paidOn", "Payé le").hint("Le jour où il compte comme payé."),
        Field.choice("reason", "Motif", WhyNotPaid.values(), TransferDeeds::words));
  }

  private static String words(WhyNotPaid reason) {
    return switch (reason) {
      case WRONG_TRANSFER -> "C’est la confirmation d’un autre virement";
      case REJECTED -> "La banque dit l’avoir rejeté";
      case NEVER_DEBITED -> "Jamais débité du compte";
      case OTHER -> "Autre";
    };
  }

  static String takeBack(String run, String transfer, Optional<LocalDate> paidOn) {
    return Address.of(
        TAKE_BACK + "?jour={jour}", run, transfer, paidOn.map(LocalDate::toString).orElse(""));
  }

  private static String page(String run, String transfer) {
    return Address.of(TRANSFER, run, transfer);
  }

  /**
   * Says above the question what is asked of which transfer.
   *
   * @param doing without its name
   * @return whom it pays
   * @throws Problem 404 if there is none: the operation would say so too, but only once there is
   *     something to send to it
   */
  private String asking(Model model, String runId, String transferId, String doing, String what) {
    Doing.show(model, doing + transferId, what, page(runId, transferId));
    Names known = names.get();
    try {
      return runs.find(new SettlementRunId(runId), new TransferId(transferId)).stream()
          .flatMap(found -> found.order().venues().stream())
          .map(known::venue)
          .reduce((one, other) -> one + ", " + other)
          .orElseThrow(() -> Problem.notFound("the transfer"));
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the transfer");
    }
  }
}
