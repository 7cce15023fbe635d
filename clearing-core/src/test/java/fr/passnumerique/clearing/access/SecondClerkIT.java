package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import fr.passnumerique.clearing.http.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.dao.DataIntegrityViolationException;

/** One clerk is never two: who makes, approves and owns a clerk's account are three. */
class SecondClerkIT extends AccountsWorld {
  private Actor anne;
  private Hands hands;

  @BeforeEach
  void oneClerk() {
    hands = new Hands(database.ledger());
    anne = actor(accounts.create("anne", PASSWORD, Role.CLERK, "", "engine"));
  }

  @Test
  void theOnlyClerkThereEverWasMakesASecondAloneAndNoThird() {
    Account second = made("bert", anne);
    assertThat(second.awaitsApproval()).isFalse();
    assertThat(accounts.whoAsks().authenticate("bert", PASSWORD)).isPresent();

    assertThat(made("carl", anne).awaitsApproval()).isTrue();
    assertThat(accounts.whoAsks().authenticate("carl", PASSWORD)).isEmpty();
  }

  @Test
  void whoDisablesAllOtherClerksMakesNoneAloneAllTheSame() {
    accounts.disable(made("bert", anne).id());

    assertThat(made("puppet", anne).awaitsApproval()).isTrue();
  }

  @Test
  void thoseThatCanBeApprovedWaitInTheOrderInWhichTheyWereMade() {
    Actor bert = itsOwn(made("bert", anne));
    Account zoe = made("zoe", anne);
    Account carl = made("carl", anne);
    assertThat(accounts.awaitingApproval()).containsExactly(zoe, carl);

    accounts.approve(zoe.id(), asks(bert));
    accounts.disable(carl.id());

    assertThat(accounts.awaitingApproval()).isEmpty();
  }

  @Test
  void accountsThatWaitDoNotCountAsClerks() {
    Actor bert = itsOwn(made("bert", anne));
    made("carl", anne);
    accounts.disable(bert.account());

    assertThat(refused(() -> accounts.disable(anne.account())).code()).isEqualTo("LAST_CLERK");
  }

  @Test
  void anAccountThatWaitsMayBeDisabledAndIsNotApprovedThen() {
    Actor bert = itsOwn(made("bert", anne));
    Account carl = made("carl", anne);
    accounts.disable(bert.account());

    assertThat(accounts.disable(carl.id()).disabledAt()).isPresent();
    assertThat(refused(() -> accounts.approve(carl.id(), asks(bert))).code())
        .isEqualTo("ACCOUNT_DISABLED");
  }

  @Test
  void twoAccountsMadeAtOnceByTheOnlyClerkDoNotBothGoWithoutApproval() throws Exception {
    for (int round = 0; round < 5; round++) {
      empty();
      oneClerk();
      List<Callable<Account>> both = List.of(() -> made("bert", anne), () -> made("carl", anne));
      try (var threads = Executors.newFixedThreadPool(2)) {
        assertThat(threads.invokeAll(both).stream().map(Future::resultNow))
            .extracting(Account::awaitsApproval)
            .containsExactlyInAnyOrder(true, false);
      }
    }
  }

  @Test
  void whoMadeAnAccountDoesNotApproveItAndAnotherClerkDoes() {
    Actor bert = itsOwn(made("bert", anne));
    Account carl = made("carl", anne);

    Problem refusal = refused(() -> accounts.approve(carl.id(), asks(anne)));
    assertThat(refusal.code()).isEqualTo("SECOND_PERSON_REQUIRED");
    assertThat(refusal.getMessage()).contains("have another clerk approve it");
    assertThat(accounts.find(carl.id()).orElseThrow().awaitsApproval()).isTrue();

    Account.Approved approved = accounts.approve(carl.id(), asks(bert));

    assertThat(approved.account().awaitsApproval()).isFalse();
    assertThat(approved.account().approvedBy()).contains(bert.account());
    assertThat(approved.account().approvedAt()).isPresent();
    Account.Approved again = accounts.approve(carl.id(), asks(anne));
    assertThat(again.account()).isEqualTo(approved.account());
    assertThat(again.code()).isEmpty();
    assertThat(refused(() -> accounts.approve("nobody", asks(bert))).status()).isEqualTo(404);
  }

  @Test
  void theSecondClerkApprovesNothingOfItsMakersUntilItHasAPasswordOfItsOwn() {
    Account bert = made("bert", anne);
    Account carl = made("carl", anne);

    assertThat(refused(() -> accounts.approve(carl.id(), asks(bert))).code())
        .isEqualTo("SECOND_PERSON_REQUIRED");
    assertThat(accounts.approve(carl.id(), asks(itsOwn(bert))).code()).isPresent();
  }

  @Test
  void whatTheMakerMadeAsTheSecondClerkItDoesNotApproveEvenOnceThatOneIsItsOwn() {
    Account bert = made("bert", anne);
    Account carl = made("carl", actor(bert));
    itsOwn(bert);

    assertThat(refused(() -> accounts.approve(carl.id(), asks(anne))).code())
        .isEqualTo("SECOND_PERSON_REQUIRED");
  }

  @Test
  void ofTwoWhoApproveAtOnceOneIsShownTheCodeThatCounts() throws Exception {
    Actor bert = itsOwn(made("bert", anne));
    for (int round = 0; round < 5; round++) {
      String login = "carl-" + round;
      Account carl = made(login, anne);
      Callable<Account.Approved> approval = () -> accounts.approve(carl.id(), asks(bert));
      try (var threads = Executors.newFixedThreadPool(2)) {
        List<String> codes =
            threads.invokeAll(List.of(approval, approval)).stream()
                .flatMap(future -> future.resultNow().code().stream())
                .toList();
        assertThat(codes).hasSize(1);
        assertThat(accounts.whoAsks().authenticate(login, PASSWORD + codes.getFirst())).isPresent();
      }
    }
  }

  @Test
  void neitherThePasswordOfTheMakerNorTheCodeOfTheApproverLetsInByItself() {
    Actor bert = itsOwn(made("bert", anne));
    Account carl = made("carl", anne);
    String code = accounts.approve(carl.id(), asks(bert)).code().orElseThrow();

    for (String wrong :
        List.of(PASSWORD, code, "", PASSWORD + "A".repeat(code.length()), "x" + PASSWORD + code)) {
      assertThat(accounts.whoAsks().authenticate("carl", wrong)).as(wrong).isEmpty();
    }
    assertThat(accounts.whoAsks().authenticate("carl", PASSWORD + code))
        .hasValueSatisfying(signedIn -> assertThat(signedIn.actor()).isEqualTo(actor(carl)));

    accounts.changePassword(carl.id(), "a password of my own", asks(carl));

    assertThat(accounts.whoAsks().authenticate("carl", "a password of my own")).isPresent();
    assertThat(accounts.whoAsks().authenticate("carl", PASSWORD + code)).isEmpty();
  }

  @Test
  void aKeyCountsFromTheApprovalOnAndOnEveryNode() {
    Accounts elsewhere = new Accounts(database.ledger(), Clock.systemUTC());
    Actor bert = itsOwn(made("bert", anne));
    Account carl = made("carl", anne);
    String key = accounts.createKey(carl.id(), "test", "engine").key();
    assertThat(accounts.whoAsks().byKey(key)).isEmpty();
    assertThat(elsewhere.whoAsks().byKey(key)).isEmpty();

    accounts.approve(carl.id(), asks(bert));

    assertThat(accounts.whoAsks().byKey(key)).isPresent();
    assertThat(elsewhere.whoAsks().byKey(key)).isPresent();
  }

  @Test
  void aClerksKeysAndPasswordAreItsOwnAffair() {
    Actor bert = itsOwn(made("bert", anne));
    Account carl = made("carl", anne);
    accounts.approve(carl.id(), asks(bert));

    for (Actor other : List.of(anne, bert)) {
      Problem key =
          refused(() -> accounts.createKey(UUID.randomUUID(), carl.id(), "x", asks(other)));
      assertThat(key.code()).isEqualTo("KEY_OF_ANOTHER_CLERK");
      assertThat(refused(() -> accounts.changePassword(carl.id(), PASSWORD, asks(other))).code())
          .isEqualTo("PASSWORD_OF_ANOTHER_CLERK");
    }
    assertThat(accounts.keys(carl.id())).isEmpty();

    accounts.createKey(UUID.randomUUID(), carl.id(), "mine", asks(carl));
    assertThat(accounts.keys(carl.id()))
        .singleElement()
        .satisfies(mine -> assertThat(mine.madeBy()).contains(carl.id()));
  }

  @Test
  void theFirstKeyOfTheSecondClerkIsItsMakersToMakeAndNoOther() {
    Account bert = accounts.create(UUID.randomUUID(), "bert", null, Role.CLERK, "", asks(anne));
    assertThat(bert.awaitsApproval()).isFalse();

    accounts.createKey(UUID.randomUUID(), bert.id(), "first", asks(anne));

    assertThat(
            refused(() -> accounts.createKey(UUID.randomUUID(), bert.id(), "x", asks(anne))).code())
        .isEqualTo("KEY_OF_ANOTHER_CLERK");
  }

  @Test
  void aPasswordOfItsOwnMakesTheSecondClerkItsOwn() {
    Account bert = made("bert", anne);
    accounts.changePassword(bert.id(), PASSWORD + "2", asks(bert));

    assertThat(
            refused(() -> accounts.createKey(UUID.randomUUID(), bert.id(), "x", asks(anne))).code())
        .isEqualTo("KEY_OF_ANOTHER_CLERK");
  }

  @Test
  void thePasswordThatAnotherGaveIsNoneOfItsOwnNotEvenLater() {
    Account bert = made("bert", anne);
    Account carl = made("carl", anne);
    assertThat(refused(() -> accounts.changePassword(bert.id(), PASSWORD, asks(bert))).code())
        .isEqualTo("PASSWORD_NOT_ANOTHER");
    assertThat(hands.hold(Set.of(anne.account()), bert.id())).isTrue();

    accounts.approve(carl.id(), asks(itsOwn(bert)));

    for (Account clerk : List.of(bert, carl)) {
      Problem refusal = refused(() -> accounts.changePassword(clerk.id(), PASSWORD, asks(clerk)));
      assertThat(refusal.code()).isEqualTo("PASSWORD_NOT_ANOTHER");
      assertThat(refusal.getMessage()).doesNotContain(PASSWORD);
      assertThat(accounts.whoAsks().authenticate(clerk.login(), PASSWORD)).isEmpty();
    }
  }

  @Test
  void thePasswordThatAnotherGaveIsTheSameHoweverItIsTyped() {
    Account bert =
        accounts.create(UUID.randomUUID(), "bert", "école-école-école", Role.CLERK, "", asks(anne));

    String same = "e\u0301cole-e\u0301cole-e\u0301cole";
    assertThat(refused(() -> accounts.changePassword(bert.id(), same, asks(bert))).code())
        .isEqualTo("PASSWORD_NOT_ANOTHER");
  }

  @Test
  void aClerkKeepsTheKeysAndPasswordsOfWhoeverIsNoClerk() {
    Account venue =
        accounts.create(UUID.randomUUID(), "venue", null, Role.VENUE, "V-1", asks(anne));

    assertThat(venue.awaitsApproval()).isFalse();
    accounts.changePassword(venue.id(), PASSWORD, asks(anne));
    accounts.createKey(UUID.randomUUID(), venue.id(), "till", asks(anne));
    assertThat(accounts.keys(venue.id()).getFirst().madeBy()).contains(anne.account());
  }

  @Test
  void aClerksAccountWithoutAPasswordWouldNeverBeUsed() {
    made("bert", anne);
    assertThat(
            refused(
                    () ->
                        accounts.create(
                            UUID.randomUUID(), "robot", null, Role.CLERK, "", asks(anne)))
                .code())
        .isEqualTo("PASSWORD_REQUIRED");
  }

  @Test
  void whoMadeAnAccountIsToldAndNobodyMadeTheFirst() {
    Account bert = made("bert", anne);

    assertThat(bert.madeBy()).contains(anne.account());
    assertThat(accounts.all())
        .extracting(Account::login, Account::madeBy)
        .containsExactly(tuple("anne", Optional.empty()), tuple("bert", bert.madeBy()));
  }

  @Test
  void whereNoOtherClerkIsLeftTheOperatorOfTheMachineLetsOneInByItsLogin() throws Exception {
    accounts.disable(made("bert", anne).id());
    Account carl = made("carl", anne);
    startWith("nobody");
    startWith("");
    assertThat(accounts.whoAsks().authenticate("carl", PASSWORD)).isEmpty();

    startWith("Carl");

    assertThat(accounts.whoAsks().authenticate("carl", PASSWORD)).isPresent();
    Account approved = accounts.find(carl.id()).orElseThrow();
    assertThat(approved.approvedBy()).contains("engine");
    startWith("carl");
    assertThat(accounts.find(carl.id())).contains(approved);
  }

  @Test
  void theDatabaseHoldsThatMakerAndApproverAreTwo() {
    made("bert", anne);
    Account carl = made("carl", anne);

    for (String by : List.of(anne.account(), carl.id())) {
      assertThatThrownBy(
              () ->
                  jdbc.sql(
                          """
                          update access.account
                          set awaits_approval = false, approved_at = now(), approved_by = :by
                          where id = :id
                          """)
                      .param("by", by)
                      .param("id", carl.id())
                      .update())
          .isInstanceOf(DataIntegrityViolationException.class);
    }
  }

  private void startWith(String setting) throws Exception {
    new Access().approvedByOperator(accounts, setting).run(new DefaultApplicationArguments());
  }
}
