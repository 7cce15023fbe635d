package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Facts of slips in the letters of {@link Call}, and with other contents. */
final class Slips {
  private Slips() {}

  static String letters(SlipJudged slip) {
    return slip.lines().stream().map(line -> letter(line.verdict())).collect(Collectors.joining());
  }

  private static String letter(Verdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> ChequeSpecification.ACCEPTED;
      case ALREADY_REDEEMED -> ChequeSpecification.REDEEMED;
      default -> "U";
    };
  }

  /**
   * @param cheques of the slip's lines, as {@link Call#cheques}
   */
  static String letters(SlipWithdrawn withdrawn, List<Long> cheques) {
    Set<Long> released = withdrawn.cheques().stream().map(Serial::key).collect(Collectors.toSet());
    return cheques.stream()
        .map(
            cheque ->
                released.contains(cheque) ? ChequeSpecification.RELEASED : ChequeSpecification.LEFT)
        .collect(Collectors.joining());
  }

  static SlipJudged with(SlipJudged slip, SlipReference reference, List<SlipJudged.Line> lines) {
    return new SlipJudged(
        slip.venue(),
        reference,
        slip.contentDigest(),
        slip.presentedAt(),
        slip.visits(),
        lines,
        slip.owed(),
        slip.conflicts(),
        slip.waivedLines(),
        slip.waived());
  }

  static SlipWithdrawn with(SlipWithdrawn withdrawn, List<Serial> cheques) {
    return new SlipWithdrawn(
        withdrawn.venue(),
        withdrawn.reference(),
        withdrawn.slip(),
        withdrawn.withdrawnAt(),
        cheques,
        withdrawn.owed(),
        withdrawn.opposed(),
        withdrawn.dueBack(),
        withdrawn.waived());
  }
}
