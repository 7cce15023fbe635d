package fr.passnumerique.clearing.cover;

import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.Entry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one funder's cash for one agreement has to cover: sums of accounts, in cents. */
final class RingFence {
  private long cash;
  private long freeCredit;
  private long outstanding;
  private long accepted;
  private long inTransit;
  private long dueBack;
  private @Nullable Breach breach;

  /** Since which fact the cash has been short. */
  record Breach(long position, Instant recordedAt) {}

  /** What the bank booked and nobody has explained is nobody's. */
  static boolean concerns(Account account) {
    return switch (account.kind()) {
      case BANK -> !account.agreement().isEmpty();
      case FUNDER_CREDIT,
          CHEQUES_OUTSTANDING,
          VENUE_PAYABLE,
          TRANSFER_IN_TRANSIT,
          TRANSFER_EXECUTED,
          DUE_BACK,
          TO_GIVE_BACK ->
          true;
      default -> false;
    };
  }

  void add(Entry entry) {
    long credit = Math.negateExact(entry.cents());
    switch (entry.account().kind()) {
      case BANK -> cash = Math.addExact(cash, entry.cents());
      case FUNDER_CREDIT -> freeCredit = Math.addExact(freeCredit, credit);
      case CHEQUES_OUTSTANDING -> outstanding = Math.addExact(outstanding, credit);
      case VENUE_PAYABLE -> accepted = Math.addExact(accepted, credit);
      // Debited or not, the bank's word (ACSC) does not move the cash: a statement does.
      case TRANSFER_IN_TRANSIT, TRANSFER_EXECUTED -> inTransit = Math.addExact(inTransit, credit);
      case DUE_BACK, TO_GIVE_BACK -> dueBack = Math.addExact(dueBack, credit);
      default -> throw new IllegalArgumentException("no part of cover: " + entry);
    }
  }

  /** Remembers when the cash became short, and forgets it when it is no more. */
  void judge(long position, Instant recordedAt) {
    if (margin() >= 0) {
      breach = null;
    } else if (breach == null) {
      breach = new Breach(position, recordedAt);
    }
  }

  long cash() {
    return cash;
  }

  long freeCredit() {
    return freeCredit;
  }

  long outstanding() {
    return outstanding;
  }

  /** Accepted lines in no transfer. */
  long accepted() {
    return accepted;
  }

  /** Accepted lines in transfers that no statement shows as debited. */
  long inTransit() {
    return inTransit;
  }

  long dueBack() {
    return dueBack;
  }

  long required() {
    return outstanding + accepted + inTransit + dueBack;
  }

  /** Below zero while there is a breach. Always the free credit: double entry says so. */
  long margin() {
    return cash - required();
  }

  @Nullable Breach breach() {
    return breach;
  }
}
