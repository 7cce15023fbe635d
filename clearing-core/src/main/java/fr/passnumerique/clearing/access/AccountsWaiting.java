package fr.passnumerique.clearing.access;

import java.util.List;

/** Which clerks' accounts wait for another clerk than their maker. */
public interface AccountsWaiting {
  /** Those that can be approved, the one that was made first first. */
  List<Account> awaitingApproval();
}
