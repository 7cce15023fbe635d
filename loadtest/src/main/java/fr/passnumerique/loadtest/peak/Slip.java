package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.redemption.Verdict;

/**
 * A slip to present, the same for every way. Columns instead of lines: there are millions.
 *
 * @param number counts all slips of a plan from 0
 * @param venue index in {@link Plan#venues()}
 * @param serials of the cheques, as {@code Serial.key()}
 * @param checkParts as the venue read them
 * @param sites indices in {@link Plan#sites()}
 * @param servedOn days since 1970-01-01
 * @param expected the verdict that the rules give; of a contested cheque, that if the clients come
 *     in their order
 * @param contested its first lines so many, whose cheques each client of the round presents on a
 *     slip of its own: one of them has it, whoever
 */
@SuppressWarnings("ArrayRecordComponent") // told apart by their number
public record Slip(
    int number,
    int venue,
    String reference,
    long[] serials,
    int[] checkParts,
    int[] sites,
    int[] servedOn,
    Verdict[] expected,
    Resend resend,
    int contested) {

  /** Whether the same slip is sent a second time. */
  enum Resend {
    NO,
    /** By the same client, as its next request. */
    AFTERWARDS,
    /** By another client, at about the same moment: a double click. */
    AT_THE_SAME_MOMENT
  }

  /** Whether the rules give that verdict on a line. */
  boolean mayBe(int line, Verdict verdict) {
    return verdict == expected[line]
        || line < contested && (verdict == Verdict.ACCEPTED || verdict == Verdict.ALREADY_REDEEMED);
  }

  public int lines() {
    return serials.length;
  }

  int accepted() {
    int accepted = 0;
    for (Verdict verdict : expected) {
      if (verdict == Verdict.ACCEPTED) {
        accepted++;
      }
    }
    return accepted;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slip slip && slip.number == number;
  }

  @Override
  public int hashCode() {
    return number;
  }
}
