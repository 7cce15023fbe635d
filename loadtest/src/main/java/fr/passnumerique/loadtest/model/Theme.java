package fr.passnumerique.loadtest.model;

/**
 * What a story dwells on. Told evenly, three hundred steps are over before what takes several
 * persons and weeks has happened once.
 */
enum Theme {
  EVERYTHING,
  /** Lines found wrong, set against others, and what becomes of that. */
  REVERSALS,
  /** Orders that are over soon, and what goes back to those who paid it in. */
  ENDINGS;

  static Theme of(long seed) {
    return switch ((int) (seed % 5)) {
      case 1, 4 -> ENDINGS;
      case 3 -> REVERSALS;
      default -> EVERYTHING;
    };
  }
}
