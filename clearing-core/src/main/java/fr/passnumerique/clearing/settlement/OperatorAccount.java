package fr.passnumerique.clearing.settlement;

import java.util.Optional;
import org.iban4j.BicUtil;
import org.iban4j.Iban4jException;
import org.iban4j.IbanUtil;

/**
 * The operator's ring-fenced account, from which venues are paid.
 *
 * @param name of its holder, as the bank knows it
 * @param iban letters and digits only
 * @param bic of the bank; banks of the area do without
 * @param town of the holder; with the country it makes a structured address
 */
record OperatorAccount(String name, String iban, Optional<String> bic, Optional<String> town) {

  /**
   * @throws IllegalStateException for what no bank would take: better the start fails than a
   *     payment
   */
  static OperatorAccount of(String name, String iban, String bic, String town) {
    String compact = iban.replaceAll("\\s", "");
    if (BankText.of(name, 70).isEmpty()) {
      throw new IllegalStateException(
          "pass.operator.name is missing beside pass.operator.iban; give the name of the account's"
              + " holder");
    }
    try {
      IbanUtil.validate(compact);
    } catch (Iban4jException _) {
      // Not repeated: what is nearly the operator's IBAN is nobody's business in a log.
      throw new IllegalStateException(
          "pass.operator.iban is not an IBAN (length, country or check digits); copy it from the"
              + " bank's RIB");
    }
    if (!bic.isBlank()) {
      try {
        BicUtil.validate(bic.strip());
      } catch (Iban4jException _) {
        throw new IllegalStateException(
            "pass.operator.bic is not a BIC of 8 or 11 characters; copy it from the bank's RIB or"
                + " leave it out");
      }
    }
    return new OperatorAccount(
        name.strip(),
        compact,
        Optional.of(bic.strip()).filter(text -> !text.isEmpty()),
        Optional.of(town.strip()).filter(text -> !text.isEmpty()));
  }

  /** A settings page or a log must not tell the IBAN. */
  @Override
  public String toString() {
    return "OperatorAccount[withheld]";
  }
}
