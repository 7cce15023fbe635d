package fr.passnumerique.ui.frame;

import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.ProblemBody;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.RefusalWords;
import fr.passnumerique.ui.words.Trouble;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why an address cannot be answered, and what to ask for instead, for a person. Templates of error
 * pages know it as {@code @explained}.
 */
public final class Explained {
  private static final Pattern KNOWN = Pattern.compile("the parameters are (.+)");
  private static final Pattern BEFORE = Pattern.compile("ask for (\\S+) or before");
  private static final Pattern KEPT = Pattern.compile("ask for asOfPosition (\\d+) to (\\d+)");
  private static final Pattern STOPPED_AT = Pattern.compile("at position (\\d+)");
  private static final Pattern FROM = Pattern.compile("ask for (\\S+) or after");

  private final French french;

  public Explained(French french) {
    this.french = french;
  }

  /**
   * @param problem null where the container refused the request by itself
   */
  public Trouble of(@Nullable ProblemBody problem) {
    if (problem == null) {
      return RefusalWords.UNTOLD;
    }
    Fault fault = problem.errors().getFirst();
    return switch (problem.code()) {
      case "UNKNOWN_PARAMETER" ->
          Trouble.of(
              "Paramètre inconnu",
              "Cette page ne connaît pas le paramètre « %s ».".formatted(fault.field()),
              found(KNOWN, fault)
                  .map("Elle connaît : %s. Corrigez l’adresse."::formatted)
                  .orElse("Elle n’en a aucun : retirez-le de l’adresse."));
      case "INVALID_PARAMETER" ->
          Trouble.of("Valeur illisible", unreadable(fault), form(fault.field()));
      case "AS_OF_TOO_LATE" ->
          Trouble.of(
              "Ce moment ne peut pas encore être montré",
              tooLate(fault),
              found(BEFORE, fault)
                  .map(this::readable)
                  .map("Demandez %s ou avant."::formatted)
                  .orElse("Rien n’est enregistré jusque-là : retirez le paramètre."));
      case "AS_OF_TOO_EARLY" ->
          Trouble.of(
              "Le registre commence plus tard",
              (fault.field().equals("businessDate")
                      ? "Rien de ce qui est enregistré ne s’était produit le %s."
                      : "Rien n’était enregistré le %s.")
                  .formatted(french(fault.value())),
              found(FROM, fault)
                  .map(this::readable)
                  .map("Demandez %s ou après, ou asOfPosition=0."::formatted)
                  .orElse("Demandez asOfPosition=0."));
      case "AS_OF_NOT_KEPT" -> notKept(fault);
      case "LEDGER_STOPPED" ->
          Trouble.of(
              "Le registre est arrêté sur ce serveur",
              found(STOPPED_AT, fault.message())
                  .map("Rien n’a été enregistré : il est arrêté à la position %s."::formatted)
                  .orElse("Rien n’a été enregistré."),
              "Renvoyer la demande n’y change rien : prévenez l’opérateur, à qui le journal du"
                  + " serveur dit pourquoi et que faire.");
      default -> RefusalWords.of(problem);
    };
  }

  /**
   * The business day that cannot be answered, to be asked for anew beside the reason; null if it is
   * not what is wrong, or the page knows none.
   */
  public @Nullable String day(@Nullable ProblemBody problem) {
    return problem == null || problem.code().equals("UNKNOWN_PARAMETER")
        ? null
        : problem.errors().stream()
            .filter(fault -> fault.field().equals("businessDate"))
            .map(Fault::value)
            .findFirst()
            .orElse(null);
  }

  /** Of tables that a rebuild replaced nothing is folded anew: they are told as far as they go. */
  private static Trouble notKept(Fault fault) {
    Matcher kept = KEPT.matcher(fault.remedy());
    return kept.find()
        ? Trouble.of(
            "Ce moment n’est pas gardé",
            "Ce qui était montré avant la reconstruction n’est gardé que pour les positions %s à %s : plus tôt, les mouvements du stock ne donnent pas ce qu’il contenait."
                .formatted(kept.group(1), kept.group(2)),
            "Donnez une de ces positions par asOfPosition, sans businessDate, ou retirez"
                + " shownBefore pour voir ce qu’on en sait aujourd’hui.")
        : Trouble.of(
            "Ce moment n’est pas gardé",
            "Il pourrait être montré, mais ce qu’il y faut n’est pas dans les registres.",
            "Demandez à l’opérateur de reconstruire « Registres », sur la page des projections.");
  }

  private static String unreadable(Fault fault) {
    return switch (fault.message()) {
      case "has no value" -> "Le paramètre « %s » n’a pas de valeur.".formatted(fault.field());
      case "is given twice" -> "Le paramètre « %s » est donné deux fois.".formatted(fault.field());
      default ->
          fault.value().isEmpty()
              ? "La valeur du paramètre « %s » ne convient pas.".formatted(fault.field())
              : "Le paramètre « %s » ne peut pas valoir « %s »."
                  .formatted(fault.field(), fault.value());
    };
  }

  private static String form(String parameter) {
    return switch (parameter) {
      case "asOfPosition", "position", "fact" ->
          "Donnez une position du registre : un nombre entier, à partir de 0.";
      case "asOf" ->
          "Donnez un instant UTC des années 1970 à 2199, écrit comme 2026-03-29T02:30:00Z.";
      case "businessDate" -> "Donnez un jour des années 1970 à 2199, écrit comme 2026-03-29.";
      default -> "Corrigez la valeur, ou retirez le paramètre de l’adresse.";
    };
  }

  private String tooLate(Fault fault) {
    return switch (fault.field()) {
      case "asOf" ->
          "Des faits peuvent encore être enregistrés jusqu’au %s.".formatted(french(fault.value()));
      case "businessDate" ->
          "Le jour %s n’était pas fini, à Paris, au dernier fait compté."
              .formatted(french(fault.value()));
      default -> "La position %s n’est pas encore enregistrée.".formatted(fault.value());
    };
  }

  /** An instant with what to write into the address: a day has a field beside it. */
  private String readable(String moment) {
    String shown = french(moment);
    return shown.equals(moment)
        ? shown
        : "le " + shown + (moment.contains("T") ? " (asOf=" + moment + ")" : "");
  }

  /** An instant in Paris or a day, as pages show them; what is neither stays as it is. */
  private String french(String moment) {
    try {
      return french.precisely(Instant.parse(moment));
    } catch (DateTimeParseException e) {
      return french.sameDay(moment);
    }
  }

  private static Optional<String> found(Pattern pattern, Fault fault) {
    return found(pattern, fault.remedy());
  }

  private static Optional<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
