package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;

/**
 * Somebody sent a file that was refused: nothing in it counts, and a clerk is to see that the right
 * one comes.
 *
 * @param file digest of its bytes
 * @param code of the refusal
 * @param line at which it was found, 0 if none
 * @param by the account
 * @param on the day in Paris
 */
public record BankFileRefused(String file, String code, int line, String by, LocalDate on)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("bank-file:" + file);
  }
}
