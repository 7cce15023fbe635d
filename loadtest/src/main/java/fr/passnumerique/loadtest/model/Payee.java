package fr.passnumerique.loadtest.model;

/** Who is paid to an account that one person proposes and another confirms. */
class Payee {
  String iban = "";
  boolean closed;

  /** Awaits a second person; empty if nothing does. */
  String proposed = "";

  /** Somebody has said why that should be paid to, closed as it is. */
  private boolean known;

  /** What was confirmed, and what was dropped, last. */
  private String confirmed = "";

  private String dropped = "";

  boolean payable() {
    return !iban.isEmpty() && !closed;
  }

  /**
   * @param closedIban whether the bank closed it
   * @param all whether it is said why it is to be paid to all the same
   */
  Told propose(String one, boolean closedIban, boolean all) {
    if (!proposed.isEmpty()) {
      return proposed.equals(one) ? Told.again("") : Told.refused("ACCOUNT_PROPOSAL_PENDING");
    }
    if (payable() && iban.equals(one)) {
      return Told.again("");
    }
    if (closedIban && !all) {
      return Told.refused("ACCOUNT_CLOSED_BY_BANK");
    }
    proposed = one;
    known = closedIban;
    return Told.done("");
  }

  /** What was said before of why it should be paid to is not said of this. */
  void close(String one) {
    if (proposed.equals(one)) {
      known = false;
    }
    if (iban.equals(one)) {
      closed = true;
    }
  }

  Told confirm(String one, String by, boolean closedIban) {
    if (proposed.isEmpty()) {
      return confirmed.equals(one) ? Told.again("") : Told.refused("NO_ACCOUNT_PROPOSED");
    }
    if (!proposed.equals(one)) {
      return Told.refused("ACCOUNT_PROPOSAL_DIFFERS");
    }
    if (by.equals(Action.CLERK)) {
      return Told.refused("SECOND_PERSON_NEEDED");
    }
    if (closedIban && !known) {
      return Told.refused("ACCOUNT_CLOSED_BY_BANK");
    }
    iban = one;
    confirmed = one;
    closed = false;
    proposed = "";
    return Told.done("");
  }

  Told drop(String one) {
    if (proposed.isEmpty()) {
      return dropped.equals(one) ? Told.again("") : Told.refused("NO_ACCOUNT_PROPOSED");
    }
    if (!proposed.equals(one)) {
      return Told.refused("ACCOUNT_PROPOSAL_DIFFERS");
    }
    dropped = one;
    proposed = "";
    return Told.done("");
  }
}
