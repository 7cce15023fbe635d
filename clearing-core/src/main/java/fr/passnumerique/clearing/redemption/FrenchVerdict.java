package fr.passnumerique.clearing.redemption;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A verdict as people read it, on a page or in a spreadsheet; programs are given {@link
 * Explanation}.
 *
 * @param remedy empty when there is nothing to do
 */
public record FrenchVerdict(String label, String explanation, String remedy) {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu");

  /**
   * @param on the day that explains the verdict, if one does
   */
  public static FrenchVerdict of(Verdict verdict, Optional<LocalDate> on) {
    String day = on.map(DAY::format).orElse("");
    return switch (verdict) {
      case ACCEPTED -> new FrenchVerdict("Acceptée", "Due au lieu.", "");
      case DUPLICATE_LINE ->
          new FrenchVerdict(
              "En double",
              "Le même chèque figure plus haut dans ce bordereau.",
              "Retirez cette ligne, ou relisez le code s’il s’agit d’un autre chèque.");
      case UNKNOWN_CHEQUE ->
          new FrenchVerdict(
              "Chèque inconnu",
              "Aucun chèque émis ne porte ce numéro.",
              "Relisez les neuf premiers caractères du code sur le chèque.");
      case BAD_CHECK_CODE ->
          new FrenchVerdict(
              "Clé fausse",
              "Les six derniers caractères ne vont pas avec ce chèque.",
              "Relisez-les sur le chèque : la lettre O y vaut zéro, I et L valent un.");
      case SERVICE_DATE_IN_FUTURE ->
          new FrenchVerdict(
              "Date à venir",
              "Le service est daté d’un jour qui n’est pas encore venu.",
              "Corrigez la date du service.");
      case ALREADY_REDEEMED ->
          new FrenchVerdict(
              "Déjà utilisé",
              day.isEmpty()
                  ? "Ce chèque a déjà été accepté."
                  : "Ce chèque a été accepté le " + day + ".",
              "Retirez la ligne. En cas de désaccord, gardez le chèque et écrivez à l’opérateur.");
      case OPPOSED ->
          new FrenchVerdict(
              "En opposition",
              day.isEmpty()
                  ? "Ce chèque a été déclaré perdu, volé ou remplacé."
                  : "Ce chèque a été déclaré perdu, volé ou remplacé le " + day + ".",
              "Retirez la ligne ; la personne peut demander un autre chèque à son prescripteur.");
      case NOT_ACTIVATED ->
          new FrenchVerdict(
              "Pas encore activé",
              "Le financement de ce chèque n’est pas encore encaissé.",
              "Retirez la ligne et présentez-la plus tard, ou demandez à l’opérateur.");
      case NOT_DISTRIBUTED ->
          new FrenchVerdict(
              "Pas encore remis",
              "Aucun prescripteur n’a déclaré avoir remis ce chèque à une personne.",
              "Demandez au prescripteur d’enregistrer la remise, puis présentez la ligne.");
      case SERVICE_BEFORE_DISTRIBUTION ->
          new FrenchVerdict(
              "Avant la remise",
              day.isEmpty()
                  ? "Le service est antérieur à la remise du chèque."
                  : "Le chèque a été remis le " + day + ", après le service.",
              "Vérifiez la date du service.");
      case EXPIRED_AT_SERVICE_DATE ->
          new FrenchVerdict(
              "Périmé",
              day.isEmpty()
                  ? "Le chèque n’était plus valable le jour du service."
                  : "Le chèque était utilisable jusqu’au " + day + ".",
              "Vérifiez la date du service ; si elle est juste, la personne doit demander un autre"
                  + " chèque.");
      case PRESENTED_TOO_LATE ->
          new FrenchVerdict(
              "Présenté trop tard",
              day.isEmpty()
                  ? "Le délai de présentation est passé."
                  : "La ligne pouvait être présentée jusqu’au " + day + ".",
              "Vérifiez la date du service ; si elle est juste, retirez la ligne.");
      case VENUE_NOT_LABELLED_AT_SERVICE_DATE ->
          new FrenchVerdict(
              "Lieu non labellisé",
              day.isEmpty()
                  ? "Votre lieu n’était pas labellisé le jour du service."
                  : "Votre lieu n’était pas labellisé le jour du service : la décision qui compte"
                      + " vaut à partir du "
                      + day
                      + ".",
              "Vérifiez la date du service, ou demandez à l’opérateur où en est votre label.");
      case SERVICE_NOT_ELIGIBLE ->
          new FrenchVerdict(
              "Service non éligible",
              "Le dispositif de ce chèque ne finance pas ce service.",
              "Choisissez le service rendu s’il a été mal saisi ; sinon retirez la ligne.");
      case OUT_OF_TERRITORY ->
          new FrenchVerdict(
              "Hors territoire",
              "Le dispositif de ce chèque ne couvre pas le département de ce point d’accueil.",
              "Vérifiez le point d’accueil ; s’il est juste, retirez la ligne.");
      case CONFLICT_OF_INTEREST ->
          new FrenchVerdict(
              "Conflit d’intérêts",
              "La structure qui a remis ce chèque ne peut pas l’encaisser.",
              "Retirez la ligne, ou demandez à l’opérateur si une exception est prévue.");
      case TOO_MANY_IN_ONE_VISIT ->
          new FrenchVerdict(
              "Trop en une visite",
              "Le dispositif limite le nombre de chèques d’un même carnet par visite.",
              "Vérifiez la date et le point d’accueil ; sinon retirez la ligne.");
    };
  }
}
