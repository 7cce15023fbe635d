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
   * What may have paid what somebody was asked for, the surest first and of those the first that
   * came. Empty if there is none.
   *
   * @param expected its name, as its capability gives it
   * @param cents that are asked for
   */
  Optional<Credit> of(String expected, long cents);

  /** What lets it be the payment; the surest first. */
  enum By {
    /** Whatever its amount. */
    ITS_REFERENCE,
    /** The reference of something that was asked for: facts did not say at first of what. */
    ONE_NOT_KEPT,
    /** None at all, and it is of the amount. */
    NO_REFERENCE
  }

  /**
   * @param entry as a clerk names it
   * @param cents that came in, above zero
   * @param bookedOn Europe/Paris
   */
  record Credit(String entry, long cents, LocalDate bookedOn, By by) {
    /** What a clerk is told who would have it booked a second time by hand. */
    public String because(String expected) {
      return "the bank booked %s on %s %s (entry %s), and nobody has explained that"
          .formatted(
              new Cents(cents).inEnglish(),
              bookedOn,
              switch (by) {
                case ITS_REFERENCE -> "by the reference of %s".formatted(expected);
                case ONE_NOT_KEPT -> "by a debit note's reference, the ledger did not keep whose,";
                case NO_REFERENCE -> "by no reference, as much as %s asks for".formatted(expected);
              },
              entry);
    }
  }
}
