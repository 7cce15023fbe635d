package fr.passnumerique.clearing.ledger;

/**
 * A stable, documented reason of refusal. Each capability has one enum of them, in order of
 * precedence: the first that applies is given.
 */
public interface RefusalCode {
  /** Stable for ever; scripts compare it. */
  String name();

  Kind kind();

  /**
   * A refusal whose message ends with its remedy.
   *
   * @param field of the command at fault, empty if none
   * @param rule what must be and what was sent, as a clause: {@code the amount must be above zero,
   *     got -5}
   * @param remedy what the sender can do, as a clause: {@code give whole cents}
   */
  default Refusal because(String field, String rule, String remedy) {
    return Refusal.of(this, field, rule + "; " + remedy, remedy);
  }

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
