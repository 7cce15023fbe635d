package fr.passnumerique.clearing.payee;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A venue that the bank left without an account is asked for another, and whoever shares it. */
class LostAccountsTest {
  private static final VenueId BUS = new VenueId("21160291900015");
  private static final VenueId LIBRARY = new VenueId("21230096100018");
  private static final LocalDate REJECTED_ON = LocalDate.of(2026, 11, 3);

  private final PayeeRegister register = new PayeeRegister();
  private final LostAccounts lost = new LostAccounts(register);
  private long position;

  private void record(Fact fact) {
    register.fold(fact, ++position, Instant.EPOCH);
  }

  @Test
  void fromTheBanksRejectionUntilAnotherIsProposed() {
    record(new VenueAccountOpened(BUS, new VaultReference("v-1"), "same iban"));
    record(new VenueAccountOpened(LIBRARY, new VaultReference("v-2"), "same iban"));
    assertThat(lost.of(Payee.of(BUS))).isEmpty();

    record(
        new TransferRejected(
            new SettlementRunId("run-1"),
            new TransferId("run-1-1"),
            REJECTED_ON,
            "AC04",
            new VaultReference("v-1"),
            1_000,
            List.of(),
            List.of(),
            List.of(),
            List.of()));
    assertThat(lost.of(Payee.of(BUS))).contains(new AccountsInForce.Closing(REJECTED_ON, "AC04"));
    assertThat(lost.of(Payee.of(LIBRARY))).isPresent();

    record(
        new VenueAccountProposed(
            BUS, new VaultReference("v-3"), "another", "bus", VenueAccountProposed.Proposer.VENUE));
    assertThat(lost.of(Payee.of(BUS))).isEmpty();
    assertThat(lost.of(Payee.of(LIBRARY))).isPresent();
  }
}
