package fr.passnumerique.clearing.worklist;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Something that waits for somebody.
 *
 * @param about what it is done to: the run, the reversal, the order …
 * @param since when it began to wait, UTC, by recorded time
 * @param cents that it is about; 0 where it is about none
 * @param dueOn the last day on which it is in time, Europe/Paris; left out if it has none
 * @param startedBy the account that cannot do it, since a second person must; left out if anybody
 *     can
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Task(
    Kind kind,
    String about,
    Instant since,
    long cents,
    Optional<LocalDate> dueOn,
    Optional<String> startedBy) {

  /** What is to be done, in the order in which it is shown. */
  public enum Kind {
    /** A settlement run is opened: a second clerk releases or cancels it. */
    RELEASE_RUN,
    /** Refunds are ordered: a second clerk releases or cancels them. */
    RELEASE_REFUNDS,
    /** An account to which a venue wants to be paid: a second person confirms or drops it. */
    CONFIRM_VENUE_ACCOUNT,
    /** An account to which a funder is to be refunded: a second clerk confirms it. */
    CONFIRM_FUNDER_ACCOUNT,
    /** Many cheques are to be opposed: a second person approves it. */
    APPROVE_OPPOSITION,
    /** A high amount is to be reversed: a second clerk confirms or drops it. */
    CONFIRM_REVERSAL,
    /** A venue contests a reversal. */
    DECIDE_CONTEST,
    /**
     * Cash does not cover what it is for, of a funder for an agreement or on the account as a
     * whole: no cheque is activated until it does again.
     */
    REPAIR_BREACH,
    /** The bank booked something that nobody has explained. */
    MATCH_BANK_ENTRY,
    /** The bank said something of a transfer that was not believed. */
    EXPLAIN_BANK_STATUS,
    /** A file of the bank was refused. */
    LOOK_AT_BANK_FILE,
    /** A funder has not paid what it was called for. */
    CHASE_CALL,
    /** A credit note is to be refunded. */
    REFUND_CREDIT_NOTE,
    /** The statement of an expired order awaits a signature. */
    SIGN_STATEMENT,
    /** A funder approves that an order ends. */
    APPROVE_EXPIRY,
    /** A funder acknowledges that an order ends. */
    ACKNOWLEDGE_EXPIRY,
    /** A funder is called for funds. */
    PAY_CALL,
    /** A venue may contest that lines of it are reversed. */
    ANSWER_REVERSAL
  }
}
