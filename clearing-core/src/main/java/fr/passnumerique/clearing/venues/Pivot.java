package fr.passnumerique.clearing.venues;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the {@code pivot} of a LaMednum list comes to: an identifier, or what is wrong with it. */
sealed interface Pivot {

  record Read(VenueIdentifier identifier) implements Pivot {}

  record Unreadable(String message, String remedy) implements Pivot {}

  /**
   * @param written blanks are passed over and letters may be small, as people write identifiers
   */
  static Pivot read(String written) {
    return Siret.of(written)
        .<VenueIdentifier>map(siret -> siret)
        .or(() -> Rna.of(written))
        .or(() -> Ridet.of(written))
        .or(() -> Unidentified.of(written))
        .<Pivot>map(Read::new)
        .orElseGet(() -> Misread.tell(compact(written)));
  }

  /** Without blanks of any kind, in capitals. */
  static String compact(String written) {
    return Misread.BLANKS.matcher(written).replaceAll("").toUpperCase(Locale.ROOT);
  }

  /** The mistakes that lists in use make. */
  final class Misread {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0\\u202F]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern SPREADSHEET_NUMBER =
        Pattern.compile("[0-9]([.,][0-9]+)?E\\+?[0-9]+|[0-9]+[.,][0-9]{1,2}");
    private static final String LOOK_UP =
        "look the SIRET up in annuaire-entreprises.data.gouv.fr, or give the RNA or RIDET";

    private Misread() {}

    private static Unreadable tell(String pivot) {
      if (pivot.isEmpty()) {
        return new Unreadable("a venue is not known without an identifier", LOOK_UP);
      }
      if (Siret.isPlaceholder(pivot)) {
        return new Unreadable("a SIRET of zeros stands for a missing one", LOOK_UP);
      }
      if (SPREADSHEET_NUMBER.matcher(pivot).matches()) {
        return new Unreadable(
            "the identifier was turned into a number, and digits of it may be lost",
            "format the column as text in the spreadsheet and enter the SIRET again");
      }
      if (DIGITS.matcher(pivot).matches()) {
        return switch (pivot.length()) {
          case 9 ->
              new Unreadable(
                  "9 digits are a SIREN, which names an organisation and not a place of it",
                  "give the establishment's SIRET of 14 digits");
          case 10 ->
              new Unreadable(
                  "a RIDET is the enterprise's 7 digits, not all zero, and the establishment's 3;"
                      + " a SIRET has 14 digits, not 10",
                  LOOK_UP);
          case 13 ->
              new Unreadable(
                  "a SIRET has 14 digits, not 13",
                  "put back the leading zero that a spreadsheet takes off");
          case 14 ->
              new Unreadable(
                  "the SIRET's check digit is wrong",
                  "compare it with the establishment's avis de situation");
          default ->
              new Unreadable("a SIRET has 14 digits, not %d".formatted(pivot.length()), LOOK_UP);
        };
      }
      return new Unreadable(
          "an identifier is a SIRET (14 digits), an RNA (W and 9 characters) or a RIDET (10"
              + " digits, as 0123456.001)",
          LOOK_UP);
    }
  }
}
