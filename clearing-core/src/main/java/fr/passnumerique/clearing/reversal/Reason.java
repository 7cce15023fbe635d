package fr.passnumerique.clearing.reversal;

/** Why an accepted line is reversed. */
public enum Reason {
  /** No such service was given. */
  SERVICE_NOT_GIVEN,
  /** Given, but not one that the programme pays. */
  SERVICE_NOT_ELIGIBLE,
  /** Given to somebody whom the programme is not for, or by somebody who may not. */
  PERSON_NOT_ELIGIBLE,
  /** The venue's own slip of the pen. */
  ENTERED_BY_MISTAKE,
  FRAUD,
  OTHER
}
