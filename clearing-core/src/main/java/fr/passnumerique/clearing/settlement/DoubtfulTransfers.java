package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.money.Cents;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Transfers that count as unpaid and that the bank may have paid all the same: it has debited them
 * or says that it has, and nobody has explained it yet. Their money is in another transfer by now,
 * or else the bank's word would have ended them.
 *
 * <p>Whoever asks names {@link #TAG} in its boundary: everything that the bank says.
 */
public interface DoubtfulTransfers {
  String TAG = "bank";

  /** For who reads no files of the bank. */
  DoubtfulTransfers NONE = List::of;

  List<TransferId> doubtful();

  /**
   * What the bank has booked of a transfer and nobody has explained: of another amount, before it
   * was released, or once too often.
   *
   * @param entry as a clerk names it
   * @param cents that went out, above zero
   * @param bookedOn Europe/Paris
   */
  record Debit(String entry, long cents, LocalDate bookedOn) {
    /** What a clerk is told who would have it booked a second time by hand. */
    public String because(String transfer, long amountCents) {
      return "the bank debited %s on %s for transfer %s of %s (entry %s), and nobody has explained that"
          .formatted(
              new Cents(cents).inEnglish(),
              bookedOn,
              transfer,
              new Cents(amountCents).inEnglish(),
              entry);
    }

    /** What the clerk is to do instead. */
    public String remedy() {
      return "match entry %s to the transfer by matchBankEntry, with charges for what the bank kept"
              .formatted(entry)
          + " beyond its amount; if the bank was wrong, offset it against the bank's correction";
    }
  }

  /**
   * The first such debit of a transfer; empty if there is none. A clerk who says by hand that the
   * transfer is booked would have the money gone twice, once by each amount.
   */
  default Optional<Debit> debit(TransferId transfer) {
    return Optional.empty();
  }

  /**
   * @param paid that the bank may have paid all the same
   * @param again that is to pay the same money
   */
  record Twice(TransferId paid, TransferId again) {}

  /**
   * The first of these transfers that would pay what the bank may have paid already; empty if none
   * would. One that the bank names itself is not looked at: it is not sent yet, so that nobody can
   * have paid it.
   *
   * @param word of the capability that ordered them
   */
  default Optional<Twice> paidAgain(Collection<TransferId> transfers, TransferWord word) {
    for (TransferId paid : doubtful()) {
      for (TransferId transfer : transfers) {
        if (!transfer.equals(paid) && word.paysTheSame(paid, transfer)) {
          return Optional.of(new Twice(paid, transfer));
        }
      }
    }
    return Optional.empty();
  }
}
