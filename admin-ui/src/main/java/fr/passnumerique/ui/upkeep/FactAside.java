package fr.passnumerique.ui.upkeep;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.upkeep.SetAsideReason;
import fr.passnumerique.clearing.upkeep.SettingsAsideWaiting.Waiting;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A fact at which a projection stands, and how far two people are with setting it aside.
 *
 * @param question what the projection answers, in French
 * @param page on which it is decided
 * @param liftedAt as of {@code setFactAside}
 * @param proposedBy the login of who proposed it; empty if nobody has yet
 * @param since when that was; null if nobody has yet
 * @param reason why, in French; empty if nobody has yet
 * @param own whether the reader proposed it, and another decides
 */
record FactAside(
    String projection,
    String question,
    long position,
    String page,
    long liftedAt,
    String proposedBy,
    @Nullable Instant since,
    String reason,
    boolean own) {

  /** A reason to choose. */
  record Reason(String code, String words) {
    private static Reason of(SetAsideReason reason) {
      return new Reason(reason.name(), FactAside.words(reason));
    }
  }

  static final List<Reason> REASONS =
      Arrays.stream(SetAsideReason.values()).map(Reason::of).toList();

  static FactAside of(
      String projection,
      long position,
      long liftedAt,
      Optional<Waiting> waiting,
      Optional<SetAsideReason> reason,
      UnaryOperator<String> logins,
      Actor reader) {
    return new FactAside(
        projection,
        ProjectionsBoard.question(projection),
        position,
        FactAsidePage.address(projection, position),
        liftedAt,
        waiting.map(Waiting::proposedBy).map(logins).orElse(""),
        waiting.map(Waiting::since).orElse(null),
        reason.map(FactAside::words).orElse(""),
        waiting.map(Waiting::proposedBy).equals(Optional.of(reader.account())));
  }

  private static String words(SetAsideReason reason) {
    return switch (reason) {
      case DEFECT_OF_THE_FOLD -> "Le calcul est en défaut, et une version à venir le corrigera";
      case CORRECTED_SINCE -> "Le fait est faux, et un autre l’a corrigé depuis";
      case OTHER -> "Autre, noté dans vos dossiers";
    };
  }
}
