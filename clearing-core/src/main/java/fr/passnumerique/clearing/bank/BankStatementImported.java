package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * The bank told the balance of the ring-fenced account, and every booking that led to it.
 *
 * @param statement names it, from its contents
 * @param reference the bank's own, without the account's IBAN that some banks write into it
 * @param number in the bank's sequence, if it counts
 * @param from first day, Europe/Paris
 * @param to last day: its closing balance is that of its evening
 * @param entries booked ones, known before or not
 */
public record BankStatementImported(
    String statement,
    String reference,
    @LeftOutWhenEmpty Optional<Long> number,
    LocalDate from,
    LocalDate to,
    long openingCents,
    long closingCents,
    int entries)
    implements Fact {
  /** What the bank calls it, and for which days: told again, it says the same. */
  String identity() {
    return "%s|%s|%s|%s".formatted(reference, number.map(String::valueOf).orElse(""), from, to);
  }

  boolean saysTheSame(BankStatementImported other) {
    return openingCents == other.openingCents
        && closingCents == other.closingCents
        && entries == other.entries;
  }

  @Override
  public Set<String> tags() {
    return Set.of("bank", "bank-statement:" + statement);
  }
}
