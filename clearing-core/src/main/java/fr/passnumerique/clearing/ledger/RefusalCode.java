package fr.passnumerique.clearing.ledger;

/**
 * A stable, documented reason of refusal. Each capability has one enum of them, in order of
 * precedence: the first that applies is given.
 */
public interface RefusalCode {
  /** Stable for ever; scripts compare it. */
  String name();

  Kind kind();

  /** How the edge answers: HTTP 404, 409 or 422. */
  enum Kind {
    /** A named thing does not exist, or is not the asker's to know. */
    UNKNOWN,
    /** The identifier is taken by other contents, or the state has moved on. */
    CONFLICT,
    /** A rule of the domain forbids it. */
    RULE
  }
}
