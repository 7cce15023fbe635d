package fr.passnumerique.ui.payee;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.payee.PayeeAccountEndpoint;
import fr.passnumerique.clearing.payee.PayeeAccounts;
import fr.passnumerique.clearing.payee.VenueAccountProposed.Proposer;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountSheetTest {
  private static final String VENUE = "12345678900011";
  private static final Actor READER = new Actor("a", Role.VENUE, VENUE);

  private static String by(String account, Optional<Proposer> proposer, Actor reader) {
    PayeeAccounts.Shown proposed =
        new PayeeAccounts.Shown(
            new VaultReference("v1"), "FR14…2606", "EMMAUS", account, proposer, Optional.empty());
    PayeeAccountEndpoint.Accounting accounting =
        new PayeeAccountEndpoint.Accounting(
            Optional.of(new VenueId(VENUE)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(proposed),
            Optional.empty());
    return Objects.requireNonNull(
            AccountSheet.of(PaidOut.VENUE, VENUE, "Emmaüs", accounting, id -> "login-" + id, reader)
                .proposed())
        .by();
  }

  @Test
  void aVenueIsToldWhetherItWasOneOfItsOwn() {
    assertThat(by("b", Optional.of(Proposer.VENUE), READER)).isEqualTo("un autre compte du lieu");
    assertThat(by("b", Optional.of(Proposer.CLERK), READER)).isEqualTo("l’opérateur");
    assertThat(by("a", Optional.of(Proposer.VENUE), READER)).isEqualTo("login-a");
  }

  @Test
  void aClerkIsToldWho() {
    assertThat(by("b", Optional.of(Proposer.VENUE), new Actor("c", Role.CLERK, "")))
        .isEqualTo("login-b");
  }
}
