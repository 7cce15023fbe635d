package fr.passnumerique.ui.slip;

import fr.passnumerique.ui.words.Trouble;
import fr.passnumerique.ui.words.VerdictReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slip before it is sent: what would become of each line if it were sent now.
 *
 * @param kept the whole draft, for the next step
 * @param rows in the slip's order
 * @param amountCents what the accepted lines come to
 * @param recorded it is recorded already, with these very lines
 * @param seen seal of what its reader sees of the lines, which comes back with what is sent
 * @param sendable it can be sent as it is; lines to be rejected are recorded as rejected
 */
record SlipReview(
    String reference,
    String kept,
    List<Row> rows,
    long amountCents,
    boolean recorded,
    boolean sendable,
    String seen,
    @Nullable Trouble trouble) {
  /** So many lines are mended at a time; a form has bounds. */
  static final int MENDED_AT_ONCE = 50;

  /**
   * @param number in the slip, from 1
   * @param shown the cheque's serial, or what was typed if it has none
   * @param faults by field, in words; empty if the line can be read
   */
  record Row(
      int number,
      SlipDraft.Line line,
      String shown,
      VerdictReading reading,
      Faults faults,
      boolean accepted) {}

  /** What is wrong with each field; empty if nothing is. */
  record Faults(String cheque, String servedOn, String service, String pointOfService) {
    static final Faults NONE = new Faults("", "", "", "");

    public boolean any() {
      return !equals(NONE);
    }
  }

  SlipReview seen(String seal) {
    return new SlipReview(reference, kept, rows, amountCents, recorded, sendable, seal, trouble);
  }

  SlipReview telling(Trouble told) {
    return new SlipReview(reference, kept, rows, amountCents, recorded, sendable, seen, told);
  }

  public List<Row> accepted() {
    return rows.stream().filter(Row::accepted).toList();
  }

  public List<Row> toMend() {
    return rows.stream().filter(row -> !row.accepted()).toList();
  }

  public List<Row> toMendNow() {
    return rows.stream().filter(row -> !row.accepted()).limit(MENDED_AT_ONCE).toList();
  }

  public int toMendLater() {
    return Math.max(0, toMend().size() - MENDED_AT_ONCE);
  }

  public long unreadable() {
    return rows.stream().filter(row -> row.faults().any()).count();
  }
}
