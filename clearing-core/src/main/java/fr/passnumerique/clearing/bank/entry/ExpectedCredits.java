package fr.passnumerique.clearing.bank.entry;

import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Credits that somebody was asked for under a reference and that are no funder's payment: for who
 * reads the bank's files, within a decision. Each is paid whole, once.
 */
public interface ExpectedCredits {
  /** Structured creditor references (ISO 11649), of the open ones and of those that are paid. */
  Set<String> references();

  /**
   * @param name what is paid, as its capability names it
   * @param cents that are asked for, or that were paid
   * @param paidOn empty while it is open
   * @param looked tags of what this depends on
   */
  record Expected(String name, long cents, Optional<LocalDate> paidOn, Set<String> looked) {}

  /**
   * @param reference one of {@link #references()}
   */
  Expected expected(String reference);

  /** The fact by which it is paid, if it is open. */
  Fact paid(String reference, BankEntry entry);
}
