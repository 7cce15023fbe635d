package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.http.Problem.Fault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which transfer, cheque or credit note a refusal is about. Its sentence is all that has them, so
 * they are read from there: what follows a noun of the domain and can be an identifier only, since
 * it has a digit or a hyphen, and whatever is written as a cheque's serial is.
 */
final class NamedThings {
  private static final int MOST = 6;

  /** A noun that means two things is none of them: an order is of cheques or of refunds. */
  private static final Map<String, String> NOUNS =
      Map.ofEntries(
          Map.entry("agreement", "convention"),
          Map.entry("batch", "lot"),
          Map.entry("call", "appel de fonds"),
          Map.entry("credit note", "avoir"),
          Map.entry("debit note", "note de débit"),
          Map.entry("delivery", "livraison"),
          Map.entry("entry", "mouvement"),
          Map.entry("exception", "anomalie"),
          Map.entry("funder", "financeur"),
          Map.entry("give-back", "somme rendue"),
          Map.entry("hand-out", "remise"),
          Map.entry("line", "ligne"),
          Map.entry("opposition", "opposition"),
          Map.entry("prescriber", "prescripteur"),
          Map.entry("programme", "dispositif"),
          Map.entry("rebuild", "reconstruction"),
          Map.entry("receipt", "versement"),
          Map.entry("refund order", "ordre de remboursement"),
          Map.entry("reversal", "indu"),
          Map.entry("run", "règlement"),
          Map.entry("slip", "bordereau"),
          Map.entry("statement", "relevé"),
          Map.entry("transfer", "virement"),
          Map.entry("venue", "lieu"));

  private static final Pattern NAMED =
      Pattern.compile(
          "\\b(?:(?<noun>%s) (?<id>(?=[\\w.:/-]*[\\d-])\\w(?:[\\w.:/-]*\\w)?)|(?<serial>[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{4}\\b(?!-)))"
              .formatted(String.join("|", NOUNS.keySet())));

  private NamedThings() {}

  /** {@code virement T-12}, {@code chèque 0002K-00F7}; each once. */
  static List<String> in(Fault fault) {
    // The remedy is in the sentence too, and names what there could be instead.
    String rule = fault.message().replace("; " + fault.remedy(), "");
    Set<String> things = new LinkedHashSet<>();
    Matcher named = NAMED.matcher(rule);
    while (named.find()) {
      String noun = named.group("noun");
      things.add(
          noun == null
              ? "chèque " + named.group("serial")
              : NOUNS.get(noun) + ' ' + named.group("id"));
    }
    return things.stream().limit(MOST).toList();
  }
}
