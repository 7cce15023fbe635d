package fr.passnumerique.clearing.payee;

import java.util.Optional;

/** Who is paid to no account because the bank closed it. Asked within a read of the registers. */
public final class LostAccounts {
  private final PayeeRegister register;

  LostAccounts(PayeeRegister register) {
    this.register = register;
  }

  /** How the bank closed it, unless another one is proposed or open. */
  public Optional<AccountsInForce.Closing> of(Payee payee) {
    return register.proposal(payee) == null ? register.closing(payee) : Optional.empty();
  }
}
