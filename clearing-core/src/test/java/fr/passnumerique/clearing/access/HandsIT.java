package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

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
    Account made = accounts.create(UUID.randomUUID(), "made", null, Role.VENUE, "V-1", anne);
    Account keyed = ofTheEngine("keyed", Role.VENUE);
    accounts.createKey(UUID.randomUUID(), keyed.id(), "till", anne);
    Account reset = ofTheEngine("reset", Role.FUNDER);
    accounts.changePassword(reset.id(), PASSWORD + "2", anne);

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
    String key = accounts.createKey(UUID.randomUUID(), venue.id(), "till", anne).id();
    accounts.revokeKey(venue.id(), key);
    Account other = ofTheEngine("other", Role.VENUE);
    accounts.changePassword(other.id(), PASSWORD + "2", anne);
    accounts.changePassword(other.id(), PASSWORD + "3", bert);

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
  void aClerksKeyThatAnotherMadeCountsUntilItIsRevoked() {
    Account bert = made("bert", anne);
    String key = accounts.createKey(UUID.randomUUID(), bert.id(), "first", anne).id();
    itsOwn(bert);
    assertThat(oneHand(anne, bert)).isTrue();

    accounts.revokeKey(bert.id(), key);

    assertThat(oneHand(anne, bert)).isFalse();
  }

  @Test
  void aKeyThatTheMakerMadeAsTheSecondClerkCountsUntilItIsRevokedAndLaterOnesDoNot() {
    Account bert = made("bert", anne);
    String key = accounts.createFirstKey(actor(bert), "by anne, with the first password").id();
    itsOwn(bert);
    accounts.createKey(UUID.randomUUID(), bert.id(), "mine", actor(bert));
    assertThat(oneHand(anne, bert)).isTrue();

    accounts.revokeKey(bert.id(), key);

    assertThat(oneHand(anne, bert)).isFalse();
    itsOwn(bert);
    assertThat(oneHand(anne, bert)).as("since its first own password").isFalse();
  }

  @Test
  void aKeyOfAClerkWhomTwoLetInIsItsOwnWithTheFirstPasswordToo() {
    Actor bert = itsOwn(made("bert", anne));
    Account carl = made("carl", anne);
    accounts.approve(carl.id(), bert);
    accounts.createFirstKey(actor(carl), "mine");

    assertThat(oneHand(anne, carl)).isFalse();
    itsOwn(carl);
    assertThat(oneHand(anne, carl)).isFalse();
  }

  @Test
  void aClerkWhomTwoLetInIsItsOwn() {
    Actor bert = itsOwn(made("bert", anne));
    Account carl = made("carl", anne);
    accounts.approve(carl.id(), bert);

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
    accounts.createKey(UUID.randomUUID(), before.id(), "till", actor(bert));
    assertThat(oneHand(anne, before)).isTrue();

    itsOwn(bert);
    Account after = ofTheEngine("after", Role.VENUE);
    accounts.createKey(UUID.randomUUID(), after.id(), "till", actor(bert));

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
    accounts.createKey(UUID.randomUUID(), venue.id(), "till", actor(carl));

    assertThat(oneHand(anne, venue)).isTrue();
  }

  @Test
  void aThirdWhoHasBothIsOnePersonToo() {
    Account venue = accounts.create(UUID.randomUUID(), "venue", null, Role.VENUE, "V-1", anne);
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
