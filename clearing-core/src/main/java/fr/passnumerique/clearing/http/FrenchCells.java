package fr.passnumerique.clearing.http;

import fr.passnumerique.clearing.territory.Paris;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * Cells as a French spreadsheet reads them: what is a number, a day or a moment becomes one, and
 * what is a text stays the text that it is.
 *
 * <p>A spreadsheet takes whatever looks like a value for one: {@code 01} for 1, {@code 12E450003}
 * for a number too large to be, {@code 3-4} and {@code mars2} for days, {@code vrai} for a truth.
 * Such a text is written as the formula {@code ="01"}, which is shown, sorted and looked up as the
 * text. An apostrophe in front would be shown with it: in a file it is no sign to the spreadsheet.
 */
final class FrenchCells {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu");
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss").withZone(Paris.ZONE);

  private static final String MONTHS =
      "janv?(?:ier|uary)?|f[ée]vr?(?:ier)?|feb(?:ruary)?|mar(?:s|ch)?|avr(?:il)?|apr(?:il)?|mai|may"
          + "|juin|june?|juil(?:let)?|july?|ao[ûu]t|aug(?:ust)?|sept?(?:embre|ember)?"
          + "|oct(?:obre|ober)?|nov(?:embre|ember)?|d[ée]c(?:embre|ember)?";

  /**
   * Wider than what any one spreadsheet takes for a value, which depends on its settings: digits
   * with whatever may stand between and beside them in numbers, fractions, days and times, a month
   * with digits, a truth, an error.
   */
  private static final Pattern LOOKS_LIKE_A_VALUE =
      Pattern.compile(
          "(?iuU)\\s*(?:"
              + "[\\s.,:/%€$£()+-]*\\d[\\d\\s.,:/%€$£()e+-]*(?:\\s[ap]m?)?"
              + "|(?=.*\\d)[\\d\\s.,:/-]*(?:"
              + MONTHS
              + ")[\\d\\s.,:/-]*"
              + "|vrai|faux|true|false|#.*)\\s*");

  /** A spreadsheet takes no longer text in a formula. */
  private static final int LONGEST = 255;

  private FrenchCells() {}

  static String text(String text) {
    return text.length() <= LONGEST && LOOKS_LIKE_A_VALUE.matcher(text).matches()
        ? "=\"" + text.replace("\"", "\"\"") + "\""
        : inert(text);
  }

  /** Euros. */
  static String amount(long cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString().replace('.', ',');
  }

  static String day(LocalDate day) {
    return DAY.format(day);
  }

  /** In Paris, to the second: with less than that no spreadsheet takes it for a moment. */
  static String moment(Instant moment) {
    return MOMENT.format(moment);
  }

  /** What somebody else wrote must not run as a formula in a spreadsheet, French or not. */
  static String inert(String text) {
    String shown = text.strip();
    boolean runs = !shown.isEmpty() && "=+-@＝＋－＠".indexOf(shown.charAt(0)) >= 0;
    return runs || (!text.isEmpty() && "\t\r\n".indexOf(text.charAt(0)) >= 0) ? "'" + text : text;
  }
}
