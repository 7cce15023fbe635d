package fr.passnumerique.clearing.database;

/** The roles that connect to the database; their rights are granted by the migrations. */
public enum ApplicationRole {
  /** Owns schemas and tables. Used by the migrate step alone, never by a running node. */
  OWNER("pass_owner"),
  /** Reads and extends the ledger; reads and writes accounts and vault. */
  CLEARING("pass_clearing"),
  /** Reads the ledger; reads and writes what is derived from it. */
  PROJECTIONS("pass_projections"),
  /** Reads the ledger and what is derived from it; writes nothing. */
  READER("pass_reader");

  private final String roleName;

  ApplicationRole(String roleName) {
    this.roleName = roleName;
  }

  /** The role's name in PostgreSQL. A login role of another name must be a member of it. */
  public String roleName() {
    return roleName;
  }
}
