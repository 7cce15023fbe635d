package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.BadCredentialsException;

/**
 * What is asked by a login that has ended meanwhile, elsewhere or while a password was hashed:
 * nothing that lasts longer than the login comes of it.
 */
class EndedLoginIT extends AccountsWorld {
  private Actor anne;

  @BeforeEach
  void oneClerk() {
    anne = actor(accounts.create("anne", PASSWORD, Role.CLERK, "", "engine"));
  }

  @Test
  void aLoginBeforeTheNewPasswordMakesNoKeyNorPasswordNorAccountAndApprovesNone() {
    Account bert = made("bert", anne);
    Account carl = made("carl", anne);
    SignedIn before = asks(bert);
    itsOwn(bert);

    endsHere(() -> accounts.createFirstKey(before, "mine"));
    endsHere(() -> accounts.createKey(UUID.randomUUID(), bert.id(), "mine", before));
    endsHere(() -> accounts.changePassword(bert.id(), PASSWORD + "2", before));
    endsHere(() -> accounts.create(UUID.randomUUID(), "emil", PASSWORD, Role.CLERK, "", before));
    endsHere(() -> accounts.approve(carl.id(), before));

    assertThat(accounts.keys(bert.id())).isEmpty();
    assertThat(accounts.all()).hasSize(3);
    assertThat(accounts.find(carl.id()).orElseThrow().awaitsApproval()).isTrue();
  }

  @Test
  void aLoginOfAnAccountThatIsDisabledMakesNoKey() {
    Account venue = accounts.create("venue", null, Role.VENUE, "V-1", "engine");
    SignedIn bert = asks(made("bert", anne));
    accounts.disable(bert.actor().account());

    endsHere(() -> accounts.createKey(UUID.randomUUID(), venue.id(), "till", bert));
  }

  @Test
  void aKeyThatWasRevokedMeanwhileMakesNone() {
    Account venue = accounts.create("venue", null, Role.VENUE, "V-1", "engine");
    ApiKey.Issued issued = accounts.createKey(anne.account(), "mine", "engine");
    SignedIn byKey = accounts.whoAsks().byKey(issued.key()).orElseThrow();
    accounts.revokeKey(anne.account(), issued.id());

    endsHere(() -> accounts.createKey(UUID.randomUUID(), venue.id(), "till", byKey));
  }

  @Test
  void aFirstKeyAskedForWhileThePasswordIsSetIsRefusedAsAWrongPassword() {
    Account bert = made("bert", anne);
    SignedIn before = asks(bert);
    itsOwn(bert);
    FirstKeyEndpoint endpoint = new FirstKeyEndpoint(_ -> before, accounts);

    assertThat(
            refused(
                    () ->
                        endpoint.createFirstKey(
                            new FirstKeyEndpoint.FirstKey(
                                "bert", PASSWORD, "mine", Optional.empty()),
                            new MockHttpServletRequest()))
                .code())
        .isEqualTo("LOGIN_OR_PASSWORD_WRONG");
  }

  @Test
  void aKeyThatIsBeingMadeIsRevokedByTheFirstOwnPasswordAllTheSame() throws Exception {
    Account bert = made("bert", anne);
    SignedIn before = asks(bert);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    InstantSource held =
        () -> {
          asked.countDown();
          await(goOn);
          return Instant.now();
        };
    Accounts elsewhere = new Accounts(database.ledger(), held.withZone(ZoneOffset.UTC));
    try (var threads = Executors.newFixedThreadPool(2)) {
      Future<ApiKey.Issued> key = threads.submit(() -> elsewhere.createFirstKey(before, "mine"));
      await(asked);
      Future<Actor> password = threads.submit(() -> itsOwn(bert));
      awaitWhoWaitsForALock();
      goOn.countDown();

      password.get();
      assertThat(accounts.whoAsks().byKey(key.get().key())).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void endsHere(ThrowingCallable asked) {
    assertThatThrownBy(asked).isInstanceOf(BadCredentialsException.class);
  }
}
