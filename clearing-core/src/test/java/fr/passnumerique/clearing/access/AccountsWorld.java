package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests of accounts share: a database, without an account before each. */
abstract class AccountsWorld {
  static final String PASSWORD = "correct horse battery";
  static TestDatabase database;

  Accounts accounts;
  JdbcClient jdbc;

  @BeforeAll
  static void start() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  final void empty() {
    accounts = new Accounts(database.ledger(), Clock.systemUTC());
    jdbc = JdbcClient.create(database.ledger());
    // Nodes may not, and never have to.
    JdbcClient.create(database.superuser())
        .sql(
            "truncate access.administration, access.recovery_code, access.second_factor,"
                + " access.session, access.password_set, access.idempotency_key, access.api_key,"
                + " access.notices_seen,"
                + " access.account")
        .update();
  }

  /** A clerk's account that a clerk made, with a password. */
  Account made(String login, Actor by) {
    return accounts.create(UUID.randomUUID(), login, PASSWORD, Role.CLERK, "", asks(by));
  }

  /** A second clerk who has taken its account over from the first. */
  Actor itsOwn(Account clerk) {
    accounts.changePassword(clerk.id(), "a password of my own", asks(clerk));
    return actor(clerk);
  }

  /** Somebody who has just logged in. */
  SignedIn asks(Actor actor) {
    int generation =
        jdbc.sql("select generation from access.account where id = :id")
            .param("id", actor.account())
            .query(Integer.class)
            .single();
    return new SignedIn(actor, generation);
  }

  SignedIn asks(Account account) {
    return asks(actor(account));
  }

  static Actor actor(Account account) {
    return new Actor(account.id(), account.role(), account.subject());
  }

  static void awaitWhoWaitsForALock() {
    JdbcClient all = JdbcClient.create(database.superuser());
    for (int tries = 0; tries < 1000; tries++) {
      if (all.sql("select exists (select from pg_locks where not granted)")
          .query(Boolean.class)
          .single()) {
        return;
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new AssertionError("nobody waits for a lock");
  }

  static Problem refused(ThrowingCallable call) {
    Problem problem = catchThrowableOfType(Problem.class, call);
    assertThat(problem).as("a refusal").isNotNull();
    return problem;
  }
}
