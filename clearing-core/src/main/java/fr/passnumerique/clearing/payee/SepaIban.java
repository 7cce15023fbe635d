package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.iban4j.IbanFormatException;
import org.iban4j.IbanFormatException.IbanFormatViolation;
import org.iban4j.IbanUtil;
import org.iban4j.InvalidCheckDigitException;
import org.iban4j.UnsupportedCountryException;

/**
 * An IBAN that a SEPA credit transfer reaches. What is wrong with one is told without repeating it.
 */
public final class SepaIban {
  /**
   * Codes that IBANs begin with in the area's countries. The French départements and communities
   * overseas have FR; Guernsey, Jersey and Man have GB.
   */
  private static final Set<String> COUNTRIES =
      Set.of(
          "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB",
          "GI", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK",
          "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "SM", "VA");

  private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0\\u202F]+");

  private static final Pattern FORM = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}");

  private SepaIban() {}

  /**
   * @param written with or without blanks, in capitals or small letters
   * @return letters and digits only
   * @throws Problem 400 {@code INVALID_IBAN}
   */
  public static String require(String written) {
    String iban = BLANKS.matcher(written).replaceAll("").toUpperCase(Locale.ROOT);
    if (iban.isEmpty()) {
      throw bad("the IBAN is missing");
    }
    if (!FORM.matcher(iban).matches()) {
      throw bad("an IBAN is two letters, two digits and up to 30 letters or digits");
    }
    try {
      IbanUtil.validate(iban);
    } catch (InvalidCheckDigitException _) {
      throw bad("the IBAN's check digits are wrong (modulo 97)");
    } catch (UnsupportedCountryException _) {
      throw bad("no country's IBANs begin with these two letters");
    } catch (IbanFormatException e) {
      throw bad(
          e.getFormatViolation() == IbanFormatViolation.BBAN_LENGTH
              ? "the IBAN is longer or shorter than its country's"
              : "the IBAN is not formed as its country's are");
    }
    if (!COUNTRIES.contains(iban.substring(0, 2))) {
      throw bad(
          "the IBAN's country %s is outside SEPA, which transfers do not leave"
              .formatted(iban.substring(0, 2)),
          "give an account in a SEPA country");
    }
    return iban;
  }

  private static Problem bad(String message) {
    return bad(message, "copy it from the RIB");
  }

  private static Problem bad(String message, String remedy) {
    return Problem.badRequest(
        "INVALID_IBAN", message + "; " + remedy, List.of(Fault.of("iban", "", message, remedy)));
  }
}
