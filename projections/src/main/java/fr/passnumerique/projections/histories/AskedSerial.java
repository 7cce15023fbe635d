package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Serial;
import java.util.List;

/**
 * What an asker typed to name a cheque: its serial, or the whole code as printed. The check part is
 * dropped at once: it is a secret, and nothing about a cheque's life depends on it.
 */
final class AskedSerial {
  private static final int SERIAL_CHARACTERS = 9;
  private static final int CHECK_CHARACTERS = 6;

  private AskedSerial() {}

  /**
   * @throws Problem that repeats nothing of the text
   */
  static Serial parse(String text) {
    int characters = 0;
    int serialEnd = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // As printed, the check part may also be masked: XXXXX-XXXX-******.
      if (Character.isLetterOrDigit(c) || c == '*') {
        characters++;
        if (characters == SERIAL_CHARACTERS) {
          serialEnd = i + 1;
        }
      }
    }
    try {
      return Serial.parse(
          characters == SERIAL_CHARACTERS + CHECK_CHARACTERS ? text.substring(0, serialEnd) : text);
    } catch (IllegalArgumentException e) {
      String message = "a serial is %d digits or letters other than U".formatted(SERIAL_CHARACTERS);
      String remedy = "copy the first two groups of the cheque";
      throw Problem.badRequest(
          "INVALID_SERIAL",
          message + "; " + remedy,
          List.of(Problem.Fault.of("serial", "", message, remedy)));
    }
  }
}
