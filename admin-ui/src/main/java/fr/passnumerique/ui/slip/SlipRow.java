package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.settlement.SlipList;
import fr.passnumerique.ui.words.CauseWords;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A slip in a list, with where its money is.
 *
 * @param page null if the reader may not look at it
 * @param cents what its accepted lines come to
 * @param steps at least one; their cents sum to {@code cents}
 */
public record SlipRow(
    String venue,
    String venueName,
    String reference,
    @Nullable String page,
    Instant presentedAt,
    int accepted,
    int refused,
    long cents,
    List<SlipStep> steps) {
  /**
   * @param names of venues by their identifiers
   */
  public static SlipRow of(SlipList.Row slip, UnaryOperator<String> names, Actor reader) {
    return new SlipRow(
        slip.venue().value(),
        names.apply(slip.venue().value()),
        slip.reference().value(),
        CauseWords.slip(slip.venue().value(), slip.reference().value(), reader).page(),
        slip.presentedAt(),
        slip.accepted(),
        slip.refused(),
        slip.acceptedCents(),
        slip.states().stream().map(part -> SlipStep.of(part, slip.venue(), reader)).toList());
  }
}
