package fr.passnumerique.ui.words;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.RefusalCode;
import fr.passnumerique.ui.words.RefusalWords.Words;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.core.JsonToken;

/** Whatever the engine can refuse, a page can say in French. */
class EveryRefusalHasWordsTest {
  private static final Path DOCUMENT = Path.of("../docs/refus.md");
  private static final Pattern CODE = Pattern.compile("[A-Z]+(_[A-Z0-9]+)+");

  /** Codes of one word: there are other words in capitals beside them. */
  private static final Set<String> SHORT_CODES =
      Set.of("BUSY", "FORBIDDEN", "UNAUTHENTICATED", "UNAVAILABLE");

  /** In capitals where problems are thrown, and no code of one. */
  private static final Set<String> NO_CODES =
      Set.of(
          "ANOTHER_ACCOUNT",
          "ENTRIES_LEFT_OUT",
          "FUNDER_CREDIT",
          "FUNDING_DEPARTEMENT",
          "SPENDING_DEPARTEMENT",
          "STATEMENT_DIFFERS");

  /** Of the JSON reader, in a {@code switch}. */
  private static final Set<String> TOKENS =
      Stream.of(JsonToken.values()).map(Enum::name).collect(Collectors.toSet());

  private static final Set<String> PLACES = Set.of("champ", "nom", "valeur", "attente");

  private static final Pattern ENGLISH =
      Pattern.compile(
          "\\b(the|is|are|was|were|of|and|or|not|no|for|from|with|this|that|it|be|been|must|may|to|by|has|have|correct|cheque[s]?|name|send|give)\\b",
          Pattern.CASE_INSENSITIVE);

  static final List<ClassModel> CLASSES = classes();

  @Test
  void everyCodeHasWordsAndNoWordsAreOfNothing() throws Exception {
    Set<String> codes = new TreeSet<>(codesOfCommands());
    codes.addAll(codesOfRequests());

    assertThat(without(codes, words().keySet())).as("codes that have no words").isEmpty();
    assertThat(without(words().keySet(), codes)).as("words that are of no code").isEmpty();
  }

  @Test
  void thereAreAsManyCodesAsOneWouldThink() throws Exception {
    assertThat(codesOfCommands()).hasSizeGreaterThan(260).contains("CEILING_EXCEEDED", "NO_LINES");
    assertThat(codesOfRequests()).hasSizeGreaterThan(80).contains("AS_OF_TOO_LATE", "BUSY");
  }

  @Test
  void theWordsAreFrenchSentencesWithKnownPlaces() {
    words()
        .forEach(
            (code, words) -> {
              assertThat(words.title().template()).as(code).matches("[\\p{Lu}«].*[^.]");
              for (Sentence sentence : List.of(words.why(), words.remedy())) {
                assertThat(sentence.template()).as(code).matches("(?s)[\\p{Lu}«].*\\.");
              }
              for (Sentence sentence : List.of(words.title(), words.why(), words.remedy())) {
                assertThat(PLACES).as(code).containsAll(sentence.places());
                String said = sentence.with(Map.of());
                assertThat(said).as(code).doesNotContainPattern("[\\[\\]{}'|]|  | [.,]");
                assertThat(said.replaceAll("« [^»]* »", ""))
                    .as(code)
                    .doesNotContainPattern(ENGLISH);
              }
            });
  }

  /** What a page calls otherwise a person would look for in vain. */
  @Test
  void theWordsAreThoseOfThePages() {
    words()
        .forEach(
            (code, words) ->
                assertThat(words.toString())
                    .as(code)
                    .doesNotContain("ncaissement", "estitution", "servedOn", "pointOfService"));
  }

  /** A place without a value would leave a hole: it stands in brackets, which are left out. */
  @Test
  void whatMayBeMissingStandsInBrackets() {
    words()
        .forEach(
            (code, words) ->
                Stream.of(words.title(), words.why(), words.remedy())
                    .forEach(
                        sentence ->
                            assertThat(sentence.template().replaceAll("\\[[^\\]]*]", ""))
                                .as(code)
                                .doesNotContain("{")));
  }

  /** With {@code -Drefus.write=true} this test writes the document. */
  @Test
  void theDocumentListsThem() throws IOException {
    String renewed = document();
    if (Boolean.getBoolean("refus.write")) {
      Files.writeString(DOCUMENT, renewed);
    }
    assertThat(Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "")
        .as("docs/refus.md is of another release; run this test with -Drefus.write=true")
        .isEqualTo(renewed);
  }

  private static String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # Les refus, en français

            Chaque refus a un code, stable pour toujours : l’API le donne dans `code`, avec une \
            phrase anglaise. Une page dit les mots ci-dessous. Cette liste est écrite par \
            `EveryRefusalHasWordsTest`, d’après les fichiers `refusals/*.properties`.
            """);
    for (String chapter : RefusalWords.CHAPTERS) {
      text.append("\n## ").append(chapter).append("\n\n");
      text.append("| code | titre | pourquoi | que faire |\n|---|---|---|---|\n");
      new TreeMap<>(RefusalWords.chapter(chapter))
          .forEach(
              (code, words) ->
                  text.append(
                      "| `%s` | %s | %s | %s |\n"
                          .formatted(
                              code,
                              words.title().with(Map.of()),
                              words.why().with(Map.of()),
                              words.remedy().with(Map.of()))));
    }
    return text.toString();
  }

  private static TreeMap<String, Words> words() {
    TreeMap<String, Words> all = new TreeMap<>();
    RefusalWords.CHAPTERS.forEach(
        chapter ->
            RefusalWords.chapter(chapter)
                .forEach(
                    (code, words) ->
                        assertThat(all.put(code, words)).as(code + " has words twice").isNull()));
    return all;
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static Set<String> codesOfCommands() throws ClassNotFoundException {
    Set<String> codes = new TreeSet<>();
    for (ClassModel model : CLASSES) {
      if (has(model, RefusalCode.class)) {
        for (Object code : Class.forName(nameOf(model)).getEnumConstants()) {
          codes.add(((RefusalCode) code).name());
        }
      }
    }
    return codes;
  }

  static boolean has(ClassModel model, Class<?> port) {
    return model.interfaces().stream().anyMatch(i -> i.asInternalName().equals(internal(port)));
  }

  /** What is written in capitals where a {@link Problem} is thrown, and why a moment is untold. */
  private static Set<String> codesOfRequests() {
    Set<String> codes = new TreeSet<>();
    for (ClassModel model : CLASSES) {
      boolean untold = nameOf(model).endsWith("UntoldMomentException$Why");
      if (untold || refersTo(model, Problem.class)) {
        model
            .constantPool()
            .forEach(
                entry -> {
                  if (entry instanceof StringEntry text && isCode(text.stringValue())) {
                    codes.add(text.stringValue());
                  }
                });
      }
    }
    return codes;
  }

  private static boolean isCode(String text) {
    return (CODE.matcher(text).matches() || SHORT_CODES.contains(text))
        && !NO_CODES.contains(text)
        && !TOKENS.contains(text);
  }

  private static boolean refersTo(ClassModel model, Class<?> type) {
    for (var entry : model.constantPool()) {
      if (entry instanceof ClassEntry named && named.asInternalName().equals(internal(type))) {
        return true;
      }
    }
    return false;
  }

  private static String internal(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private static String nameOf(ClassModel model) {
    return model.thisClass().asInternalName().replace('/', '.');
  }

  /** Of the engine, the projections and the application; not of their tests. */
  private static List<ClassModel> classes() {
    try {
      List<ClassModel> classes = new ArrayList<>();
      for (Resource resource :
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:fr/passnumerique/**/*.class")) {
        String place = resource.getURL().toString();
        if (!place.contains("test-classes") && !place.contains("-tests.jar")) {
          classes.add(ClassFile.of().parse(resource.getContentAsByteArray()));
        }
      }
      return classes;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
