package fr.passnumerique.clearing.settlement;

import java.util.List;

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
}
