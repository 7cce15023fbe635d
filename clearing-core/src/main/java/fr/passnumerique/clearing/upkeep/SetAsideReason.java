package fr.passnumerique.clearing.upkeep;

/**
 * Why a projection is to pass over a fact. A code alone: the rest is told in the operator's files.
 */
public enum SetAsideReason {
  /** The fold is wrong, and a release that mends it is to come. */
  DEFECT_OF_THE_FOLD,
  /** The fact is wrong, and another fact has corrected it since. */
  CORRECTED_SINCE,
  OTHER
}
