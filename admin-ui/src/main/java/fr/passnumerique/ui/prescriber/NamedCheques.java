package fr.passnumerique.ui.prescriber;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.DistributionEndpoint.HandOutRange;
import fr.passnumerique.clearing.distribution.HeldCarnets;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.ui.deed.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Carnets and cheques as a person names them, one a line: what is printed on a cheque or read by a
 * scanner, the first and the last of a row, or carnets by their numbers in a batch. A whole code is
 * taken as well; its check part is dropped.
 *
 * @param lines as pages write them, in their order: they read the same again
 */
record NamedCheques(List<HandOutRange> carnets, List<ChequeRange> cheques, List<String> lines) {
  /** For who fills in a field of them. */
  static final String HINT =
      "Un par ligne : un chèque (00007-0003), une suite (00007-0003 à 00007-0008) ou des carnets"
          + " (00007 carnets 3 à 4). Un lecteur de codes convient.";

  private static final String NO_CHEQUES =
      "Ligne %d : écrivez les neuf premiers caractères d’un chèque, comme 00007-0003, le premier et"
          + " le dernier d’une suite, ou le lot et le numéro d’un carnet, comme 00007 carnet 3.";
  private static final String REVERSED = "Ligne %d : donnez le plus petit numéro d’abord.";
  private static final String TWO_BATCHES =
      "Ligne %d : le premier et le dernier chèque d’une suite sont d’un même lot.";
  private static final String BY_CHEQUES =
      "Ligne %d : nommez un carnet par son premier et son dernier chèque.";

  /** A thousand rows, as many as the API takes one by one. */
  private static final int LONGEST = 24_000;

  private static final int MOST_DIGITS = 7;
  private static final Pattern APART = Pattern.compile("\\R|[,;]");
  private static final Pattern CARNETS =
      Pattern.compile(
          "(?<batch>[0-9a-z]{5})(\\s+carnets?\\s+|/)(?<first>\\d{1,%1$d})(\\s*(à|a|-)\\s*(?<last>\\d{1,%1$d}))?"
              .formatted(MOST_DIGITS),
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern ROW = Pattern.compile("\\s+(à|a)\\s+|\\s*…\\s*");

  NamedCheques {
    carnets = List.copyOf(carnets);
    cheques = List.copyOf(cheques);
    lines = List.copyOf(lines);
  }

  /**
   * @throws IllegalArgumentException for a line that names none, with a sentence for who typed it
   */
  static NamedCheques read(String text) {
    return read(text, true);
  }

  /**
   * The same where carnets have no numbers.
   *
   * @throws IllegalArgumentException for carnets too
   */
  static NamedCheques readCheques(String text) {
    return read(text, false);
  }

  private static NamedCheques read(String text, boolean byCarnet) {
    List<HandOutRange> carnets = new ArrayList<>();
    List<ChequeRange> cheques = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    String[] typed = APART.split(text);
    for (int i = 0; i < typed.length; i++) {
      String line = typed[i].strip();
      Matcher numbered = CARNETS.matcher(line);
      if (numbered.matches()) {
        if (!byCarnet) {
          throw fault(BY_CHEQUES, i + 1);
        }
        HandOutRange range = carnets(numbered, i + 1);
        carnets.add(range);
        lines.add(words(range.batch().toString(), range.first(), range.last()));
      } else if (!line.isEmpty()) {
        ChequeRange range = cheques(line, i + 1);
        cheques.add(range);
        lines.add(words(range));
      }
    }
    return new NamedCheques(carnets, cheques, lines);
  }

  /** What is in stock, as it would be named. */
  static String words(HeldCarnets.Row row) {
    return row.carnets()
        .map(numbers -> words(row.batch(), numbers.first(), numbers.last()))
        .orElseGet(() -> words(row.first(), row.last()));
  }

  static String words(ChequeRange range) {
    return words(new Serial(range.batch(), range.first()), new Serial(range.batch(), range.last()));
  }

  static String words(Serial first, Serial last) {
    return first.equals(last) ? first.toString() : first + " à " + last;
  }

  private static String words(String batch, int first, int last) {
    return first == last
        ? "%s carnet %d".formatted(batch, first)
        : "%s carnets %d à %d".formatted(batch, first, last);
  }

  /** As a field of them holds it. */
  static String text(Stream<String> lines) {
    return lines.collect(Collectors.joining("\n"));
  }

  /** A field of them, whose faults name the line. */
  static Field field(String label, String hint, Function<String, NamedCheques> reading) {
    return Field.note("cheques", label)
        .upTo(LONGEST)
        .hint(hint)
        .refusing(
            text -> {
              try {
                var _ = reading.apply(text);
                return Optional.empty();
              } catch (IllegalArgumentException e) {
                return Optional.of(String.valueOf(e.getMessage()));
              }
            });
  }

  /** As the API takes rows of cheques. */
  List<HandOutRange> ranges() {
    return cheques.stream()
        .map(range -> new HandOutRange(range.batch(), range.first(), range.last()))
        .toList();
  }

  private static HandOutRange carnets(Matcher numbered, int line) {
    Batch batch;
    try {
      batch = Batch.parse(numbered.group("batch").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw fault(NO_CHEQUES, line);
    }
    int first = Integer.parseInt(numbered.group("first"));
    String last = numbered.group("last");
    return ascending(
        new HandOutRange(batch, first, last == null ? first : Integer.parseInt(last)), line);
  }

  private static HandOutRange ascending(HandOutRange range, int line) {
    if (range.last() < range.first()) {
      throw fault(REVERSED, line);
    }
    return range;
  }

  private static ChequeRange cheques(String text, int line) {
    String[] ends = ROW.split(text, 2);
    Serial first = serial(ends[0], line);
    Serial last = ends.length == 1 ? first : serial(ends[1], line);
    if (!first.batch().equals(last.batch())) {
      throw fault(TWO_BATCHES, line);
    }
    if (last.ordinal() < first.ordinal()) {
      throw fault(REVERSED, line);
    }
    return new ChequeRange(first.batch(), first.ordinal(), last.ordinal());
  }

  private static Serial serial(String text, int line) {
    try {
      return ChequeCode.parse(text).map(ChequeCode::serial).orElseGet(() -> Serial.parse(text));
    } catch (IllegalArgumentException _) {
      throw fault(NO_CHEQUES, line);
    }
  }

  private static IllegalArgumentException fault(String sentence, int line) {
    return new IllegalArgumentException(sentence.formatted(line));
  }
}
