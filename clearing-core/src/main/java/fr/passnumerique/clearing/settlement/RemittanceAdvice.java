package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.reversal.Reason;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a run pays, line by line, to who is paid. Free of IBANs and check parts.
 *
 * <p>Σ lines paid by transfer = Σ {@code transfers[].linesCents} = {@code transferredCents}, and of
 * an advice for a whole transfer its {@code amountCents}. Σ lines paid by netting = Σ {@code
 * recovered[].cents} = {@code nettedCents}.
 *
 * @param executionOn the day on which the bank was asked to pay
 * @param venue whose lines alone these are; empty for all of a transfer
 * @param lineCount of the whole advice, not of this page
 * @param lines a page of them: by transfer, slip and line, those paid by netting last
 * @param next where the next page begins; empty after the last
 */
record RemittanceAdvice(
    String run,
    String programme,
    LocalDate executionOn,
    Optional<String> venue,
    int lineCount,
    long transferredCents,
    long nettedCents,
    List<Paid> transfers,
    List<Recovered> recovered,
    List<Line> lines,
    Optional<String> next) {

  /**
   * @param amountCents of the whole transfer, to every venue that shares the IBAN
   * @param linesCents of it, the lines of this advice
   * @param endedOn the bank's date
   */
  record Paid(
      String transfer,
      SettlementRun.State state,
      long amountCents,
      long linesCents,
      Optional<LocalDate> endedOn,
      Optional<String> reason) {}

  /**
   * A reversed line that the venue pays back by it.
   *
   * @param cheque serial
   */
  record Recovered(String venue, String reversal, Reason reason, String cheque, long cents) {}

  /** How a line is paid. */
  enum By {
    TRANSFER,
    /** Set against as much that the venue owes back. */
    NETTING
  }

  /**
   * @param line in the slip, from 1
   * @param cheque serial, without its check part
   * @param servedOn Europe/Paris
   */
  record Line(
      String venue,
      String slip,
      int line,
      String cheque,
      LocalDate servedOn,
      String pointOfService,
      long cents,
      By by,
      Optional<String> transfer) {}
}
