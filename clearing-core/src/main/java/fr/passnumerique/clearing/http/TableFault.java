package fr.passnumerique.clearing.http;

/** Why a file is not the table that was asked for: a page says it in the words of its reader. */
public enum TableFault {
  /** The first line names none of the columns. */
  HEADER_MISSING,
  /** Tabulators stand between the columns. */
  SEPARATOR,
  COLUMN_UNKNOWN,
  COLUMN_TWICE,
  COLUMN_MISSING,
  /** There is nothing below the header. */
  ROWS_MISSING,
  /** A row has more or fewer fields than the header. */
  ROW_LENGTH,
  /** A quotation mark is not closed, or text follows the closed one. */
  QUOTE_OPEN;

  /** Whether the first line is parted by tabulators, and by nothing that a reader takes. */
  public static boolean isTabulated(String text) {
    String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    return header.indexOf('\t') >= 0 && header.indexOf(';') < 0 && header.indexOf(',') < 0;
  }
}
