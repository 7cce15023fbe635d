package fr.passnumerique.clearing.worklist;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that waits for somebody.
 *
 * @param about what it is done to: the run, the reversal, the order …
 * @param since when it began to wait, UTC, by recorded time
 * @param cents that it is about; 0 where it is about none
 * @param dueOn the last day on which it is in time, Europe/Paris; left out if it has none
 * @param startedBy the account that cannot do it, since a second person must; left out if anybody
 *     can
 * @param liftedAt what the remedy is to be sent with as its {@code liftedAt}, or it answers what
 *     was confirmed before; left out of every task but that of a fact which is set aside anew
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Task(
    Kind kind,
    String about,
    Instant since,
    long cents,
    Optional<LocalDate> dueOn,
    Optional<String> startedBy,
    Optional<Long> liftedAt) {
  /** What a breach of no single funder's cash is about. */
  public static final String RING_FENCED_ACCOUNT = "ring-fenced-account";

  private static final List<String> RECALLED = List.of("giveBackCredit", "refundCreditNote");

  /** Of what is set aside for the first time, or never. */
  public Task(
      Kind kind,
      String about,
      Instant since,
      long cents,
      Optional<LocalDate> dueOn,
      Optional<String> startedBy) {
    this(kind, about, since, cents, dueOn, startedBy, Optional.empty());
  }

  /** The operation that ends it, by its operationId. */
  @JsonProperty
  public String remedy() {
    return kind.remedy();
  }

  /**
   * Further operations that may end it, by what the remedy shows: money that a clerk recorded by
   * hand is proved by an entry of the bank ({@code receipts} of matchBankEntry), or taken back; a
   * funder's credit that the bank took back is given back as well, and its debit then explained.
   */
  @JsonProperty
  public Optional<List<String>> otherRemedies() {
    List<String> others =
        switch (kind) {
          case PROVE_COVER ->
              List.of(
                  "matchBankEntry",
                  "takeReceiptBack",
                  "takeDebitNotePaymentBack",
                  "takeConfirmationBack",
                  "takeRefundBack");
          case MATCH_BANK_ENTRY -> cents < 0 ? RECALLED : List.of();
          case REPAIR_BREACH ->
              about.equals(RING_FENCED_ACCOUNT)
                  ? Stream.concat(Stream.of("matchBankEntry"), RECALLED.stream()).toList()
                  : List.of();
          default -> List.of();
        };
    return Optional.of(others).filter(all -> !all.isEmpty());
  }

  /** What is to be done, in the order in which it is shown. */
  public enum Kind {
    /** A settlement run is opened: a second clerk releases or cancels it. */
    RELEASE_RUN("releaseSettlementRun"),
    /** Refunds are ordered: a second clerk releases or cancels them. */
    RELEASE_REFUNDS("releaseRefunds"),
    /**
     * A run is released and nobody has taken its file to the bank: due on the day on which its
     * transfers are to be executed.
     */
    DOWNLOAD_TRANSFER_FILE("downloadCreditTransferFile"),
    /** As a run's file, that of refunds. */
    DOWNLOAD_REFUND_FILE("downloadRefundFile"),
    /**
     * The bank has had a run's file for some banking days and has neither debited nor refused all
     * of its transfers: its statuses or statements are to be imported, or it is to be asked.
     */
    CHASE_TRANSFERS("importBankFile"),
    /** As a run's transfers, refunds. */
    CHASE_REFUNDS("importBankFile"),
    /** An account to which a venue wants to be paid: a second person confirms or drops it. */
    CONFIRM_VENUE_ACCOUNT("confirmVenueAccount"),
    /**
     * Another SIRET is to identify a venue: a second clerk confirms or drops it. About the venue
     * and that SIRET.
     */
    CONFIRM_IDENTIFICATION("confirmIdentification"),
    /** An account to which a funder is to be refunded: a second clerk confirms it. */
    CONFIRM_FUNDER_ACCOUNT("confirmFunderAccount"),
    /** A clerk's account that another clerk made: a second one approves it. About the account. */
    APPROVE_ACCOUNT("approveAccount"),
    /** Many cheques are to be opposed: a second person approves it. */
    APPROVE_OPPOSITION("approveOpposition"),
    /** A high amount is to be reversed: a second clerk confirms or drops it. */
    CONFIRM_REVERSAL("confirmReversal"),
    /** A venue contests a reversal. */
    DECIDE_CONTEST("decideContest"),
    /**
     * Cash does not cover what it is for, of a funder for an agreement or on the account as a
     * whole: no cheque is activated until it does again.
     */
    REPAIR_BREACH("readCover"),
    /**
     * The ledger has another balance than a statement of the bank closes with: about the first such
     * statement, with what the ledger has too much, below zero if too little.
     */
    PROVE_COVER("readBankStatements"),
    /**
     * The bank told a statement otherwise than before, or leaves out what is booked: about the
     * exception, with the cents of what is told no more.
     */
    EXPLAIN_BANK_STATEMENT("closeBankException"),
    /** The bank booked something that nobody has explained. */
    MATCH_BANK_ENTRY("matchBankEntry"),
    /** The bank said something of a transfer that was not believed. */
    EXPLAIN_BANK_STATUS("closeBankException"),
    /** A file of the bank was refused. */
    LOOK_AT_BANK_FILE("closeBankException"),
    /**
     * A venue has kept for 90 days what was reversed and could not be netted: it is asked for.
     * About the venue and the programme.
     */
    ISSUE_DEBIT_NOTE("issueDebitNote"),
    /**
     * What reversals brought back of an order whose statement is agreed is to be credited; until
     * then a winding-down shows it as the cash of whoever paid it in. About the order.
     */
    CREDIT_RECOVERED("creditRecovered"),
    /** A funder has not paid what it was called for. */
    CHASE_CALL("readCallsForFunds"),
    /** A credit note is to be refunded. */
    REFUND_CREDIT_NOTE("orderRefunds"),
    /** The statement of an expired order awaits a signature. */
    SIGN_STATEMENT("signExpiry"),
    /** An order is issued, or a replacement, and nobody has any of its cheques yet. */
    DELIVER_ORDER("deliverCheques"),
    /**
     * Cheques that people held are opposed and have no new serials: whoever still wants to use them
     * waits for these. About the opposition.
     */
    REPLACE_CHEQUES("replaceCheques"),
    /** A projection that was folded anew comes to other sums: somebody finds them right or not. */
    ACCEPT_REBUILD("acceptRebuildDifferences"),
    /** Somebody found the differences of a rebuild right: a second person confirms it. */
    CONFIRM_REBUILD("confirmRebuildDifferences"),
    /**
     * A projection is to pass over a fact at which it stands: a second clerk confirms it. About the
     * projection and the fact's position.
     */
    CONFIRM_FACT_ASIDE("confirmFactAside"),
    /** A projection is to take a fact again that it passes over: a second clerk confirms it. */
    CONFIRM_LIFTING("confirmLiftFactAside"),
    /** A funder approves that an order ends. */
    APPROVE_EXPIRY("signExpiry"),
    /** A funder acknowledges that an order ends. */
    ACKNOWLEDGE_EXPIRY("signExpiry"),
    /** A funder is called for funds. */
    PAY_CALL("readCallsForFunds"),
    /**
     * All funders of an order have approved its end, and a prescriber still holds cheques of it:
     * they are to be handed out no more, and may be sent back. About the order.
     */
    STOP_HANDING_OUT("returnStock"),
    /** The order ends soon, and the prescriber still holds cheques of it. About the order. */
    HAND_OUT_BEFORE_END("handOutCheques"),
    /** Cheques that replace lost ones lie with the prescriber. About the replacement. */
    HAND_OVER_REPLACEMENT("handOutCheques"),
    /** The bank closed the account that the venue was paid to, and no other is proposed. */
    GIVE_ACCOUNT("openVenueAccount"),
    /** A venue may contest that lines of it are reversed. */
    ANSWER_REVERSAL("contestReversal");

    private final String remedy;

    Kind(String remedy) {
      this.remedy = remedy;
    }

    /** The operation of the API that ends such a task, or tells how it can be ended. */
    public String remedy() {
      return remedy;
    }
  }
}
