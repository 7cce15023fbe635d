package fr.passnumerique.loadtest.simulator;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Engine and model, or the engine and itself, do not agree. */
final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** In which way; the same failure in fewer steps has the same. */
  enum Kind {
    /** An action is told otherwise. */
    ANSWER,
    /** The engine throws where it should answer. */
    EXCEPTION,
    BALANCES,
    RECORDED_TIME,
    COVER,
    /** A reversal, an account or a budget is read otherwise. */
    READING,
    /** A cheque would be judged otherwise. */
    VERDICT,
    /** What must hold of the engine's facts alone does not. */
    INVARIANT,
    /** A fresh fold gives something else. */
    FRESH_FOLD,
    /** The node does not answer or does not start: no rule is seen to be broken. */
    UNAVAILABLE
  }

  private final Kind kind;
  private final String about;

  /** Told apart from others of its kind by its first words. */
  Mismatch(Kind kind, String difference) {
    this(kind, firstWords(difference), difference);
  }

  /** Names and amounts may be others in fewer steps. */
  private static String firstWords(String difference) {
    return Stream.of(difference.split(" ", 4))
        .limit(3)
        .filter(word -> word.chars().allMatch(Character::isLetter))
        .collect(Collectors.joining(" "));
  }

  /**
   * @param about what distinguishes it from others of its kind; empty if nothing does
   */
  Mismatch(Kind kind, String about, String difference) {
    super(difference);
    this.kind = kind;
    this.about = about;
  }

  Mismatch(Kind kind, String about, String difference, Throwable cause) {
    super(difference, cause);
    this.kind = kind;
    this.about = about;
  }

  Kind kind() {
    return kind;
  }

  boolean isLike(Mismatch other) {
    return kind == other.kind && about.equals(other.about);
  }

  /** Whether a rule is seen to be broken: a node that stands still breaks none. */
  boolean isDifference() {
    return kind != Kind.UNAVAILABLE;
  }

  String difference() {
    return String.valueOf(getMessage());
  }
}
