package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.redemption.FrenchVerdict;
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
    FrenchVerdict words = FrenchVerdict.of(verdict, on);
    boolean mendable =
        switch (verdict) {
          case ACCEPTED,
              ALREADY_REDEEMED,
              OPPOSED,
              NOT_ACTIVATED,
              NOT_DISTRIBUTED,
              CONFLICT_OF_INTEREST ->
              false;
          case DUPLICATE_LINE,
              UNKNOWN_CHEQUE,
              BAD_CHECK_CODE,
              SERVICE_DATE_IN_FUTURE,
              SERVICE_BEFORE_DISTRIBUTION,
              EXPIRED_AT_SERVICE_DATE,
              PRESENTED_TOO_LATE,
              VENUE_NOT_LABELLED_AT_SERVICE_DATE,
              SERVICE_NOT_ELIGIBLE,
              OUT_OF_TERRITORY,
              TOO_MANY_IN_ONE_VISIT ->
              true;
        };
    Badge badge =
        verdict == Verdict.ACCEPTED
            ? Badge.good(words.label())
            : mendable ? Badge.bad(words.label()) : Badge.warn(words.label());
    return new VerdictReading(badge, words.explanation(), words.remedy(), mendable);
  }

  /**
   * The same before anything is spent, where there is no line to take out of a slip: what to do
   * with the cheque.
   *
   * @param on the day that explains the verdict, if one does
   */
  public static VerdictReading atTheCounter(Verdict verdict, Optional<LocalDate> on) {
    VerdictReading read = of(verdict, on);
    String remedy =
        switch (verdict) {
          case ACCEPTED, UNKNOWN_CHEQUE, BAD_CHECK_CODE, DUPLICATE_LINE, SERVICE_DATE_IN_FUTURE ->
              read.remedy();
          case ALREADY_REDEEMED ->
              "Ne l’acceptez pas. En cas de désaccord, gardez le chèque et écrivez à l’opérateur.";
          case OPPOSED ->
              "Ne l’acceptez pas ; la personne peut demander un autre chèque à son prescripteur.";
          case NOT_ACTIVATED ->
              "Ne l’acceptez pas encore : demandez à l’opérateur à partir de quand il vaudra.";
          case NOT_DISTRIBUTED ->
              "Demandez au prescripteur d’enregistrer la remise, puis vérifiez de nouveau.";
          case SERVICE_BEFORE_DISTRIBUTION ->
              "Attendez le jour de la remise, ou demandez au prescripteur de la corriger.";
          case EXPIRED_AT_SERVICE_DATE, PRESENTED_TOO_LATE ->
              "Ne l’acceptez pas ; la personne peut demander un autre chèque à son prescripteur.";
          case VENUE_NOT_LABELLED_AT_SERVICE_DATE ->
              "Demandez à l’opérateur où en est votre label.";
          case SERVICE_NOT_ELIGIBLE ->
              "Choisissez le service rendu s’il a été mal choisi ; sinon, n’acceptez pas ce"
                  + " chèque.";
          case OUT_OF_TERRITORY ->
              "Choisissez le point d’accueil s’il a été mal choisi ; sinon, n’acceptez pas ce"
                  + " chèque.";
          case CONFLICT_OF_INTEREST ->
              "Ne l’acceptez pas, ou demandez à l’opérateur si une exception est prévue.";
          case TOO_MANY_IN_ONE_VISIT -> "Gardez ce chèque pour une autre visite.";
        };
    return new VerdictReading(read.badge(), read.explanation(), remedy, read.mendable());
  }

  /** A line whose code cannot be a cheque's: nothing was judged yet. */
  public static VerdictReading unreadable(String explanation, String remedy) {
    return new VerdictReading(Badge.bad("Illisible"), explanation, remedy, true);
  }
}
