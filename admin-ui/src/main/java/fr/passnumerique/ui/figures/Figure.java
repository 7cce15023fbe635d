package fr.passnumerique.ui.figures;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.CHEQUES_OUTSTANDING;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_GIVEN_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_MOVED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_RECEIVED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_REFUNDED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.EVER_WAIVED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_ADVANCE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_CLAIM;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.RECEIVABLE_IF_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_ISSUED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_REDEEMED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TO_GIVE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_RECEIVABLE;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import java.util.List;
import java.util.Map;

/**
 * A figure of a page, by the accounts that it is made of: debits count as they are, credits turned
 * round, so that a figure is above zero where its name says so.
 */
public enum Figure {
  PAID_IN(
      "Apporté",
      plus(EVER_RECEIVED),
      plus(EVER_MOVED),
      minus(EVER_REFUNDED),
      minus(EVER_GIVEN_BACK)),
  UNALLOCATED("Non affecté", minus(FUNDER_CREDIT)),
  OUTSTANDING("En circulation", minus(CHEQUES_OUTSTANDING)),
  /** By share: accepted and not paid, but for what venues waive. */
  TO_PAY_OF_SHARE(
      "Reste à payer", plus(TITLES_REDEEMED), minus(EVER_WAIVED), plus(RECEIVABLE_IF_PAID)),
  DUE_BACK_TO_FUNDER("À restituer", minus(DUE_BACK), minus(TO_GIVE_BACK)),
  /** With what is to be recovered from venues. */
  PAID_OUT("Payé", plus(TITLES_PAID), plus(VENUE_RECEIVABLE)),
  ADVANCED("Avancé", minus(ON_USE_ADVANCE), minus(ON_USE_CLAIM)),
  ISSUED("Émis", minus(TITLES_ISSUED)),
  ACCEPTED("Accepté", plus(TITLES_REDEEMED), plus(TITLES_PAID)),
  OWED("À payer", minus(VENUE_PAYABLE)),
  IN_TRANSIT("Virement en cours", minus(TRANSFER_IN_TRANSIT)),
  TO_PAY("Reste à payer", minus(VENUE_PAYABLE), minus(TRANSFER_IN_TRANSIT)),
  PAID("Payé", plus(TITLES_PAID));

  private final String label;
  private final List<Term> terms;

  Figure(String label, Term... terms) {
    this.label = label;
    this.terms = List.of(terms);
  }

  /**
   * Accounts that it is made of.
   *
   * @param sign 1, or -1 for what is kept as a credit or is taken off
   */
  public record Term(AccountKind kind, int sign) {
    public long cents(Map<AccountKind, Long> debits) {
      return sign * debits.getOrDefault(kind, 0L);
    }
  }

  private static Term plus(AccountKind kind) {
    return new Term(kind, 1);
  }

  private static Term minus(AccountKind kind) {
    return new Term(kind, -1);
  }

  public String label() {
    return label;
  }

  public List<Term> terms() {
    return terms;
  }

  /**
   * @param debits of its accounts, cents
   */
  public long cents(Map<AccountKind, Long> debits) {
    return terms.stream().mapToLong(term -> term.cents(debits)).sum();
  }
}
