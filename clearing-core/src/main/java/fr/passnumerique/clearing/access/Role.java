package fr.passnumerique.clearing.access;

/** The five kinds of users, by what they may do. */
public enum Role {
  /** Agent de l'opérateur: issues carnets, imports venues, runs settlements. */
  CLERK(""),
  /** Financeur: reads its own agreements and balances. */
  FUNDER("funder"),
  /** Lieu de médiation: submits its slips, reads its own account. */
  VENUE("venue"),
  /** Prescripteur: hands out the cheques of its own stock. */
  PRESCRIBER("prescriber"),
  /** Auditeur: reads everything, changes nothing. */
  AUDITOR("");

  private final String subjectKind;

  Role(String subjectKind) {
    this.subjectKind = subjectKind;
  }

  /**
   * The domain's word for what an account of this role belongs to and owns; empty for clerks and
   * auditors, who belong to nobody.
   */
  public String subjectKind() {
    return subjectKind;
  }

  /** Whether an account of this role acts for one funder, venue or prescriber. */
  public boolean hasSubject() {
    return !subjectKind.isEmpty();
  }
}
