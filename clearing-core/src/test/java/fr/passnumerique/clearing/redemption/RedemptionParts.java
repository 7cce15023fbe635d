package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.FixtureReader;
import java.util.function.Supplier;

/** What tests of other capabilities need of this one. */
public final class RedemptionParts {
  private RedemptionParts() {}

  /** The slips that are on this ledger now. */
  public static SlipArchive archive(DecisionFixture ledger) {
    RedemptionRegister register = new RedemptionRegister();
    ledger.replay(register);
    return new SlipArchive(register, Supplier::get, new FixtureReader(ledger));
  }
}
