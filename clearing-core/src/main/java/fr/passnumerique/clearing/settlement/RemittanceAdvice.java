package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.reversal.Reason;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a run pays, line by line, to who is paid. Free of IBANs and check parts.
 *
 * <p>Σ lines by state = {@code states[].cents}. What is ordered, executed or confirmed of them =
 * {@code transferredCents}: what was rejected or came back is owed again, and is not paid by this
 * run. Σ lines by transfer = Σ {@code transfers[].linesCents}, and of an advice for a whole
 * transfer its {@code amountCents}. Σ lines that are netted = Σ {@code recovered[].cents} of the
 * same state = {@code nettedCents}, and likewise of those whose netting was undone, which pays and
 * recovers nothing.
 *
 * @param executionOn the day on which the bank was asked to pay
 * @param venue whose lines alone these are; empty for all of a transfer
 * @param lineCount of the whole advice, not of this page
 * @param states what its lines come to, by where they stand, in the order of {@link State}; none
 *     without a line
 * @param lines a page of them: by transfer, slip and line, those paid by netting last
 * @param next where the next page begins; empty after the last
 */
public record RemittanceAdvice(
    String run,
    String programme,
    LocalDate executionOn,
    Optional<String> venue,
    int lineCount,
    long transferredCents,
    long nettedCents,
    List<Sum> states,
    List<Paid> transfers,
    List<Recovered> recovered,
    List<Line> lines,
    Optional<String> next) {

  /**
   * @param amountCents of the whole transfer, to every venue that shares the IBAN
   * @param linesCents of it, the lines of this advice
   * @param endedOn the bank's date
   */
  public record Paid(
      String transfer,
      SettlementRun.State state,
      long amountCents,
      long linesCents,
      Optional<LocalDate> endedOn,
      Optional<String> reason) {}

  /**
   * A reversed line that the venue pays back by it, or was to.
   *
   * @param cheque serial
   * @param state netted, or undone: then the venue owes it again
   */
  public record Recovered(
      String venue, String reversal, Reason reason, String cheque, long cents, State state) {}

  /** Where a line stands: with its transfer, or netted. */
  public enum State {
    /** The bank was asked to pay; its answer is still to come. */
    ORDERED,
    /** Paid by the bank's word; its debit is still to come. */
    EXECUTED,
    /** Paid: the bank has booked it. */
    CONFIRMED,
    /** Paid, set against as much that the venue owes back. */
    NETTED,
    /**
     * Not paid: the bank refused the transfer that its netting went with, so that the line is owed
     * again and the reversed line claimed again.
     */
    NETTING_UNDONE,
    /** Not paid: the bank refused the transfer, and the line is owed again. */
    REJECTED,
    /** It was paid and came back: the line is owed again. */
    RETURNED;

    /** Of the lines that a released run's transfer pays. */
    public static State of(SettlementRun.State transfer) {
      return switch (transfer) {
        case ORDERED -> ORDERED;
        case EXECUTED -> EXECUTED;
        case CONFIRMED -> CONFIRMED;
        case REJECTED -> REJECTED;
        case RETURNED -> RETURNED;
        case CANCELLED ->
            throw new IllegalStateException("a released run's transfer is not cancelled");
      };
    }

    /** The French name, in tables and on paper. */
    public String label() {
      return switch (this) {
        case ORDERED -> "Ordonné";
        case EXECUTED -> "Exécuté";
        case CONFIRMED -> "Payé";
        case NETTED -> "Compensé";
        case NETTING_UNDONE -> "Compensation annulée";
        case REJECTED -> "Rejeté";
        case RETURNED -> "Retourné";
      };
    }

    boolean isTransferred() {
      return this == ORDERED || this == EXECUTED || this == CONFIRMED;
    }
  }

  /** What the lines in one state come to. */
  public record Sum(State state, int lineCount, long cents) {}

  /** How a line is paid, or was to be. */
  public enum By {
    TRANSFER,
    /** Set against as much that the venue owes back. */
    NETTING
  }

  /**
   * @param line in the slip, from 1
   * @param cheque serial, without its check part
   * @param servedOn Europe/Paris
   */
  public record Line(
      String venue,
      String slip,
      int line,
      String cheque,
      LocalDate servedOn,
      String pointOfService,
      long cents,
      By by,
      Optional<String> transfer,
      State state) {}
}
