package fr.passnumerique.clearing.settlement;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.funding.ProgrammeId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Locale;

/**
 * Texts and identifiers as banks take them: the letters, digits and signs of the European Payments
 * Council's <i>SEPA Requirements for an Extended Character Set</i> (EPC217-08), of which every bank
 * passes the basic Latin part on.
 */
final class BankText {
  private static final String SIGNS = "/-?:().,'+ ";

  /** Leaves room in 35 characters for a hyphen and a transfer's number. */
  private static final int LONGEST_RUN = 28;

  private static final int LONGEST_IDENTIFIER = 40;

  private BankText() {}

  /**
   * @param longest characters; what is beyond is cut off
   * @return the text without accents, other foreign characters as spaces; it neither begins nor
   *     ends with a slash nor holds two in a row
   */
  static String of(String text, int longest) {
    String plain =
        Normalizer.normalize(spelledOut(text), Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    StringBuilder allowed = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      allowed.append(isAllowed(c) ? c : ' ');
    }
    String tidy = allowed.toString().replaceAll("/{2,}", "/").replaceAll(" {2,}", " ");
    String cut = tidy.strip();
    cut = cut.substring(0, Math.min(longest, cut.length()));
    return cut.replaceAll("^[/ ]+|[/ ]+$", "");
  }

  private static String spelledOut(String text) {
    return text.replace("œ", "oe")
        .replace("Œ", "OE")
        .replace("æ", "ae")
        .replace("Æ", "AE")
        .replace("ß", "ss")
        .replace("ø", "o")
        .replace("Ø", "O")
        .replace("&", "+")
        .replace("_", "-")
        .replace('’', '\'')
        .replace('‘', '\'')
        .replace('–', '-')
        .replace('—', '-');
  }

  private static boolean isAllowed(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || SIGNS.indexOf(c) >= 0;
  }

  /**
   * The run's identifier for the bank, by which it tells a file sent twice: the run's own where a
   * bank can take it, else made from its digest.
   *
   * @return 1 to 28 characters
   */
  static String idOf(SettlementRunId run) {
    String own = run.value();
    return own.length() <= LONGEST_RUN && own.indexOf('_') < 0 ? own : "R" + digest(own);
  }

  /** The run that a programme's calendar calls for: the same name each time, on any node. */
  static SettlementRunId scheduled(ProgrammeId programme, LocalDate cutOffDay) {
    String own = programme + "-" + cutOffDay;
    return new SettlementRunId(own.length() <= LONGEST_IDENTIFIER ? own : "R" + digest(own));
  }

  /**
   * @param number from 1, in the run's order
   * @return at most 35 characters; the same for the same run and number
   */
  static TransferId idOf(SettlementRunId run, int number) {
    return new TransferId(idOf(run) + "-" + number);
  }

  /** 128 bits in hexadecimal would be too long; 100 bits are enough. */
  private static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      String base64 = new String(Base64.getEncoder().encode(digest), US_ASCII);
      return base64.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT).substring(0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }
}
