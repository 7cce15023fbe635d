package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a place that no register identifies: by what its list calls it. The same row of the same
 * list has the same name each time; it stands until somebody says which SIRET it is of.
 *
 * @param name {@code SANS-} and 16 hexadecimal digits
 */
public record Unidentified(String name) implements VenueIdentifier {
  private static final Pattern FORM = Pattern.compile("SANS-[0-9A-F]{16}");
  private static final int DIGITS = 16;

  public Unidentified {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a place without identifier is named SANS- and 16 digits, not '%s'".formatted(name));
    }
  }

  public static Optional<Unidentified> of(String written) {
    String name = Pivot.compact(written);
    return FORM.matcher(name).matches() ? Optional.of(new Unidentified(name)) : Optional.empty();
  }

  /**
   * @param source what the row names as its source, empty if nothing
   * @param id of the row
   */
  static Unidentified ofRow(String source, String id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((source + "\n" + id).getBytes(StandardCharsets.UTF_8));
      String digits = HexFormat.of().formatHex(digest).substring(0, DIGITS);
      return new Unidentified("SANS-" + digits.toUpperCase(Locale.ROOT));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public IdentifiedBy identifiedBy() {
    return IdentifiedBy.NONE;
  }

  @Override
  public VenueId venueId() {
    return new VenueId(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
