package fr.passnumerique.clearing.cover;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cover at one position of the ledger, in integer cents.
 *
 * @param position of the last fact in it, 0 before the first
 * @param recordedAt of that fact, UTC
 * @param state BREACH if any cash is short or the bank took some that nobody has explained: no
 *     cheque is activated then; else UNPROVEN if the bank has not confirmed the cash, else COVERED
 * @param breaches how many agreement × funder are short of cash; 0 in a breach of the whole account
 *     alone
 * @param accountBreach what the bank took and nobody has explained: whosever cash it was, it blocks
 *     the activation of all; left out if nothing
 * @param total of the rows; over all of them its cash is at most what the bank has left
 * @param rows by agreement and funder
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CoverRead(
    long position,
    @Nullable Instant recordedAt,
    State state,
    int breaches,
    @Nullable AccountBreach accountBreach,
    Proof proof,
    Amounts total,
    List<Row> rows) {

  /** Whether cash is enough, and known to be there. */
  public enum State {
    COVERED,
    UNPROVEN,
    BREACH
  }

  /** Whether the cash of one funder for one agreement is enough. */
  public enum RowState {
    COVERED,
    BREACH
  }

  /**
   * @param cashCents on the ring-fenced account
   * @param outstandingCents activated cheques that are neither accepted nor out of circulation
   * @param acceptedUnpaidCents accepted lines that no statement shows as paid
   * @param inTransitCents of these, in transfers
   * @param dueBackCents to be refunded
   * @param requiredCents outstanding + acceptedUnpaid + dueBack
   * @param marginCents cash − required
   * @param freeCreditCents paid in and set aside for nothing; equal to the margin by double entry,
   *     while the bank took nothing unexplained
   * @param missingCents how much is short, summed without what others have left; 0 if nothing is
   * @param calledCents called of the funder and not received: told apart, and no part of the cash
   */
  public record Amounts(
      long cashCents,
      long outstandingCents,
      long acceptedUnpaidCents,
      long inTransitCents,
      long dueBackCents,
      long requiredCents,
      long marginCents,
      long freeCreditCents,
      long missingCents,
      long calledCents) {
    static final Amounts NOTHING = new Amounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static Amounts of(RingFence fence, long called) {
      return new Amounts(
          fence.cash(),
          fence.outstanding(),
          fence.accepted() + fence.inTransit(),
          fence.inTransit(),
          fence.dueBack(),
          fence.required(),
          fence.margin(),
          fence.freeCredit(),
          Math.max(0, -fence.margin()),
          called);
    }

    /** With what is left of the cash where the bank took more than it was told to. */
    Amounts withCashAtMost(long bankCents) {
      long cash = Math.min(cashCents, bankCents);
      return new Amounts(
          cash,
          outstandingCents,
          acceptedUnpaidCents,
          inTransitCents,
          dueBackCents,
          requiredCents,
          Math.subtractExact(cash, requiredCents),
          freeCreditCents,
          Math.max(missingCents, Math.subtractExact(requiredCents, cash)),
          calledCents);
    }

    Amounts plus(Amounts other) {
      return new Amounts(
          Math.addExact(cashCents, other.cashCents),
          Math.addExact(outstandingCents, other.outstandingCents),
          Math.addExact(acceptedUnpaidCents, other.acceptedUnpaidCents),
          Math.addExact(inTransitCents, other.inTransitCents),
          Math.addExact(dueBackCents, other.dueBackCents),
          Math.addExact(requiredCents, other.requiredCents),
          Math.addExact(marginCents, other.marginCents),
          Math.addExact(freeCreditCents, other.freeCreditCents),
          Math.addExact(missingCents, other.missingCents),
          Math.addExact(calledCents, other.calledCents));
    }
  }

  /**
   * @param funder whose cash it is: of a share paid on use, the pre-financier
   * @param breachSince the fact with which cash became short; left out if it is not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Row(
      String agreement,
      String funder,
      RowState state,
      long cashCents,
      long outstandingCents,
      long acceptedUnpaidCents,
      long inTransitCents,
      long dueBackCents,
      long requiredCents,
      long marginCents,
      long freeCreditCents,
      long missingCents,
      long calledCents,
      @Nullable Since breachSince) {}

  /**
   * @param unexplainedDebitsCents as in the proof; left out for a funder
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AccountBreach(@Nullable Long unexplainedDebitsCents, Since since) {}

  /** A fact, by where and when it is recorded. */
  public record Since(long position, Instant recordedAt) {}

  /**
   * Whether the bank says what the ledger says. Amounts are left out for a funder: they are of all
   * funders' cash.
   *
   * @param why in one sentence
   *     <p>Every closing balance imported is compared with what the ledger has on the account at
   *     the end of that day, by the bank's booking days: what was booked since proves nothing and
   *     disproves nothing.
   * @param statement the first whose closing balance the ledger does not have, else the one that
   *     closes last
   * @param unprovenSince the fact since which the ledger has not had every closing balance; left
   *     out while it has, and where none is imported
   * @param closingCents on the account by that statement
   * @param ledgerClosingCents on the account by the ledger at the end of that day
   * @param ledgerBankCents on the account by the ledger now, explained or not
   * @param unmatchedCents of the ledger's, what nobody has explained: below zero if it is gone
   * @param unexplainedDebitsCents what the bank took and nobody has explained; while it stands, no
   *     cheque is activated
   * @param byHandCents of the ledger's, what clerks have recorded as received after the last day
   *     that a statement closes, and no entry of the bank shows: while what is to be covered leans
   *     on it, cover is not proven
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Proof(
      boolean proven,
      String why,
      @Nullable String statement,
      @Nullable LocalDate closingOn,
      @Nullable Since unprovenSince,
      @Nullable Long closingCents,
      @Nullable Long ledgerClosingCents,
      @Nullable Long ledgerBankCents,
      @Nullable Long unmatchedCents,
      @Nullable Long unexplainedDebitsCents,
      @Nullable Long byHandCents) {
    Proof withoutAmounts() {
      return new Proof(
          proven,
          proven ? "the bank confirms the cash" : "the bank has not confirmed the cash",
          null,
          closingOn,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }
}
