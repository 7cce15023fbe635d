package fr.passnumerique.clearing.bank.entry;

import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Credits that somebody was asked for under a reference and that are no funder's payment: for who
 * reads the bank's files, within a decision. A file pays one whole, by its reference; a clerk who
 * names one may pay a part of it with an entry, and no more than is open.
 */
public interface ExpectedCredits {
  /** Structured creditor references (ISO 11649), of the open ones and of those that are paid. */
  Set<String> references();

  /**
   * @param name what is paid, as its capability names it
   * @param cents that are still asked for; once it is paid, that its last payment brought; none if
   *     nothing is asked for any more
   * @param paidOn empty while it is open
   * @param looked tags of what this depends on
   */
  record Expected(String name, long cents, Optional<LocalDate> paidOn, Set<String> looked) {}

  /**
   * @param reference one of {@link #references()}
   */
  Expected expected(String reference);

  /**
   * @param name any text
   * @return empty if nothing was asked for under this name
   */
  Optional<Expected> named(String name);

  /**
   * The fact by which so much of it is paid.
   *
   * @param name of what is open
   * @param cents above zero, at most what is open
   */
  Fact paid(String name, long cents, BankEntry entry);

  /**
   * The fact by which a payment is undone that the bank tells no more.
   *
   * @param name of what an entry had paid
   * @param told the payment's booking, or what it had left to be explained
   * @param before what is recorded ahead of it in the same append
   * @return empty if less of what was paid can be undone
   */
  Optional<Fact> takenBack(String name, NoMore told, List<Fact> before);

  /**
   * A credit that the bank tells no more.
   *
   * @param cents above zero
   * @param statement that tells it no more; empty if a clerk says so of what it had left
   * @param by the account
   */
  record NoMore(BankEntry entry, long cents, Optional<String> statement, String by) {}
}
