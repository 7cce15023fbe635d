package fr.passnumerique.clearing.settlement;

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
