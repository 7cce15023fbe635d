package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.redemption.Verdict;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A verdict as a venue reads it: what it is, why, and what can be done.
 *
 * @param remedy empty when there is nothing to do
 * @param mendable the line can be mended in the slip itself; otherwise it is taken out, or the
 *     remedy lies elsewhere
 */
public record VerdictReading(Badge badge, String explanation, String remedy, boolean mendable) {

  /**
   * @param on the day that explains the verdict, if one does
   */
  public static VerdictReading of(Verdict verdict, Optional<LocalDate> on) {
    String day = on.map(new French()::date).orElse("");
    return switch (verdict) {
      case ACCEPTED -> new VerdictReading(Badge.good("Acceptée"), "Due au lieu.", "", false);
      case DUPLICATE_LINE ->
          mend(
              "En double",
              "Le même chèque figure plus haut dans ce bordereau.",
              "Retirez cette ligne, ou relisez le code s’il s’agit d’un autre chèque.");
      case UNKNOWN_CHEQUE ->
          mend(
              "Chèque inconnu",
              "Aucun chèque émis ne porte ce numéro.",
              "Relisez les neuf premiers caractères du code sur le chèque.");
      case BAD_CHECK_CODE ->
          mend(
              "Clé fausse",
              "Les six derniers caractères ne vont pas avec ce chèque.",
              "Relisez-les sur le chèque : la lettre O y vaut zéro, I et L valent un.");
      case SERVICE_DATE_IN_FUTURE ->
          mend(
              "Date à venir",
              "Le service est daté d’un jour qui n’est pas encore venu.",
              "Corrigez la date du service.");
      case ALREADY_REDEEMED ->
          rest(
              "Déjà utilisé",
              day.isEmpty()
                  ? "Ce chèque a déjà été accepté."
                  : "Ce chèque a été accepté le " + day + ".",
              "Retirez la ligne. En cas de désaccord, gardez le chèque et écrivez à l’opérateur.");
      case OPPOSED ->
          rest(
              "En opposition",
              day.isEmpty()
                  ? "Ce chèque a été déclaré perdu, volé ou remplacé."
                  : "Ce chèque a été déclaré perdu, volé ou remplacé le " + day + ".",
              "Retirez la ligne ; la personne peut demander un autre chèque à son prescripteur.");
      case NOT_ACTIVATED ->
          rest(
              "Pas encore activé",
              "Le financement de ce chèque n’est pas encore encaissé.",
              "Retirez la ligne et présentez-la plus tard, ou demandez à l’opérateur.");
      case NOT_DISTRIBUTED ->
          rest(
              "Pas encore remis",
              "Aucun prescripteur n’a déclaré avoir remis ce chèque à une personne.",
              "Demandez au prescripteur d’enregistrer la remise, puis présentez la ligne.");
      case SERVICE_BEFORE_DISTRIBUTION ->
          mend(
              "Avant la remise",
              day.isEmpty()
                  ? "Le service est antérieur à la remise du chèque."
                  : "Le chèque a été remis le " + day + ", après le service.",
              "Vérifiez la date du service.");
      case EXPIRED_AT_SERVICE_DATE ->
          mend(
              "Périmé",
              day.isEmpty()
                  ? "Le chèque n’était plus valable le jour du service."
                  : "Le chèque était utilisable jusqu’au " + day + ".",
              "Vérifiez la date du service ; si elle est juste, la personne doit demander un autre"
                  + " chèque.");
      case PRESENTED_TOO_LATE ->
          mend(
              "Présenté trop tard",
              day.isEmpty()
                  ? "Le délai de présentation est passé."
                  : "La ligne pouvait être présentée jusqu’au " + day + ".",
              "Vérifiez la date du service ; si elle est juste, retirez la ligne.");
      case VENUE_NOT_LABELLED_AT_SERVICE_DATE ->
          mend(
              "Lieu non labellisé",
              day.isEmpty()
                  ? "Votre lieu n’était pas labellisé le jour du service."
                  : "Votre lieu n’était pas labellisé le jour du service : la décision qui compte"
                      + " vaut à partir du "
                      + day
                      + ".",
              "Vérifiez la date du service, ou demandez à l’opérateur où en est votre label.");
      case SERVICE_NOT_ELIGIBLE ->
          mend(
              "Service non éligible",
              "Le dispositif de ce chèque ne finance pas ce service.",
              "Choisissez le service rendu s’il a été mal saisi ; sinon retirez la ligne.");
      case OUT_OF_TERRITORY ->
          mend(
              "Hors territoire",
              "Le dispositif de ce chèque ne couvre pas le département de ce point d’accueil.",
              "Vérifiez le point d’accueil ; s’il est juste, retirez la ligne.");
      case CONFLICT_OF_INTEREST ->
          rest(
              "Conflit d’intérêts",
              "La structure qui a remis ce chèque ne peut pas l’encaisser.",
              "Retirez la ligne, ou demandez à l’opérateur si une exception est prévue.");
      case TOO_MANY_IN_ONE_VISIT ->
          mend(
              "Trop en une visite",
              "Le dispositif limite le nombre de chèques d’un même carnet par visite.",
              "Vérifiez la date et le point d’accueil ; sinon retirez la ligne.");
    };
  }

  /** A line whose code cannot be a cheque's: nothing was judged yet. */
  public static VerdictReading unreadable(String explanation, String remedy) {
    return new VerdictReading(Badge.bad("Illisible"), explanation, remedy, true);
  }

  private static VerdictReading mend(String words, String explanation, String remedy) {
    return new VerdictReading(Badge.bad(words), explanation, remedy, true);
  }

  private static VerdictReading rest(String words, String explanation, String remedy) {
    return new VerdictReading(Badge.warn(words), explanation, remedy, false);
  }
}
