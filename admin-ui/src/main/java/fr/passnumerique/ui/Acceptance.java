package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.upkeep.RebuildsWaiting;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How far two people are with the differences of a rebuild, and what the reader can do about it.
 *
 * @param digest of the differences that are shown: what is sent is about these and no others
 * @param proposedBy the login of who found them right; empty if nobody has yet
 * @param since when that was; null if nobody has yet
 * @param page that asks whether to accept them; null if the reader can only look
 * @param propose whether the reader would be the first, and not the second person
 */
record Acceptance(
    String digest,
    String proposedBy,
    @Nullable Instant since,
    @Nullable String page,
    boolean propose) {

  /**
   * @param waiting for whom it waits; empty if two people have decided, and the switch follows
   * @return null then
   */
  static @Nullable Acceptance of(
      String digest,
      Optional<RebuildsWaiting.Waiting> waiting,
      String page,
      UnaryOperator<String> logins,
      Actor reader) {
    if (waiting.isEmpty()) {
      return null;
    }
    Optional<String> by = waiting.get().proposedBy();
    boolean may = reader.role() == Role.CLERK && !by.equals(Optional.of(reader.account()));
    return new Acceptance(
        digest,
        by.map(logins).orElse(""),
        by.isEmpty() ? null : waiting.get().since(),
        may ? page : null,
        by.isEmpty());
  }

  /**
   * Why it was not taken, in a clerk's words.
   *
   * @throws Problem this one, where it is no refusal of what is decided here
   */
  static Trouble refused(Problem problem) {
    return switch (problem.code()) {
      case "DIFFERENCES_CHANGED" ->
          Trouble.of(
              "Les différences ne sont plus celles que vous avez lues",
              "La comparaison a été refaite depuis, et elle en trouve d’autres.",
              "Relisez celles d’en bas, puis décidez de celles-là.");
      case "UNKNOWN_REBUILD" ->
          Trouble.of(
              "Il n’y a plus rien à accepter",
              "La reconstruction n’attend plus de décision : elle a été acceptée, annulée ou"
                  + " remplacée par une autre.");
      case "PROPOSAL_PENDING" ->
          Trouble.of(
              "Une autre personne les a trouvées justes avant vous",
              "Vous pouvez être la seconde : ouvrez de nouveau la page et acceptez-les.");
      case "NOTHING_PROPOSED" ->
          Trouble.of(
              "Personne ne les a encore trouvées justes",
              "Soyez la première personne ; une autre les acceptera.");
      case "SECOND_PERSON_NEEDED" ->
          Trouble.of(
              "Il faut une autre personne que vous",
              "Qui les a trouvées justes ne les accepte pas, ni qui a fait son compte, son mot de"
                  + " passe ou sa clé, ni l’inverse.",
              "Demandez à un autre agent d’ouvrir cette page.");
      default -> throw problem;
    };
  }
}
