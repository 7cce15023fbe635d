package fr.passnumerique.clearing.redemption;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a slip's file has in each row: under the API's name, or as a French spreadsheet heads it.
 */
public enum SlipColumn {
  CHEQUE("cheque", Set.of("cheque", "code", "code du cheque")),
  SERVED_ON("servedOn", Set.of("date", "date du service", "jour du service")),
  SERVICE("service", Set.of("service", "service rendu")),
  POINT_OF_SERVICE("pointOfService", Set.of("point d'accueil", "lieu"));

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}");

  private final String key;

  /** Small and without accents. */
  private final Set<String> inFrench;

  SlipColumn(String key, Set<String> inFrench) {
    this.key = key;
    this.inFrench = inFrench;
  }

  public String key() {
    return key;
  }

  /** By the API's names, in the order in which a file is written. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(SlipColumn::key).toList();
  }

  /**
   * @param heading in whatever case, with or without accents
   */
  public static Optional<SlipColumn> headed(String heading) {
    String written = heading.strip();
    String plain =
        ACCENTS
            .matcher(Normalizer.normalize(written, Normalizer.Form.NFD))
            .replaceAll("")
            .replace('’', '\'')
            .toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(column -> column.key.equalsIgnoreCase(written) || column.inFrench.contains(plain))
        .findFirst();
  }
}
