package fr.passnumerique.clearing.http;

/** How a table is written. */
public enum TableFormat {
  /** An array of objects, by the columns' names: integer cents, ISO days and instants, texts. */
  JSON("application/json", "json"),
  /**
   * For machines, RFC 4180 in UTF-8: comma, the columns' names, integer cents, ISO days and
   * instants.
   */
  CSV("text/csv;charset=UTF-8", "csv"),
  /**
   * As a French spreadsheet opens it: UTF-8 with its mark, semicolon, French headings, amounts in
   * euros with a decimal comma, days as 31/12/2026, times of Paris with those of UTC beside them,
   * and texts that look like numbers or days as texts.
   */
  EXCEL_FR("text/csv;charset=UTF-8", "csv");

  /** Of the parameter, in every operation that has it. */
  public static final String DESCRIPTION =
      "JSON; CSV for machines (comma, ISO days, integer cents); EXCEL_FR for a French spreadsheet"
          + " (semicolon, decimal comma, 31/12/2026, identifiers as texts)";

  private final String mediaType;
  private final String suffix;

  TableFormat(String mediaType, String suffix) {
    this.mediaType = mediaType;
    this.suffix = suffix;
  }

  String mediaType() {
    return mediaType;
  }

  /** Of a file's name, without its dot. */
  String suffix() {
    return suffix;
  }
}
