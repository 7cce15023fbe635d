package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.redemption.SlipJudged.Line;
import fr.passnumerique.clearing.redemption.SlipJudged.Visit;
import java.time.LocalDate;

/**
 * What a verdict says to the venue: rule, value and remedy, in English. Made from the recorded fact
 * alone, so a retry is told the same in the same words.
 *
 * @param remedy what the venue can do; empty if there is nothing to do
 */
record Explanation(String text, String remedy) {
  private static final String CORRECT_IT =
      "correct the line and send it in a slip with a new reference";
  private static final String NOTHING_LEFT =
      "the line cannot be paid; ask the person for a cheque that is still valid";

  static Explanation of(Line line, Visit visit) {
    return of(
        line,
        visit.servedOn(),
        visit.service(),
        visit.pointOfService().value(),
        visit.departement().code());
  }

  /**
   * @param departement INSEE code
   */
  static Explanation of(
      Line line, LocalDate servedOn, String service, String pointOfService, String departement) {
    String cheque = line.cheque().map(serial -> "cheque " + serial).orElse("the cheque");
    String on = line.on().map(LocalDate::toString).orElse("an unknown day");
    return switch (line.verdict()) {
      case ACCEPTED -> new Explanation(cheque + " is accepted", "");
      case DUPLICATE_LINE ->
          new Explanation(
              cheque + " stands on an earlier line of this slip, and is paid once",
              "nothing to do for this line; if another cheque was meant, " + CORRECT_IT);
      case UNKNOWN_CHEQUE ->
          new Explanation(
              "no cheque was ever issued with this code",
              "compare the code with the cheque; " + CORRECT_IT);
      case BAD_CHECK_CODE ->
          new Explanation(
              "the last six characters of the code are not those of " + cheque,
              "compare them with the cheque; " + CORRECT_IT);
      case SERVICE_DATE_IN_FUTURE ->
          new Explanation(
              "the service is dated %s, after %s, the day on which the slip was presented"
                  .formatted(servedOn, on),
              "present the line when the service has been given, in a slip with a new reference");
      case ALREADY_REDEEMED ->
          new Explanation(
              "%s was redeemed on %s, and a cheque is paid once".formatted(cheque, on),
              "check whether it stands on one of your earlier slips; if not, ask the operator");
      case OPPOSED ->
          new Explanation(
              cheque + " was reported lost or stolen, or was replaced", "ask the operator");
      case NOT_ACTIVATED ->
          new Explanation(
              cheque + " is not activated: its funding has not been received",
              "present it again later, in a slip with a new reference, or ask the operator");
      case NOT_DISTRIBUTED ->
          new Explanation(
              cheque + " is not recorded as handed out to anyone",
              "ask the structure that handed it out to record it, then present it again in a slip"
                  + " with a new reference");
      case SERVICE_BEFORE_DISTRIBUTION ->
          new Explanation(
              "the service is dated %s, before %s was handed out on %s"
                  .formatted(servedOn, cheque, on),
              "check the date; " + CORRECT_IT);
      case EXPIRED_AT_SERVICE_DATE ->
          new Explanation(
              "%s could be used until %s, the service was on %s".formatted(cheque, on, servedOn),
              NOTHING_LEFT);
      case PRESENTED_TOO_LATE ->
          new Explanation(
              "a service of %s with %s could be presented until %s".formatted(servedOn, cheque, on),
              "the line cannot be paid any more; present slips soon after the service");
      case VENUE_NOT_LABELLED_AT_SERVICE_DATE ->
          new Explanation(
              line.on()
                      .map(
                          from ->
                              from.isAfter(servedOn)
                                  ? "the venue is labelled from %s on".formatted(from)
                                  : "the venue's label is suspended or withdrawn from %s on"
                                      .formatted(from))
                      .orElse("the venue is not labelled")
                  + ", the service was on %s".formatted(servedOn),
              "check the date, or ask the operator about your label");
      case SERVICE_NOT_ELIGIBLE ->
          new Explanation(
              "the programme of %s does not pay the service '%s'".formatted(cheque, service),
              "if the service is named otherwise in the programme, " + CORRECT_IT);
      case OUT_OF_TERRITORY ->
          new Explanation(
              "%s cannot be spent in département %s, where point of service %s is"
                  .formatted(cheque, departement, pointOfService),
              "if the service was given at another point of service, " + CORRECT_IT);
      case CONFLICT_OF_INTEREST ->
          new Explanation(
              cheque + " was handed out by the structure that presents it", "ask the operator");
      case TOO_MANY_IN_ONE_VISIT ->
          new Explanation(
              "more cheques of this carnet were presented for %s at %s than the programme pays in one visit"
                  .formatted(servedOn, pointOfService),
              "if the cheque was given on another day, " + CORRECT_IT);
    };
  }
}
