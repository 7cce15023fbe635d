package fr.passnumerique.ui.deed;

import static java.util.Objects.requireNonNull;

import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;

/**
 * Which acts a page offers: those that would not be refused, to this person and now. The operation
 * itself is asked, as a dry run: a page that looked at states by itself would be a second rule, and
 * offers in time what is refused, or hides what is not.
 */
public final class OpenActs {
  private OpenActs() {}

  /** Asked of an operation that sends one command. */
  public static <A> boolean isOpen(Supplier<ResponseEntity<Answer<A>>> dryRun) {
    return isOpenUnless(() -> requireNonNull(dryRun.get().getBody()).already());
  }

  /**
   * @param already a dry run, which tells whether it is done already
   * @return true also where nobody can tell just now: the act says so then
   */
  public static boolean isOpenUnless(BooleanSupplier already) {
    try {
      return !already.getAsBoolean();
    } catch (Problem refused) {
      return refused.status() >= 500;
    } catch (LedgerUnavailableException _) {
      return true;
    }
  }
}
