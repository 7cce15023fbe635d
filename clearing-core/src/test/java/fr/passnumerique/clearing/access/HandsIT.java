package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.dao.DataAccessException;

/** Who may act as whom: the rule of the second person goes by it. */
class HandsIT extends AccountsWorld {
  private Hands hands;
  private Actor anne;

  @BeforeEach
  void oneClerk() {
    hands = new Hands(database.ledger());
    anne = actor(accounts.create("anne", PASSWORD, Role.CLERK, "", "engine"));
  }

  @Test
  void whoMadeAnAccountOrAKeyOrAPasswordOfItMayActAsIt() {
    Actor bert = itsOwn(made("bert", anne));
    Account made = accounts.create(UUID.randomUUID(), "made", null, Role.VENUE, "V-1", asks(anne));
    Account keyed = ofTheEngine("keyed", Role.VENUE);
    accounts.createKey(UUID.randomUUID(), keyed.id(), "till", asks(anne));
    Account reset = ofTheEngine("reset", Role.FUNDER);
    accounts.changePassword(reset.id(), PASSWORD + "2", asks(anne));

    for (Account held : Set.of(made, keyed, reset)) {
      assertThat(oneHand(anne, held)).as(held.login()).isTrue();
      assertThat(hands.hold(Set.of(anne.account()), held.id())).as("the other way").isTrue();
      assertThat(oneHand(bert, held)).as(held.login()).isFalse();
    }
    assertThat(oneHand(anne, ofTheEngine("untouched", Role.AUDITOR))).isFalse();
  }

  @Test
  void whatWasRevokedOrSetAnewSinceCountsAllTheSame() {
    Actor bert = itsOwn(made("bert", anne));
    Account venue = ofTheEngine("venue", Role.VENUE);
    String key = accounts.createKey(UUID.randomUUID(), venue.id(), "till", asks(anne)).id();
    accounts.revokeKey(venue.id(), key);
    Account other = ofTheEngine("other", Role.VENUE);
    accounts.changePassword(other.id(), PASSWORD + "2", asks(anne));
    accounts.changePassword(other.id(), PASSWORD + "3", asks(bert));

    assertThat(oneHand(anne, venue)).isTrue();
    assertThat(oneHand(anne, other)).isTrue();
    assertThat(oneHand(bert, other)).isTrue();
  }

  @Test
  void theSecondClerkIsItsMakersUntilItHasSetAPasswordItself() {
    Account bert = made("bert", anne);
    assertThat(oneHand(anne, bert)).isTrue();

    itsOwn(bert);

    assertThat(oneHand(anne, bert)).isFalse();
  }

  @Test
  void theSecondClerkDisabledIsItsMakersAsItWas() {
    Account bert = made("bert", anne);

    accounts.disable(bert.id());

    assertThat(oneHand(anne, bert)).isTrue();
  }

  @Test
  void theFirstPasswordOfItsOwnRevokesAllKeysOfBefore() {
    Account bert = made("bert", anne);
    ApiKey.Issued given = accounts.createKey(UUID.randomUUID(), bert.id(), "first", asks(anne));
    ApiKey.Issued taken = accounts.createKey(UUID.randomUUID(), bert.id(), "by it", asks(bert));

    Actor owner = itsOwn(bert);

    assertThat(accounts.whoAsks().byKey(given.key())).isEmpty();
    assertThat(accounts.whoAsks().byKey(taken.key())).isEmpty();
    assertThat(oneHand(anne, bert)).isFalse();

    ApiKey.Issued mine = accounts.createFirstKey(asks(owner), "mine");
    accounts.changePassword(bert.id(), PASSWORD + "2", asks(owner));
    assertThat(accounts.whoAsks().byKey(mine.key())).as("a later password").isPresent();
  }

  @Test
  void aClerkWhomTwoLetInKeepsItsKeysAndSoDoesTheFirst() {
    Actor bert = itsOwn(made("bert", anne));
    Account carl = made("carl", anne);
    accounts.approve(carl.id(), asks(bert));
    String carls = accounts.createFirstKey(asks(carl), "mine").key();
    String annes = accounts.createFirstKey(asks(anne), "mine").key();

    itsOwn(carl);
    itsOwn(accounts.find(anne.account()).orElseThrow());

    assertThat(accounts.whoAsks().byKey(carls)).isPresent();
    assertThat(accounts.whoAsks().byKey(annes)).isPresent();
  }

  @Test
  void aKeyThatAnotherMadeOfAClerkCountsEvenRevokedUntilThatOneSetsAPassword() {
    Account other = ofTheEngine("other-clerk", Role.CLERK);
    ApiKey.Issued key = accounts.createKey(other.id(), "of before", anne.account());
    accounts.revokeKey(other.id(), key.id());
    assertThat(oneHand(anne, other)).isTrue();
    String inForce = accounts.createKey(other.id(), "too", anne.account()).key();

    itsOwn(other);

    assertThat(oneHand(anne, other)).isFalse();
    assertThat(accounts.whoAsks().byKey(inForce)).isEmpty();
  }

  @Test
  void whatAKeyOfBeforeMadeStaysInTheMakersHand() {
    Account bert = made("bert", anne);
    String key = accounts.createKey(UUID.randomUUID(), bert.id(), "first", asks(anne)).key();
    Account venue = ofTheEngine("venue", Role.VENUE);
    accounts.createKey(
        UUID.randomUUID(), venue.id(), "till", accounts.whoAsks().byKey(key).orElseThrow());
    Account party =
        accounts.create(UUID.randomUUID(), "party", null, Role.FUNDER, "V-1", asks(bert));

    itsOwn(bert);

    assertThat(oneHand(anne, venue)).isTrue();
    assertThat(oneHand(anne, party)).isTrue();
  }

  @Test
  void whatIsMadeAtTheVeryInstantOfTheFirstOwnPasswordIsOfBefore() {
    Account bert = made("bert", anne);
    Account venue = ofTheEngine("venue", Role.VENUE);
    Accounts still = new Accounts(database.ledger(), Clock.fixed(Instant.now(), ZoneOffset.UTC));
    still.createKey(UUID.randomUUID(), venue.id(), "till", asks(bert));

    still.changePassword(bert.id(), PASSWORD + "2", asks(bert));

    assertThat(oneHand(anne, venue)).isTrue();
  }

  @Test
  void theDatabaseKeepsWhoSetAPassword() {
    Account bert = made("bert", anne);
    itsOwn(bert);

    for (String sql :
        List.of(
            "update access.password_set set set_by = 'engine'",
            "delete from access.password_set",
            "truncate access.password_set")) {
      assertThatThrownBy(() -> jdbc.sql(sql).update())
          .as(sql)
          .isInstanceOf(DataAccessException.class)
          .hasStackTraceContaining("permission denied");
    }
  }

  @Test
  void aKeyOfAClerkWhomTwoLetInIsItsOwnWithTheFirstPasswordToo() {
    Actor bert = itsOwn(made("bert", anne));
    Account carl = made("carl", anne);
    accounts.approve(carl.id(), asks(bert));
    accounts.createFirstKey(asks(carl), "mine");

    assertThat(oneHand(anne, carl)).isFalse();
    itsOwn(carl);
    assertThat(oneHand(anne, carl)).isFalse();
  }

  @Test
  void aClerkWhomTwoLetInIsItsOwn() {
    Actor bert = itsOwn(made("bert", anne));
    Account carl = made("carl", anne);
    accounts.approve(carl.id(), asks(bert));

    assertThat(oneHand(anne, carl)).isFalse();
    assertThat(oneHand(bert, carl)).isFalse();
  }

  @Test
  void aClerkWhomTheOperatorLetInIsItsMakersUntilItHasSetAPasswordItself() throws Exception {
    accounts.disable(made("bert", anne).id());
    Account carl = made("carl", anne);
    new Access().approvedByOperator(accounts, "carl").run(new DefaultApplicationArguments());
    assertThat(oneHand(anne, carl)).isTrue();

    itsOwn(carl);

    assertThat(oneHand(anne, carl)).isFalse();
  }

  @Test
  void whoeverHasTheMakerInHandHasWhatItMadeAndKeepsThat() {
    Account bert = made("bert", anne);
    Account before = ofTheEngine("before", Role.VENUE);
    accounts.createKey(UUID.randomUUID(), before.id(), "till", asks(bert));
    assertThat(oneHand(anne, before)).isTrue();

    itsOwn(bert);
    Account after = ofTheEngine("after", Role.VENUE);
    accounts.createKey(UUID.randomUUID(), after.id(), "till", asks(bert));

    assertThat(oneHand(anne, before)).isTrue();
    assertThat(oneHand(anne, after)).isFalse();
    assertThat(oneHand(actor(bert), after)).isTrue();
  }

  @Test
  void throughHoweverManyAccounts() throws Exception {
    Account bert = made("bert", anne);
    Account carl = made("carl", actor(bert));
    new Access().approvedByOperator(accounts, "carl").run(new DefaultApplicationArguments());
    Account venue = ofTheEngine("venue", Role.VENUE);
    accounts.createKey(UUID.randomUUID(), venue.id(), "till", asks(carl));

    assertThat(oneHand(anne, venue)).isTrue();
  }

  @Test
  void aThirdWhoHasBothIsOnePersonToo() {
    Account venue =
        accounts.create(UUID.randomUUID(), "venue", null, Role.VENUE, "V-1", asks(anne));
    Account bert = made("bert", anne);

    assertThat(oneHand(actor(bert), venue)).isTrue();
  }

  @Test
  void accountsThatTheEngineMadeAreNoOnesHand() {
    assertThat(oneHand(anne, ofTheEngine("other-clerk", Role.CLERK))).isFalse();
    assertThat(hands.hold(Set.of("engine", "nobody"), anne.account())).isFalse();
    assertThat(hands.hold(Set.of(), anne.account())).isFalse();
  }

  private boolean oneHand(Actor one, Account other) {
    return hands.hold(Set.of("nobody", other.id()), one.account());
  }

  private Account ofTheEngine(String login, Role role) {
    return accounts.create(login, PASSWORD, role, role.hasSubject() ? "V-1" : "", "engine");
  }
}
