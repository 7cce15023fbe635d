package fr.passnumerique.clearing.bank.entry;

import fr.passnumerique.clearing.money.Cents;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Credits that the bank has booked and nobody has explained: who records by hand what one of them
 * has paid would have the money twice, once by each.
 *
 * <p>Whoever asks names {@link #TAG} in its boundary: everything that the bank says.
 */
public interface UnexplainedCredits {
  String TAG = "bank";

  /** For who reads no files of the bank. */
  UnexplainedCredits NONE = (_, _) -> Optional.empty();

  /**
   * The first that may have paid what somebody was asked for: it carries its reference, whatever
   * its amount; or it carries none at all, and is of the amount. Empty if there is none.
   *
   * @param expected its name, as its capability gives it
   * @param cents that are asked for
   */
  Optional<Credit> of(String expected, long cents);

  /**
   * @param entry as a clerk names it
   * @param cents that came in, above zero
   * @param bookedOn Europe/Paris
   * @param named whether it carries the reference
   */
  record Credit(String entry, long cents, LocalDate bookedOn, boolean named) {
    /** What a clerk is told who would have it booked a second time by hand. */
    public String because(String expected) {
      return "the bank booked %s on %s %s (entry %s), and nobody has explained that"
          .formatted(
              new Cents(cents).inEnglish(),
              bookedOn,
              named
                  ? "by the reference of %s".formatted(expected)
                  : "by no reference, as much as %s asks for".formatted(expected),
              entry);
    }
  }
}
