package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import java.util.Optional;

/**
 * Names an establishment (Insee): SIREN of its organisation, 9 digits, and its NIC, 5 digits of
 * which the last is the check digit.
 *
 * <p>The 14 digits satisfy Luhn's formula. La Poste (SIREN 356 000 000) has more establishments
 * than the formula leaves numbers for: hers are accepted too if their plain digit sum is a multiple
 * of 5.
 *
 * @param digits 14, without blanks
 */
public record Siret(String digits) implements VenueIdentifier {
  private static final int LENGTH = 14;
  private static final String LA_POSTE = "356000000";
  private static final String NO_SIREN = "000000000";

  public Siret {
    if (!isValid(digits)) {
      throw new IllegalArgumentException(
          "SIRET must be 14 digits with a right check digit, not '%s'".formatted(digits));
    }
  }

  /**
   * @param written with or without blanks
   */
  public static Optional<Siret> of(String written) {
    String digits = Pivot.compact(written);
    return isValid(digits) ? Optional.of(new Siret(digits)) : Optional.empty();
  }

  /** A SIREN of zeros satisfies the formula and names nobody: national lists write it for none. */
  static boolean isPlaceholder(String digits) {
    return isFourteenDigits(digits) && digits.startsWith(NO_SIREN);
  }

  public static boolean isValid(String digits) {
    return isFourteenDigits(digits)
        && !digits.startsWith(NO_SIREN)
        && (luhn(digits) || digits.startsWith(LA_POSTE) && digitSum(digits) % 5 == 0);
  }

  private static boolean isFourteenDigits(String digits) {
    return digits.length() == LENGTH && digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < LENGTH; i++) {
      int digit = digits.charAt(i) - '0';
      // Every second digit from the right but one, which with 14 digits are those from the left.
      int weighed = i % 2 == 0 ? 2 * digit : digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }

  private static int digitSum(String digits) {
    return digits.chars().map(c -> c - '0').sum();
  }

  @Override
  public IdentifiedBy identifiedBy() {
    return IdentifiedBy.SIRET;
  }

  @Override
  public VenueId venueId() {
    return new VenueId(digits);
  }

  @Override
  public String toString() {
    return digits;
  }
}
