package fr.passnumerique.clearing.settlement;

import com.fasterxml.jackson.annotation.JsonAlias;
import fr.passnumerique.clearing.money.Cents;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Transfers that count as unpaid and that the bank may have paid all the same: it has debited them
 * or says that it has, and nobody has explained it yet; or it told that they came back, and tells
 * that no more. Nobody is paid their money again before a clerk knows better.
 *
 * <p>Whoever asks names {@link #TAG} in its boundary: everything that the bank says.
 */
public interface DoubtfulTransfers {
  String TAG = "bank";

  /** For who reads no files of the bank. */
  DoubtfulTransfers NONE = List::of;

  List<Doubt> doubts();

  /** Each once. */
  default List<TransferId> doubtful() {
    return doubts().stream().map(Doubt::transfer).distinct().toList();
  }

  /** Why the bank may have paid a transfer that counts as unpaid. */
  enum Why {
    /** It has debited it, or tells no more that it came back, and nobody has explained that. */
    ENTRY_UNEXPLAINED,
    /**
     * It says that it has executed it, which was not believed, and nobody has dealt with that. The
     * first word is of a time when only what had been rejected before was listed so.
     */
    @JsonAlias("EXECUTED_AFTER_REJECTION")
    EXECUTION_UNEXPLAINED,
    /** The last statement leaves out that it came back, and no clerk has said what that means. */
    RETURN_IN_DOUBT
  }

  /**
   * @param exception of the bank's, by which a clerk puts an end to the doubt: an entry, a status
   *     or a statement
   */
  record Doubt(TransferId transfer, Why why, String exception) {
    public String because() {
      return switch (why) {
        case ENTRY_UNEXPLAINED ->
            "the bank may have paid it by transfer %s: nobody has explained its entry %s"
                .formatted(transfer, exception);
        case EXECUTION_UNEXPLAINED ->
            "the bank says that it has paid it by transfer %s after all (exception %s)"
                .formatted(transfer, exception);
        case RETURN_IN_DOUBT ->
            "the bank tells no more that transfer %s, which paid it, came back (exception %s)"
                .formatted(transfer, exception);
      };
    }

    /** What puts an end to it while no transfer takes the money. */
    public String remedy() {
      return switch (why) {
        case ENTRY_UNEXPLAINED ->
            "match entry %s to transfer %s by matchBankEntry; if its money was paid or netted another way since, or the bank gives the money back, offset it against what comes back"
                .formatted(exception, transfer);
        case EXECUTION_UNEXPLAINED ->
            "import the statement that has the debit of transfer %s; if its debit and its return are explained, close exception %s (closeBankException)"
                .formatted(transfer, exception);
        case RETURN_IN_DOUBT ->
            "close exception %s as CORRECTED_BY_BANK (closeBankException), by which transfer %s is paid again; if it did come back, import the statement that tells so"
                .formatted(exception, transfer);
      };
    }
  }

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
   * @param doubt of a transfer that the bank may have paid all the same
   * @param again that is to pay the same money
   */
  record Twice(Doubt doubt, TransferId again) {
    public TransferId paid() {
      return doubt.transfer();
    }
  }

  /**
   * The first of these transfers that would pay what the bank may have paid already; empty if none
   * would. One that the bank names itself does not pay again what it has paid: the bank may have
   * paid it though it was never sent, by another amount say, and {@link #debit} tells that before
   * its file is handed out.
   *
   * @param word of the capability that ordered them
   */
  default Optional<Twice> paidAgain(Collection<TransferId> transfers, TransferWord word) {
    for (Doubt doubt : doubts()) {
      TransferId paid = doubt.transfer();
      for (TransferId transfer : transfers) {
        if (!transfer.equals(paid) && word.paysTheSame(paid, transfer)) {
          return Optional.of(new Twice(doubt, transfer));
        }
      }
    }
    return Optional.empty();
  }
}
