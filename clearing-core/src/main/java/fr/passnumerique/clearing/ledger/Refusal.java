package fr.passnumerique.clearing.ledger;

/**
 * Why a command was not carried out: a documented value, not an exception.
 *
 * @param message rule, value and remedy in one English sentence, free of personal data and of check
 *     parts: {@code order O-7 asks for 900.00 € but agreement A has 400.00 € left; order fewer
 *     cheques or sign an amendment}
 * @param field the name of the command's field at fault, empty if none
 * @param value what the field had; empty if that is a list, a free text or a secret
 * @param remedy what the sender can do
 */
public record Refusal(RefusalCode code, String message, String field, String value, String remedy) {
  public Refusal {
    if (remedy.isBlank()) {
      throw new IllegalArgumentException("a refusal without a remedy: " + message);
    }
  }

  public static Refusal of(RefusalCode code, String field, String message, String remedy) {
    return new Refusal(code, message, field, "", remedy);
  }

  public Refusal withValue(String sent) {
    return new Refusal(code, message, field, sent, remedy);
  }
}
