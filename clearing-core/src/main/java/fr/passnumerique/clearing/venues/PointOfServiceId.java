package fr.passnumerique.clearing.venues;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.ReadableText;

/**
 * Names a point of service within its venue: the LaMednum {@code id} of one row, as its producer
 * chose it. Another venue's may be called the same.
 *
 * <p>Wider than the identifiers that our own users choose, because lists in use have ids such as
 * {@code Étapes-numériques_12}: accents, and longer than forty characters.
 *
 * @param value 1 to 100 visible characters, no blank at either end
 */
public record PointOfServiceId(@JsonValue String value) {
  static final int LONGEST = 100;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PointOfServiceId {
    if (!ReadableText.fits(value, LONGEST)) {
      throw new IllegalArgumentException(
          "pointOfServiceId must be 1 to %d visible characters, without blanks at its ends"
              .formatted(LONGEST));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
