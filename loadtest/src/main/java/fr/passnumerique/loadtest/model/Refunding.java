package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.List;

/** What is asked for about credit notes that the bank is to pay back. */
public sealed interface Refunding extends Action.More {

  /**
   * @param order whose end it is of, or what gives back what was in no cheque
   * @param owner to whom it is; with a number behind a tilde from the second on, and behind a tilde
   *     if it is of no order
   */
  record Note(String order, String owner) {
    /** As the engine calls it. */
    public String name() {
      return order + "~" + owner;
    }
  }

  /** How a note's transfer in an order is called. */
  static String transfer(String refunds, Note note) {
    return refunds + "/" + note.name();
  }

  /** What of a funder's cash for an agreement is in no cheque. */
  record GiveBack(String giveBack, String agreement, String funder, long cents)
      implements Refunding {}

  record CancelGiveBack(String giveBack) implements Refunding {}

  /** Asked for by {@link Action#CLERK}: nothing is refunded to it before another confirms it. */
  record OpenFunderAccount(String funder, String iban, boolean reopening) implements Refunding {}

  record ConfirmFunderAccount(String funder, String iban, String by) implements Refunding {}

  record DropFunderAccount(String funder, String iban, String by) implements Refunding {}

  /** Ordered by {@link Action#CLERK}; another is to release it. */
  record OrderRefunds(String refunds, List<Note> notes) implements Refunding {}

  record ReleaseRefunds(String refunds, String by) implements Refunding {}

  record CancelRefunds(String refunds) implements Refunding {}

  /**
   * The file of a released order is given to {@link Action#CLERK}.
   *
   * @param leftOut names of its transfers that it was made without
   */
  record HandOutRefunds(String refunds, List<String> leftOut) implements Refunding {}

  record RejectRefund(String refunds, Note note, LocalDate rejectedOn, String reason)
      implements Refunding {}
}
