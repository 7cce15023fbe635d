package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.List;

/**
 * A venue presents a slip. Made by {@link SlipDesk#prepare}, which has done beforehand what would
 * hold up every other decision: the check parts are compared with the keys and the contents
 * digested.
 *
 * <p>Sent again unchanged, it is answered with the verdicts recorded the first time. The answer is
 * the recorded fact.
 */
public final class SubmitSlip implements Command<SlipJudged> {
  /** Of a slip; some 24 times the usual. A longer one is sent as several, each with a reference. */
  public static final int MOST_LINES = 1_000;

  /** The batch was unknown when the slip was prepared, and the check part not compared. */
  static final byte NOT_COMPARED = 0;

  static final byte GENUINE = 1;
  static final byte FALSE = 2;

  private final VenueId venue;
  private final SlipReference reference;
  private final List<SlipLine> lines;
  private final byte[] checkParts;
  private final String contentDigest;

  /**
   * @param checkParts one per line
   */
  SubmitSlip(
      VenueId venue,
      SlipReference reference,
      List<SlipLine> lines,
      byte[] checkParts,
      String contentDigest) {
    this.venue = venue;
    this.reference = reference;
    this.lines = List.copyOf(lines);
    this.checkParts = checkParts;
    this.contentDigest = contentDigest;
  }

  public VenueId venue() {
    return venue;
  }

  public SlipReference reference() {
    return reference;
  }

  public List<SlipLine> lines() {
    return lines;
  }

  byte checkPart(int line) {
    return checkParts[line];
  }

  String contentDigest() {
    return contentDigest;
  }

  @Override
  public String toString() {
    return "SubmitSlip[%s/%s, %d lines]".formatted(venue, reference, lines.size());
  }
}
