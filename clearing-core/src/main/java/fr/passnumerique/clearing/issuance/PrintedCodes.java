package fr.passnumerique.clearing.issuance;

import java.io.IOException;
import java.io.Writer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The codes of consecutive cheques of a batch, for the printer. Derived from the batch's key as
 * they are written, and kept nowhere. {@link CodeDesk} gives them to whoever may have them.
 */
public final class PrintedCodes {
  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setHeader("serial", "code").get();

  private final ChequesIssued issued;
  private final int first;
  private final int last;
  private final CheckKeys keys;

  /**
   * Finds the key, so that a missing one is told before the first line is sent.
   *
   * @param first ordinal, inclusive
   * @param last ordinal, inclusive
   * @throws IllegalStateException if the key is missing or damaged
   */
  PrintedCodes(ChequesIssued issued, int first, int last, CheckKeys keys) {
    this.issued = issued;
    this.first = first;
    this.last = last;
    this.keys = keys;
    code(first);
  }

  /** A header, then {@code XXXXX-XXXX,XXXXX-XXXX-CCCCCC} per cheque. */
  void writeTo(Writer out) throws IOException {
    try (CSVPrinter csv = new CSVPrinter(out, CSV)) {
      for (int ordinal = first; ordinal <= last; ordinal++) {
        ChequeCode code = code(ordinal);
        csv.printRecord(code.serial(), code.printed());
      }
    }
  }

  public ChequesIssued issued() {
    return issued;
  }

  /** Ordinal, inclusive. */
  public int first() {
    return first;
  }

  /** Ordinal, inclusive. */
  public int last() {
    return last;
  }

  /** Of a cheque from the first to the last. */
  public ChequeCode code(int ordinal) {
    if (ordinal < first || ordinal > last) {
      throw new IllegalArgumentException(
          "codes %d to %d are printed, not %d".formatted(first, last, ordinal));
    }
    Serial serial = new Serial(issued.batch(), ordinal);
    return new ChequeCode(serial, keys.check(serial, issued.checkKeyName()));
  }
}
