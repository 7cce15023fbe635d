package fr.passnumerique.clearing.settlement;

/** In which order slips are listed; of equal ones the newer comes first. */
public enum SlipSort {
  /** By record, the last first. */
  NEWEST,
  OLDEST,
  /** By what was accepted, the most first. */
  HIGHEST,
  LOWEST;

  boolean isByAmount() {
    return this == HIGHEST || this == LOWEST;
  }
}
