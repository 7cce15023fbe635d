package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.List;

/** What somebody asks for, in the model's own words: names are texts, money is cents. */
public sealed interface Action {

  /** Who opens runs. */
  String CLERK = "clerk";

  /** Cheques that one person may oppose. */
  int MOST_ALONE = 5;

  /** What has a file of its own. */
  sealed interface More extends Action permits Reversing, Titling, Settling, Refunding, Banking {}

  /** The day begins in Paris. */
  record OpenDay(LocalDate day) implements Action {}

  record DefineProgramme(String programme, Rules rules) implements Action {}

  /**
   * @param perVisit 0 for no limit
   * @param conflict ALLOW, FLAG or REFUSE
   * @param carnetsPerPerson within so many days; 0 for no limit
   * @param publics and the other lists: empty for all
   */
  record Rules(
      long faceValue,
      int perCarnet,
      int validityDays,
      int windowDays,
      int toleranceDays,
      List<String> publics,
      List<String> services,
      List<String> territory,
      int perVisit,
      String conflict,
      int carnetsPerPerson,
      int renewalDays) {
    /** Replacements are loose cheques, and were somebody's already. */
    Rules ofReplacements() {
      return new Rules(
          faceValue,
          1,
          validityDays,
          windowDays,
          toleranceDays,
          publics,
          services,
          territory,
          perVisit,
          conflict,
          0,
          0);
    }
  }

  record RegisterFunder(String funder) implements Action {}

  record SignAgreement(
      String agreement,
      String programme,
      LocalDate signedOn,
      LocalDate startsOn,
      LocalDate endsOn,
      List<String> territory,
      List<Share> key)
      implements Action {}

  /**
   * @param preFinancier who advances the share until the funder pays on use; empty if it prepays
   */
  record Share(String funder, int basisPoints, long ceiling, String preFinancier) {
    /** Whose cash covers the share. */
    String cashOwner() {
      return preFinancier.isEmpty() ? funder : preFinancier;
    }
  }

  record AmendAgreement(
      String amendment,
      String agreement,
      LocalDate signedOn,
      LocalDate inForceFrom,
      LocalDate startsOn,
      LocalDate endsOn,
      List<String> territory,
      List<Share> key)
      implements Action {}

  record Receive(String receipt, String agreement, String funder, long cents, LocalDate valueDate)
      implements Action {}

  /** What is free of a funder's cash, from one of its agreements to another. */
  record TransferFunds(String transfer, String funder, String from, String to, long cents)
      implements Action {}

  record CallFunds(String call, String agreement, String funder, long cents, LocalDate dueOn)
      implements Action {}

  record CancelCall(String call, String reason) implements Action {}

  /**
   * A file of the bank, of reports or of statuses.
   *
   * @param flaw the code with which it is refused; empty for none
   */
  record ImportFile(String file, List<Report> reports, List<Status> statuses, String flaw)
      implements Action {}

  /**
   * @param statement whether it is a statement, with balances; else it notifies
   */
  record Report(
      String report,
      boolean statement,
      LocalDate from,
      LocalDate to,
      long opening,
      long closing,
      List<Booking> bookings) {
    Report with(List<Booking> others) {
      return new Report(report, statement, from, to, opening, closing, others);
    }
  }

  /**
   * @param number the same in every file that shows it
   * @param reference the bank's own; empty where it gives none
   * @param bookedOn as the bank writes it, though the statement be of other days
   * @param cents below zero if money went out
   * @param batch the transfers that were booked in one sum; none of a booking of one payment
   */
  record Booking(
      int number,
      String reference,
      LocalDate bookedOn,
      LocalDate valueOn,
      long cents,
      Note note,
      List<Paid> batch) {
    /** The same, of another day. */
    Booking on(LocalDate day) {
      return new Booking(number, reference, day, valueOn, cents, note, batch);
    }

    /** Whether the bank's reference, day and amount are the same. */
    boolean isLike(Booking other) {
      return reference.equals(other.reference)
          && bookedOn.equals(other.bookedOn)
          && cents == other.cents;
    }
  }

  /** One transfer of several that the bank booked together. */
  record Paid(String transfer, long cents) {}

  /**
   * What is written beside a booking.
   *
   * @param kind TRANSFER, RETURN, SHARE, AGREEMENT, CALL, RECEIPT, DEBIT_NOTE, REVERSAL, RUN (all
   *     that it orders in one sum, which the bank does not say) or NOTHING
   * @param of the transfer, call, receipt, debit note or run; the reason of a return is always AC04
   */
  record Note(String kind, String agreement, String funder, String of) {}

  /**
   * @param run whose file it is about
   * @param transfer empty for all of the run
   * @param reason empty for none
   * @param cents below zero if it tells no amount
   */
  record Status(
      String run, String transfer, String code, String reason, long cents, LocalDate on) {}

  /**
   * @param entry the number of what could not be explained, from 1
   * @param receipt and the others: empty if it is not explained so
   * @param charges that a bank kept of the transfer; 0 for none
   */
  record MatchEntry(
      int entry,
      List<Part> parts,
      String receipt,
      String transfer,
      String debitNote,
      String creditNote,
      long charges)
      implements Action {
    /** By what it is explained. */
    public String kind() {
      return !receipt.isEmpty()
          ? "a receipt"
          : !transfer.isEmpty()
              ? charges == 0 ? "a transfer" : "a transfer and charges"
              : !debitNote.isEmpty()
                  ? "a debit note"
                  : creditNote.isEmpty() ? "parts" : "a credit note";
    }

    MatchEntry(int entry, List<Part> parts, String receipt, String transfer) {
      this(entry, parts, receipt, transfer, "", "");
    }

    MatchEntry(
        int entry,
        List<Part> parts,
        String receipt,
        String transfer,
        String debitNote,
        String creditNote) {
      this(entry, parts, receipt, transfer, debitNote, creditNote, 0);
    }
  }

  record Part(String agreement, String funder, long cents) {}

  record OffsetEntries(int entry, int against) implements Action {}

  /**
   * @param kind DISPUTE, FILE or ENTRY
   * @param number of its kind, from 1
   */
  record CloseException(String kind, int number, String reason) implements Action {}

  record Order(String order, String agreement, String departement, int cheques, LocalDate endsOn)
      implements Action {}

  /**
   * @param last 0 for the batch's last
   */
  record Activate(String activation, int batch, int first, int last) implements Action {}

  /**
   * @param siret empty if it has none
   */
  record RegisterPrescriber(String prescriber, String siret) implements Action {}

  record Deliver(
      String delivery, String prescriber, int batch, int first, int last, LocalDate deliveredOn)
      implements Action {}

  /**
   * @param person empty if nothing tells whose they are
   */
  record HandOut(
      String handOut,
      String prescriber,
      List<Range> cheques,
      LocalDate handedOutOn,
      String publicCode,
      String person)
      implements Action {}

  record Range(int batch, int first, int last) {}

  record ListVenue(String venue, List<Point> points) implements Action {}

  record Point(String id, String departement) {}

  record LabelVenue(String venue, LocalDate from, String decision) implements Action {}

  /**
   * A committee took the venue one step along the label's life.
   *
   * @param state CANDIDATE, ELIGIBLE, LABELLED, SUSPENDED or WITHDRAWN
   * @param from first day on which it holds
   */
  record DecideLabel(
      String venue, String state, LocalDate from, String decision, LocalDate committeeOn)
      implements Action {}

  /** Asked for by {@link #CLERK}: nothing is paid to it before another confirms it. */
  record OpenAccount(String venue, String iban, boolean reopening) implements Action {}

  record ConfirmAccount(String venue, String iban, String by) implements Action {}

  record DropAccount(String venue, String iban, String by) implements Action {}

  record SubmitSlip(String venue, String reference, List<Line> lines) implements Action {}

  /**
   * @param genuine whether the check part on it is the cheque's
   */
  record Line(
      int batch, int ordinal, boolean genuine, LocalDate servedOn, String service, String point) {}

  /** Opened by {@link #CLERK}; another is to release it. */
  record OpenRun(String run, String programme, LocalDate cutOffDay) implements Action {}

  /** Reported by {@link #CLERK}; more than {@link #MOST_ALONE} cheques need another clerk. */
  record Oppose(String opposition, List<Range> cheques, String reason) implements Action {}

  record ApproveOpposition(String opposition, String by) implements Action {}

  record ExpireOrder(String order) implements Action {}

  /**
   * @param step APPROVAL, ACKNOWLEDGEMENT or STATEMENT
   * @param funder empty for the operator
   */
  record SignExpiry(String order, String step, String funder) implements Action {}

  /**
   * @param owner to whom the order's credit note is
   */
  record RefundNote(String order, String owner, LocalDate bookedOn) implements Action {}

  record WithdrawSlip(String venue, String reference) implements Action {}

  record ReleaseRun(String run, String by) implements Action {}

  record CancelRun(String run) implements Action {}

  /**
   * @param number of the transfer in its run, from 1
   */
  record ConfirmTransfer(String run, int number, LocalDate bookedOn) implements Action {}

  record RejectTransfer(String run, int number, LocalDate rejectedOn, String reason)
      implements Action {}
}
