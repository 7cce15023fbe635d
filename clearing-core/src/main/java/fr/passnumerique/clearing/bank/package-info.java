/**
 * What the bank says becomes facts: statements and notifications of the ring-fenced account
 * (camt.053, camt.054) and the status of payments (pain.002).
 *
 * <p>Read from the top: {@code BankXml} reads XML that may be hostile, {@code BankFileReader} what
 * it says ({@code AccountReports}, {@code BookedEntries}, {@code PaymentStatuses}), {@code
 * KnownBookings} which of it is new, {@code ImportBankFileDecision} what it means.
 */
@NullMarked
package fr.passnumerique.clearing.bank;

import org.jspecify.annotations.NullMarked;
