package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.ledger.RefusalCode;

/** Why something about an account of a payee is refused; the first that applies, in this order. */
public enum PayeeRefusal implements RefusalCode {
  /** The venue is on no list that was imported. */
  UNKNOWN_VENUE(Kind.UNKNOWN),
  UNKNOWN_FUNDER(Kind.UNKNOWN),
  /** Without a SIRET a venue is listed but not paid. */
  VENUE_NOT_PAYABLE(Kind.RULE),
  /** Another account of the payee awaits a second person. */
  ACCOUNT_PROPOSAL_PENDING(Kind.CONFLICT),
  /** The bank closed the IBAN, and nobody has said why it should be paid to all the same. */
  ACCOUNT_CLOSED_BY_BANK(Kind.CONFLICT),
  /** No account awaits a second person. */
  NO_ACCOUNT_PROPOSED(Kind.CONFLICT),
  /** Another account than the one named awaits a second person. */
  ACCOUNT_PROPOSAL_DIFFERS(Kind.CONFLICT),
  /** Whoever proposes an account does not confirm it. */
  SECOND_PERSON_NEEDED(Kind.RULE);

  private final Kind kind;

  PayeeRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  static Refusal nothingProposed(Payee payee) {
    return NO_ACCOUNT_PROPOSED.because(
        payee.field(),
        "no account is proposed for %s".formatted(payee),
        "propose one, or look whether it is in force already");
  }

  /** The IBAN is not repeated: it may be a person's. */
  static Refusal closed(Payee payee, AccountsInForce.Closing closing, String remedy) {
    return ACCOUNT_CLOSED_BY_BANK.because(
        "reopening",
        "the bank closed the account proposed for %s: on %s a transfer to it failed for %s"
            .formatted(payee, closing.on(), closing.reason()),
        remedy);
  }

  static Refusal another(Payee payee) {
    return ACCOUNT_PROPOSAL_DIFFERS.because(
        "account",
        "another account than the one that was named is proposed for %s".formatted(payee),
        "read the proposed account again and decide on that");
  }
}
