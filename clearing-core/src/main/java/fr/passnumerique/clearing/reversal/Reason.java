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
  OTHER;

  /** The French name, in tables and on paper. */
  public String label() {
    return switch (this) {
      case SERVICE_NOT_GIVEN -> "Service non rendu";
      case SERVICE_NOT_ELIGIBLE -> "Service non éligible";
      case PERSON_NOT_ELIGIBLE -> "Personne non éligible";
      case ENTERED_BY_MISTAKE -> "Saisie par erreur";
      case FRAUD -> "Fraude";
      case OTHER -> "Autre";
    };
  }
}
