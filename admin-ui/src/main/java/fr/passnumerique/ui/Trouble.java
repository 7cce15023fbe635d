package fr.passnumerique.ui;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Why something was not taken as a whole, as a page says it.
 *
 * @param lines what is wrong and what can be done, a sentence or two each
 */
record Trouble(String title, List<String> lines) {
  private static final int MOST_FAULTS = 12;

  static Trouble of(String title, String... lines) {
    return new Trouble(title, List.of(lines));
  }

  /** A slip that is refused. */
  static Trouble of(Refusal refusal) {
    return switch (refusal.code().name()) {
      case "SLIP_REFERENCE_REUSED" ->
          of(
              "Cette référence est déjà prise",
              "Un bordereau de même référence, avec d’autres lignes, est déjà enregistré.",
              "Donnez une autre référence à celui-ci.");
      case "UNKNOWN_VENUE" ->
          of(
              "Votre lieu n’est pas encore inscrit",
              "Demandez à l’opérateur de l’inscrire au registre des lieux.");
      case "NO_LINES" -> of("Le bordereau est vide", "Saisissez au moins un code de chèque.");
      case "TOO_MANY_LINES" ->
          of(
              "Le bordereau est trop long",
              "Un bordereau compte mille lignes au plus. Faites-en plusieurs, chacun avec sa"
                  + " référence.");
      default -> of("Le bordereau est refusé", refusal.message(), refusal.remedy());
    };
  }

  /** Too many false codes were tried. */
  static Trouble ofWaiting(Problem problem) {
    long minutes = Math.max(1, (problem.retryAfterSeconds() + 59) / 60);
    return of(
        "Trop de codes faux",
        "Trop de codes présentés par votre lieu ces temps-ci ne sont pas ceux de leurs chèques.",
        "Relisez les chèques, puis vérifiez de nouveau dans %s."
            .formatted(minutes == 1 ? "une minute" : minutes + " minutes"));
  }

  /** A file that cannot be read. */
  static Trouble of(Problem problem) {
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (problem.code()) {
          case "WRONG_ENCODING" ->
              "Il n’est pas en UTF-8. Dans le tableur, enregistrez-le au format « CSV UTF-8 », puis"
                  + " envoyez-le de nouveau.";
          case "NOT_A_TEXT" ->
              "Ce n’est pas un fichier texte. Dans le tableur, enregistrez-le au format « CSV UTF-8"
                  + " », puis envoyez-le.";
          case "EMPTY_UPLOAD" -> "Il est vide. Choisissez un autre fichier.";
          case "MALFORMED_CSV" ->
              "Un champ entre guillemets n’est pas refermé. Doublez les guillemets à l’intérieur"
                  + " d’un champ, ou retirez-les tous.";
          default ->
              "Sa première ligne doit être « cheque;servedOn;service;pointOfService », dans"
                  + " n’importe quel ordre, et chaque ligne doit avoir quatre champs.";
        });
    List<Problem.Fault> faults = problem.faults();
    faults.stream()
        .limit(MOST_FAULTS)
        .filter(fault -> fault.line() > 0)
        .forEach(
            fault ->
                lines.add(
                    fault.field().isEmpty()
                        ? "À la ligne %d du fichier.".formatted(fault.line())
                        : "À la ligne %d du fichier, colonne « %s »."
                            .formatted(fault.line(), fault.field())));
    if (faults.size() > MOST_FAULTS) {
      lines.add("Et %d autres.".formatted(faults.size() - MOST_FAULTS));
    }
    return new Trouble("Le fichier ne peut pas être lu", lines);
  }
}
