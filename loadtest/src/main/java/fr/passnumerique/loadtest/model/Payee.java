package fr.passnumerique.loadtest.model;

/** Who is paid to an account that one person proposes and another confirms. */
class Payee {
  String iban = "";
  boolean closed;

  /** Awaits a second person; empty if nothing does. */
  String proposed = "";

  /** What was confirmed, and what was dropped, last. */
  private String confirmed = "";

  private String dropped = "";

  boolean payable() {
    return !iban.isEmpty() && !closed;
  }

  Told propose(String one) {
    if (!proposed.isEmpty()) {
      return proposed.equals(one) ? Told.again("") : Told.refused("ACCOUNT_PROPOSAL_PENDING");
    }
    if (payable() && iban.equals(one)) {
      return Told.again("");
    }
    proposed = one;
    return Told.done("");
  }

  Told confirm(String one, String by) {
    if (proposed.isEmpty()) {
      return confirmed.equals(one) ? Told.again("") : Told.refused("NO_ACCOUNT_PROPOSED");
    }
    if (!proposed.equals(one)) {
      return Told.refused("ACCOUNT_PROPOSAL_DIFFERS");
    }
    if (by.equals(Action.CLERK)) {
      return Told.refused("SECOND_PERSON_NEEDED");
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
