package fr.passnumerique.ui.words;

import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sentence with places for values: {@code Aucun lot ne porte ce numéro[ : {valeur}].} What stands
 * in brackets is left out where a value of it is missing.
 */
record Sentence(String template) {
  private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\[\\]]*)\\]");
  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");

  /**
   * @param values by the names of their places; an empty one counts as missing
   */
  String with(Map<String, String> values) {
    String text =
        OPTIONAL
            .matcher(template)
            .replaceAll(
                part ->
                    Matcher.quoteReplacement(
                        PLACE.matcher(part.group(1)).results().allMatch(place -> has(values, place))
                            ? part.group(1)
                            : ""));
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), "")));
  }

  boolean names(String place) {
    return template.contains("{" + place + "}");
  }

  /** The names of all places. */
  Set<String> places() {
    return PLACE
        .matcher(template)
        .results()
        .map(place -> place.group(1))
        .collect(Collectors.toSet());
  }

  private static boolean has(Map<String, String> values, MatchResult place) {
    return !values.getOrDefault(place.group(1), "").isEmpty();
  }
}
