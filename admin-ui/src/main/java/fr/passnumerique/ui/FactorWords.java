package fr.passnumerique.ui;

import fr.passnumerique.clearing.http.Problem;

/** What a person is told of the second factor where something is refused. */
final class FactorWords {
  private FactorWords() {}

  static Trouble refused(Problem problem) {
    return switch (problem.code()) {
      case "CODE_WRONG" ->
          Trouble.of(
              "Ce code ne convient pas",
              "Il est passé, ou n’est pas celui de ce compte.",
              "Tapez celui que l’application montre maintenant. S’il est encore refusé, réglez"
                  + " l’heure de l’appareil sur « automatique ».");
      case "PASSWORD_WRONG" ->
          Trouble.of(
              "Ce n’est pas votre mot de passe",
              "Tapez celui de votre connexion, puis recommencez.");
      case "TOO_MANY_ATTEMPTS", "BUSY" ->
          Trouble.of(
              "Trop d’essais de suite",
              "Attendez %s, puis recommencez.".formatted(duration(problem.retryAfterSeconds())));
      case "SECOND_FACTOR_REQUIRED" ->
          Trouble.of(
              "Un code de votre téléphone est demandé",
              "Déconnectez-vous, puis reconnectez-vous avec un code.");
      case "SECOND_FACTOR_NOT_BEGUN" ->
          Trouble.of(
              "Aucun second facteur n’attend son premier code",
              "Commencez par en mettre un en place : il attend un quart d’heure.");
      case "SECOND_FACTOR_ENROLLED" ->
          Trouble.of(
              "Le second facteur est déjà en place",
              "Pour en changer, demandez à l’opérateur de retirer celui-ci.");
      case "OWN_SECOND_FACTOR" ->
          Trouble.of(
              "On ne retire pas son propre second facteur",
              "Demandez-le à un autre agent de l’opérateur.");
      default -> Trouble.of("Demande refusée", "Revenez à la page précédente, puis recommencez.");
    };
  }

  /** {@code 40 secondes}, {@code 5 minutes}. */
  static String duration(long seconds) {
    if (seconds < 120) {
      return seconds == 1 ? "une seconde" : seconds + " secondes";
    }
    return (seconds + 59) / 60 + " minutes";
  }
}
