package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names an establishment in Nouvelle-Calédonie (Isee): the enterprise's RID, 7 digits, and the
 * establishment's 3. Only the form is tested; a list's row is taken for one in département 988
 * only, since elsewhere ten digits are a mutilated SIRET.
 *
 * @param digits 10, without blanks or point
 */
public record Ridet(String digits) implements VenueIdentifier {
  private static final Pattern FORM = Pattern.compile("[0-9]{10}");
  private static final Pattern POINTED = Pattern.compile("([0-9]{7})\\.([0-9]{3})");

  public Ridet {
    if (!isValid(digits)) {
      throw new IllegalArgumentException("RIDET must be 10 digits, not '%s'".formatted(digits));
    }
  }

  /**
   * @param written with or without blanks, with or without the point before the establishment
   */
  public static Optional<Ridet> of(String written) {
    String digits = POINTED.matcher(Pivot.compact(written)).replaceFirst("$1$2");
    return isValid(digits) ? Optional.of(new Ridet(digits)) : Optional.empty();
  }

  public static boolean isValid(String digits) {
    return FORM.matcher(digits).matches() && !digits.startsWith("0000000");
  }

  @Override
  public IdentifiedBy identifiedBy() {
    return IdentifiedBy.RIDET;
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
