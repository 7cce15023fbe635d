package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What tests of this capability share, and what those of others need of it. */
public final class PayeeParts {
  private final PayeeRegister register = new PayeeRegister();

  public Register register() {
    return register;
  }

  public List<Decider<?, ?>> decidersAnd(Decider<?, ?>... others) {
    List<Decider<?, ?>> deciders = new ArrayList<>(List.of(others));
    deciders.add(new ProposePayeeAccountDecision(register));
    deciders.add(new ConfirmPayeeAccountDecision(register));
    deciders.add(new DropPayeeAccountDecision(register));
    return deciders;
  }

  DecisionFixture ledger() {
    return DecisionFixture.of(List.of(register), decidersAnd());
  }

  PayeeAccounts accounts(Commands commands, Vault vault) {
    return new PayeeAccounts(commands, vault, Unnoted.readings(vault), register, Supplier::get, "");
  }

  boolean isInForce(Payee payee, String account) {
    return register.inForce(payee).filter(a -> a.account().value().equals(account)).isPresent();
  }
}
