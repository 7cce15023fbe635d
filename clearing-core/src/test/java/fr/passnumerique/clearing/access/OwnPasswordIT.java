package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.AccountEndpoint.OwnPassword;
import fr.passnumerique.clearing.vault.MemoryVault;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OwnPasswordIT extends AccountsWorld {
  private static final String OTHER = "words that nobody knows";

  private Sessions sessions;
  private AccountEndpoint endpoint;

  @BeforeEach
  void endpoint() {
    Administration trail = new Administration(database.ledger(), Clock.systemUTC());
    sessions = new Sessions(database.ledger(), Clock.systemUTC(), trail, accounts.whoAsks());
    SecondFactors factors =
        new SecondFactors(
            database.ledger(),
            new MemoryVault(),
            Clock.systemUTC(),
            Instant::now,
            new LoginThrottle(() -> 0),
            new LoginThrottle(() -> 0),
            trail,
            accounts.whoAsks(),
            true);
    endpoint = new AccountEndpoint(accounts, factors);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void everybodySetsItsOwnAndAllItsSessionsEnd(Role role) {
    Account account = of(role);
    SignedIn desk = logsIn(account);
    SignedIn phone = logsIn(account);

    endpoint.changeMyPassword(new OwnPassword(PASSWORD, OTHER), desk);

    assertThat(accounts.whoAsks().inSession(desk, true)).isEmpty();
    assertThat(accounts.whoAsks().inSession(phone, true)).isEmpty();
    assertThat(accounts.whoAsks().authenticate(account.login(), PASSWORD)).isEmpty();
    assertThat(accounts.whoAsks().authenticate(account.login(), OTHER)).isPresent();
  }

  @Test
  void whoShowedASecondFactorTypesTheOneOfBeforeAllTheSame() {
    SignedIn found = logsIn(of(Role.CLERK)).withFactor();

    assertThat(refused(() -> change(found, "a wrong password", OTHER)).code())
        .isEqualTo("PASSWORD_WRONG");
    assertThat(accounts.whoAsks().inSession(found, true)).isPresent();
  }

  @Test
  void whoGuessesTheOneOfBeforeWaits() {
    SignedIn found = logsIn(of(Role.FUNDER));
    for (int i = 0; i < 3; i++) {
      assertThat(refused(() -> change(found, "a wrong password", OTHER)).code())
          .isEqualTo("PASSWORD_WRONG");
    }

    assertThat(refused(() -> change(found, PASSWORD, OTHER)).code()).isEqualTo("TOO_MANY_ATTEMPTS");
  }

  @Test
  void theOneOfBeforeIsNotAnother() {
    SignedIn venue = logsIn(of(Role.VENUE));

    assertThat(refused(() -> change(venue, PASSWORD, PASSWORD)).code())
        .isEqualTo("PASSWORD_NOT_ANOTHER");
  }

  @Test
  void aVenuesProgramsGoOnWhenItSetsItsPassword() {
    Account venue = of(Role.VENUE);
    Actor clerk = actor(of(Role.CLERK));
    ApiKey.Issued till = accounts.createKey(UUID.randomUUID(), venue.id(), "till", asks(clerk));

    change(logsIn(venue), PASSWORD, OTHER);

    assertThat(accounts.whoAsks().byKey(till.key())).isPresent();
  }

  private void change(SignedIn by, String current, String password) {
    endpoint.changeMyPassword(new OwnPassword(current, password), by);
  }

  private Account of(Role role) {
    return accounts.create(
        "the-" + role, PASSWORD, role, role.hasSubject() ? "S-1" : "", Actor.ENGINE.account());
  }

  private SignedIn logsIn(Account account) {
    return sessions.begin(asks(account), "192.0.2.7", "Firefox");
  }
}
