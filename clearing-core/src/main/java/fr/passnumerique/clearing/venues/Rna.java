package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names an association in the répertoire national des associations: W, three characters of the
 * registry that gave it, six more. The registry's part has a letter in Corse ({@code W2A1000119})
 * and overseas ({@code W9R1011072}), so that nine digits would refuse them. There is no check
 * digit.
 *
 * @param number 10 characters, capitals, without blanks
 */
public record Rna(String number) implements VenueIdentifier {
  private static final Pattern FORM = Pattern.compile("W[0-9][0-9A-Z][0-9]{7}");

  public Rna {
    if (!isValid(number)) {
      throw new IllegalArgumentException(
          "RNA must be W and 9 characters such as W751234567 or W2A1000119, not '%s'"
              .formatted(number));
    }
  }

  /**
   * @param written with or without blanks, in small letters or capitals
   */
  public static Optional<Rna> of(String written) {
    String number = Pivot.compact(written);
    return isValid(number) ? Optional.of(new Rna(number)) : Optional.empty();
  }

  public static boolean isValid(String number) {
    return FORM.matcher(number).matches();
  }

  @Override
  public IdentifiedBy identifiedBy() {
    return IdentifiedBy.RNA;
  }

  @Override
  public VenueId venueId() {
    return new VenueId(number);
  }

  @Override
  public String toString() {
    return number;
  }
}
