package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import java.text.Normalizer;
import java.time.LocalDate;

/**
 * One line of a slip as a venue presents it: a cheque and the service it was given for.
 *
 * @param servedOn day of the service, Europe/Paris
 * @param service label of the mediation standard's {@code services}; kept trimmed and in Unicode
 *     NFC, so that the same label typed on two systems is the same
 */
public record SlipLine(
    ChequeCode cheque, LocalDate servedOn, String service, PointOfServiceId pointOfService) {
  public SlipLine {
    service = label(service);
  }

  /** The text as labels are compared: without the spaces around it, no-break ones too, in NFC. */
  static String label(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(text.charAt(to - 1))) {
      to--;
    }
    String label = text.substring(from, to);
    return hasNoMarks(label) ? label : Normalizer.normalize(label, Normalizer.Form.NFC);
  }

  /**
   * Below the first combining mark nothing has another form: most labels need no look at tables.
   */
  private static boolean hasNoMarks(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= '\u0300') {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
