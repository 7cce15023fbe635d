package fr.passnumerique.projections;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.VoidedLine;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The only line of a slip, found wrong: its reversal, and what comes of that.
 *
 * @param position of the slip's fact
 */
public record FoundWrong(SlipJudged slip, long position) {
  private static final ReversalId REVERSAL = new ReversalId("indu-1");

  public LinesReversed reversed(ReversedLine.Standing standing) {
    return new LinesReversed(
        REVERSAL,
        slip.venue(),
        slip.reference(),
        position,
        List.of(new ReversedLine(1, cheque(), standing, Optional.empty(), slip.owed())),
        Reason.SERVICE_NOT_GIVEN,
        Optional.empty(),
        "clerk-1",
        Optional.empty(),
        Story.DAY.plusDays(30));
  }

  /** Where the money of the line is when its reversal is lifted. */
  public enum Kept {
    /** It had come back to the funders. */
    OWED_AGAIN,
    /** With the venue. */
    PAID,
    /** On its way, or come back. */
    UNPAID
  }

  public ReversalLifted lifted(Kept kept) {
    List<VoidedLine> whole = lines(slip.owed());
    return lifted(
        kept == Kept.OWED_AGAIN ? whole : List.of(),
        kept == Kept.PAID ? whole : List.of(),
        kept == Kept.UNPAID ? whole : List.of());
  }

  /** Of a line that was paid back in part. */
  public ReversalLifted liftedInParts(List<SpentCents> owedAgain, List<SpentCents> forgiven) {
    return lifted(lines(owedAgain), lines(forgiven), List.of());
  }

  private ReversalLifted lifted(
      List<VoidedLine> owedAgain, List<VoidedLine> forgiven, List<VoidedLine> unpaid) {
    return new ReversalLifted(
        REVERSAL, slip.venue(), slip.reference(), "clerk-3", owedAgain, forgiven, unpaid);
  }

  public DebitNotePaid paidBack(List<SpentCents> parts) {
    return new DebitNotePaid(
        new DebitNoteId("titre-1"),
        slip.venue(),
        Story.PROGRAMME,
        LocalDate.of(2026, 7, 1),
        "clerk-1",
        lines(parts),
        parts.stream().mapToLong(SpentCents::cents).sum(),
        Optional.empty());
  }

  /** The later lines are not transferred: the venue owes as much. */
  public SettlementRunReleased netted(SlipJudged later, String run) {
    return new SettlementRunReleased(
        new SettlementRunId(run),
        "clerk-2",
        LocalDate.of(2026, 4, 10),
        List.of(
            new Netting(
                slip.venue(),
                Optional.empty(),
                List.of(),
                later.acceptedCheques(),
                later.owed(),
                slip.acceptedCheques(),
                slip.owed())),
        Optional.empty());
  }

  /** As facts that are about the line's money tell it. */
  public List<VoidedLine> lines(List<SpentCents> parts) {
    return List.of(new VoidedLine(slip.venue(), position, cheque(), parts));
  }

  private Serial cheque() {
    return slip.acceptedCheques().getFirst();
  }
}
