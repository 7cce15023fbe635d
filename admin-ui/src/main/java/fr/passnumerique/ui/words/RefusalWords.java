package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.ProblemBody;
import fr.passnumerique.clearing.ledger.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every refusal in French: what it is, why, and what can be done. Programs read the code and the
 * English sentence of the answer; a page reads the code alone and never shows that sentence, of
 * which it takes only the identifiers.
 *
 * <p>The words lie in {@code refusals/*.properties}, one file for each concern. A part in brackets
 * is said where the refusal has all of its values.
 */
public final class RefusalWords {
  private static final String FOLDER = "refusals/";
  private static final String TITLE = ".titre";
  private static final String WHY = ".pourquoi";
  private static final String REMEDY = ".remede";
  private static final int MOST_FAULTS = 12;

  /** Of a request that was refused before it had a code. */
  public static final Trouble UNTOLD =
      Trouble.of(
          "Demande refusée",
          "La demande ne peut pas être traitée telle qu’elle a été envoyée.",
          "Revenez à la page précédente, corrigez, puis recommencez.");

  /** The files, in the order of a cheque's life. */
  static final List<String> CHAPTERS =
      List.of(
          "funding",
          "issuance",
          "distribution",
          "venues",
          "redemption",
          "settlement",
          "bank",
          "reversal",
          "expiry",
          "upkeep",
          "access",
          "requests");

  private static final Map<String, Words> ALL =
      CHAPTERS.stream()
          .flatMap(chapter -> chapter(chapter).entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  /** What one code says. */
  record Words(Sentence title, Sentence why, Sentence remedy) {}

  private RefusalWords() {}

  /** Of a command. */
  public static Trouble of(Refusal refusal) {
    return of(Problem.of(refusal));
  }

  /** Of a request. */
  public static Trouble of(Problem problem) {
    return told(problem.code(), problem.faults(), problem.retryAfterSeconds());
  }

  /** Of a request that ends at the page of errors. */
  public static Trouble of(ProblemBody problem) {
    boolean ours = problem.status() >= 500 && !ALL.containsKey(problem.code());
    return told(ours ? "INTERNAL_ERROR" : problem.code(), problem.errors(), 0);
  }

  /** Of what was refused before, of which the code alone is kept. */
  public static String title(String code) {
    return told(code, List.of(), 0).title();
  }

  /** {@code 40 secondes}, {@code 5 minutes}: how long to wait. */
  public static String duration(long seconds) {
    if (seconds < 120) {
      return seconds == 1 ? "une seconde" : seconds + " secondes";
    }
    return (seconds + 59) / 60 + " minutes";
  }

  private static Trouble told(String code, List<Fault> faults, long retryAfterSeconds) {
    Words words = ALL.get(code);
    if (words == null) {
      // No English either: a code is for whoever is asked about it.
      return new Trouble(
          UNTOLD.title(),
          Stream.concat(UNTOLD.lines().stream(), Stream.of("Code : %s.".formatted(code))).toList());
    }
    Map<String, String> values = new HashMap<>();
    if (retryAfterSeconds > 0) {
      values.put("attente", duration(retryAfterSeconds));
    }
    Optional<Fault> only = faults.size() == 1 ? Optional.of(faults.getFirst()) : Optional.empty();
    only.ifPresent(
        fault -> {
          values.put("champ", Fields.labelOf(fault.field()));
          values.put("nom", fault.field());
          values.put("valeur", Fields.shown(fault));
        });
    List<String> lines = new ArrayList<>();
    lines.add(words.why().with(values));
    if (only.filter(fault -> fault.line() == 0).isPresent()) {
      about(only.get(), words).ifPresent(lines::add);
    } else {
      listed(faults, lines);
    }
    lines.add(words.remedy().with(values));
    return new Trouble(words.title().with(values), lines);
  }

  /** What the refusal is about, as far as the words have not said it. */
  private static Optional<String> about(Fault fault, Words words) {
    List<String> things = NamedThings.in(fault);
    String value = Fields.shown(fault);
    boolean said =
        value.isEmpty()
            || words.why().names("valeur")
            || things.stream().anyMatch(thing -> thing.endsWith(value));
    String given =
        said || fault.field().isEmpty()
            ? ""
            : "%s : %s.".formatted(Fields.labelOf(fault.field()), value);
    String about = things.isEmpty() ? "" : "Concerne : %s.".formatted(String.join(", ", things));
    String line =
        Stream.of(given, about).filter(s -> !s.isEmpty()).collect(Collectors.joining(" "));
    return Optional.of(line).filter(s -> !s.isEmpty());
  }

  /** The places to mend, of a file or of a form. */
  private static void listed(List<Fault> faults, List<String> lines) {
    faults.stream()
        .limit(MOST_FAULTS)
        .map(Fields::place)
        .filter(s -> !s.isEmpty())
        .forEach(lines::add);
    if (faults.size() > MOST_FAULTS) {
      lines.add("Et %d autres.".formatted(faults.size() - MOST_FAULTS));
    }
  }

  /** The codes that have words in a file, and what they say. */
  static Map<String, Words> chapter(String name) {
    Map<String, String> told = WordFile.read(FOLDER + name);
    SortedSet<String> codes = new TreeSet<>();
    told.keySet().forEach(key -> codes.add(key.substring(0, Math.max(0, key.indexOf('.')))));
    Map<String, Words> words = new HashMap<>();
    for (String code : codes) {
      words.put(
          code,
          new Words(
              sentence(told, code + TITLE),
              sentence(told, code + WHY),
              sentence(told, code + REMEDY)));
    }
    return words;
  }

  private static Sentence sentence(Map<String, String> told, String key) {
    String text = told.get(key);
    if (text == null || text.isBlank()) {
      throw new IllegalStateException("there are no words for " + key);
    }
    return new Sentence(text);
  }
}
