package fr.passnumerique.clearing.access;

/** The five kinds of users, by what they may do. */
public enum Role {
  /** Agent de l'opérateur: issues carnets, imports venues, runs settlements. */
  CLERK,
  /** Financeur: reads its own agreements and balances. */
  FUNDER,
  /** Lieu de médiation: submits its slips, reads its own account. */
  VENUE,
  /** Prescripteur: hands out the cheques of its own stock. */
  PRESCRIBER,
  /** Auditeur: reads everything, changes nothing. */
  AUDITOR
}
