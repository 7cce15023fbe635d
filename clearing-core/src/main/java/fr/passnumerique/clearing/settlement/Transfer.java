package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Where one credit transfer stands. */
sealed interface Transfer {
  SettlementRunId run();

  /**
   * Sent to the bank, or about to be; its end is not known. Only that of a released run can have
   * one.
   *
   * @param taken what is owed again if it is rejected
   */
  record Ordered(
      SettlementRunId run,
      ProgrammeId programme,
      VaultReference account,
      long amountCents,
      List<SettlementRunOpened.PaidSlip> slips,
      List<PaidCents> parts,
      List<Unpaid> taken)
      implements Transfer {}

  /** Its run was cancelled before it was released: it never went to the bank. */
  record Cancelled(SettlementRunId run) implements Transfer {}

  /**
   * @param position of the fact
   * @param executed where it stood before its debit, if the bank had said so
   */
  record Confirmed(
      SettlementRunId run, long position, LocalDate bookedOn, Optional<Executed> executed)
      implements Transfer {
    /** Debited, or said to be, while nothing else was known of it. */
    Confirmed(SettlementRunId run, long position, LocalDate bookedOn) {
      this(run, position, bookedOn, Optional.empty());
    }
  }

  /**
   * Paid by the bank's word; its debit is still to come.
   *
   * @param position of the fact
   */
  record Executed(SettlementRunId run, long position, LocalDate executedOn) implements Transfer {}

  /**
   * It was paid and came back.
   *
   * @param position of the fact
   * @param voided its lines whose titles it had not paid: owed again without them
   * @param paid as it stood before
   */
  record Returned(
      SettlementRunId run,
      long position,
      LocalDate returnedOn,
      String reason,
      List<VoidedLine> voided,
      Confirmed paid)
      implements Transfer {}

  /**
   * @param position of the fact
   */
  record Rejected(SettlementRunId run, long position, LocalDate rejectedOn, String reason)
      implements Transfer {}
}
