package fr.passnumerique.ui.reversal;

import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.clearing.reversal.ReversalEndpoint;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.Names;

/**
 * What a clerk looks at before deciding of an undue payment.
 *
 * @param lines 0 while it is proposed: which they are its question says
 * @param note of the clerk who found it; empty for none
 * @param contest what the venue wrote; empty for none
 */
record ReversalSheet(
    String reversal,
    String venue,
    String slip,
    String slipPage,
    Badge state,
    String reason,
    long amountCents,
    int lines,
    String note,
    String contest) {
  static ReversalSheet of(ReversalEndpoint.Read read, Names names) {
    Reversal of = read.reversal();
    return new ReversalSheet(
        of.reversal(),
        names.venue(of.venue()),
        of.slip(),
        ReversalDeeds.slipPage(of.venue(), of.slip()),
        ReversalWords.of(of.state()),
        of.reason().label(),
        of.amountCents(),
        of.lines().size(),
        read.note().orElse(""),
        read.contestNote().orElse(""));
  }
}
