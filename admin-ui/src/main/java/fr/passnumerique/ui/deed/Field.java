package fr.passnumerique.ui.deed;

import fr.passnumerique.clearing.http.LedgerYears;
import fr.passnumerique.ui.words.French;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One field of a form: how it looks and what it takes. Immutable; each of the methods below gives
 * another one.
 *
 * @param name of the operation's own field where there is one, so that its refusal finds the place
 * @param hint what to enter, with an example; empty for none
 * @param longest in characters; of a file in bytes
 * @param choices of a select or of boxes, in their order
 * @param fault why a value will not do, as a sentence for who typed it; empty if it will
 */
public record Field(
    String name,
    String label,
    String hint,
    Kind kind,
    boolean optional,
    int longest,
    List<Choice> choices,
    Function<String, Optional<String>> fault) {
  static final String PARTED = ",";

  private static final int LINE = 140;
  private static final int LONGEST_NAME = 40;

  /** Of a note, the end of a line and a tabulator may be there. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}&&[^\\r\\n\\t]]");

  /** What is entered, and as what it is read. */
  public enum Kind {
    TEXT,
    /** Several lines. */
    NOTE,
    /** {@code 1 234,50}: read as cents, above 0. */
    EUROS,
    /** {@code 31/12/2026} or ISO. */
    DAY,
    CHOICE,
    /** One or several of them, sent and kept parted by commas: no value holds one. */
    CHOICES,
    /** A file of text, kept in the page between the two steps. */
    FILE
  }

  /**
   * @param value as it is sent; never shown
   */
  public record Choice(String value, String label) {}

  public Field {
    choices = List.copyOf(choices);
  }

  private static Field of(String name, String label, Kind kind, int longest) {
    return new Field(name, label, "", kind, false, longest, List.of(), _ -> Optional.empty());
  }

  public static Field text(String name, String label) {
    return of(name, label, Kind.TEXT, LINE);
  }

  public static Field note(String name, String label) {
    return of(name, label, Kind.NOTE, 2_000);
  }

  public static Field euros(String name, String label) {
    return of(name, label, Kind.EUROS, 20)
        .refusing(
            text ->
                French.cents(text).isPresent()
                    ? Optional.empty()
                    : Optional.of("Écrivez un montant en euros, comme 1 234,50."));
  }

  public static Field day(String name, String label) {
    return of(name, label, Kind.DAY, 10)
        .refusing(
            text ->
                French.day(text).filter(LedgerYears::hold).isPresent()
                    ? Optional.empty()
                    : Optional.of("Écrivez un jour, comme 31/12/2026."));
  }

  public static Field choice(String name, String label, List<Choice> choices) {
    Field field = of(name, label, Kind.CHOICE, LINE);
    return new Field(name, label, "", field.kind, false, LINE, choices, field.fault)
        .refusing(
            value ->
                choices.stream().anyMatch(choice -> choice.value().equals(value))
                    ? Optional.empty()
                    : Optional.of("Choisissez une des valeurs proposées."));
  }

  /** One of what an operation takes, each in French. */
  public static <E extends Enum<E>> Field choice(
      String name, String label, E[] values, Function<E, String> words) {
    return choice(
        name,
        label,
        Stream.of(values).map(each -> new Choice(each.name(), words.apply(each))).toList());
  }

  /**
   * A name that whoever fills it in gives to what is made.
   *
   * @param reading throws {@link IllegalArgumentException} for what is no such identifier
   */
  public static Field name(String name, String label, Function<String, ?> reading) {
    return text(name, label)
        .hint("Lettres sans accent, chiffres, points et tirets.")
        .as(
            reading,
            "Au plus 40 lettres sans accent, chiffres, points, tirets ou soulignés ; une lettre ou"
                + " un chiffre d’abord.");
  }

  /**
   * What to propose for such a name: another one in each form, since to an operation the same name
   * is the same act, and a second transfer of as much would be none.
   *
   * @param kind a word
   * @param of what it is made for; of one that is too long the end is left out
   */
  public static String proposedName(String kind, String of) {
    String apart = UUID.randomUUID().toString().substring(0, 8);
    int left = LONGEST_NAME - kind.length() - apart.length() - 2;
    return "%s-%s-%s".formatted(kind, of.substring(0, Math.min(left, of.length())), apart);
  }

  /**
   * @param choices whose values hold no comma
   */
  public static Field choices(String name, String label, List<Choice> choices) {
    Field field = of(name, label, Kind.CHOICES, Integer.MAX_VALUE);
    return new Field(name, label, "", field.kind, false, field.longest, choices, field.fault)
        .refusing(
            values ->
                Stream.of(values.split(PARTED))
                        .allMatch(
                            value ->
                                choices.stream().anyMatch(choice -> choice.value().equals(value)))
                    ? Optional.empty()
                    : Optional.of("Choisissez parmi ce qui est proposé."));
  }

  /**
   * @param mostBytes of the file, as it is sent to the operation
   */
  public static Field file(String name, String label, int mostBytes) {
    return of(name, label, Kind.FILE, mostBytes);
  }

  public Field hint(String hint) {
    return new Field(name, label, hint, kind, optional, longest, choices, fault);
  }

  /**
   * @param longest in characters
   */
  public Field upTo(int longest) {
    return new Field(name, label, hint, kind, optional, longest, choices, fault);
  }

  /** May be left empty. */
  public Field ifAny() {
    return new Field(name, label, hint, kind, true, longest, choices, fault);
  }

  /**
   * @param reading throws {@link IllegalArgumentException} for what will not do
   * @param otherwise the sentence of the fault
   */
  public Field as(Function<String, ?> reading, String otherwise) {
    return refusing(
        text -> {
          try {
            var _ = reading.apply(text);
            return Optional.empty();
          } catch (IllegalArgumentException _) {
            return Optional.of(otherwise);
          }
        });
  }

  /**
   * @param fault why a value will not do, as a sentence for who typed it; empty if it will
   */
  public Field refusing(Function<String, Optional<String>> fault) {
    return new Field(name, label, hint, kind, optional, longest, choices, fault);
  }

  /**
   * @param text without the blanks around it
   * @return empty if it will do
   */
  Optional<String> faultOf(String text) {
    if (text.isEmpty()) {
      return optional ? Optional.empty() : Optional.of(missing());
    }
    if (kind != Kind.FILE && UNSEEN.matcher(text).find()) {
      return Optional.of("Retirez les caractères invisibles.");
    }
    if (kind == Kind.FILE) {
      int bytes = text.getBytes(StandardCharsets.ISO_8859_1).length;
      return bytes > longest
          ? Optional.of("Ce fichier est trop grand : %s au plus.".formatted(size(longest)))
          : Optional.empty();
    }
    return text.length() > longest
        ? Optional.of("Pas plus de %d caractères.".formatted(longest))
        : fault.apply(text);
  }

  private static String size(int bytes) {
    French french = new French();
    return bytes < 1_000_000
        ? french.counted(bytes, "octet", "octets")
        : french.count(bytes / 1_000_000) + "\u00A0Mo";
  }

  private String missing() {
    return switch (kind) {
      case TEXT, NOTE -> "À remplir.";
      case EUROS -> "Indiquez un montant.";
      case DAY -> "Indiquez un jour.";
      case CHOICE -> "Choisissez dans la liste.";
      case CHOICES -> "Cochez au moins une case.";
      case FILE -> "Choisissez un fichier.";
    };
  }
}
