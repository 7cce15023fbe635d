package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.database.DataDirectory;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class AccountsIT extends AccountsWorld {
  private static final long A_SECOND_NANOS = 1_000_000_000L;

  /** The second that is promised, and one more for a machine that has other things to do. */
  private static final long SOON_NANOS = 2 * A_SECOND_NANOS;

  @Test
  void accountsAreFoundByAPartOfTheirLoginPageByPage() {
    for (String login : new String[] {"carla", "anne", "bert", "an%e"}) {
      accounts.create(login, PASSWORD, Role.AUDITOR, "", "engine");
    }

    assertThat(accounts.some("", "", 2)).extracting(Account::login).hasSize(2);
    assertThat(accounts.some("AN", "", 9)).extracting(Account::login).contains("anne", "an%e");
    assertThat(accounts.some("%", "", 9)).extracting(Account::login).containsExactly("an%e");
    assertThat(accounts.some("", "bert", 9)).extracting(Account::login).containsExactly("carla");
  }

  @Test
  void anAccountLogsInWithItsPasswordWhateverTheCaseOfItsLogin() {
    Account account = accounts.create("Clerk@Example.org", PASSWORD, Role.CLERK, "", "engine");

    assertThat(account.login()).isEqualTo("clerk@example.org");
    assertThat(accounts.whoAsks().authenticate("CLERK@example.org", PASSWORD))
        .hasValueSatisfying(
            signedIn ->
                assertThat(signedIn.actor()).isEqualTo(new Actor(account.id(), Role.CLERK, "")));
    assertThat(accounts.whoAsks().authenticate("clerk@example.org", PASSWORD + "!")).isEmpty();
    assertThat(accounts.whoAsks().authenticate("nobody", PASSWORD)).isEmpty();
    assertThat(accounts.whoAsks().authenticate("clerk@example.org", "x".repeat(100_000))).isEmpty();
  }

  @Test
  void aLetterWithAnAccentIsTheSameHoweverItWasTyped() {
    accounts.create("ecole", "école-école-école", Role.CLERK, "", "engine");

    assertThat(accounts.whoAsks().authenticate("ecole", "e\u0301cole-e\u0301cole-e\u0301cole"))
        .isPresent();
  }

  @Test
  void anAccountOfProgramsHasNoPassword() {
    accounts.create("robot", null, Role.CLERK, "", "engine");

    assertThat(accounts.whoAsks().authenticate("robot", "")).isEmpty();
    assertThat(accounts.whoAsks().authenticate("robot", "null")).isEmpty();
  }

  @Test
  void thePasswordIsKeptAsArgon2id() {
    accounts.create("clerk", PASSWORD, Role.CLERK, "", "engine");

    assertThat(jdbc.sql("select password_hash from access.account").query(String.class).single())
        .startsWith(
            "$argon2id$v=19$m=%d,t=2,p=1$"
                .formatted(Passwords.memoryKib(System.getProperty(Passwords.MEMORY))))
        .doesNotContain(PASSWORD);
    assertThatThrownBy(() -> jdbc.sql("update access.account set password_hash = 'plain'").update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void aPasswordOfElevenCharactersIsRefusedAndOneOfTwelveIsNot() {
    assertThat(refused(() -> create("a11", "12345678901", Role.CLERK, "")).code())
        .isEqualTo("PASSWORD_REFUSED");
    assertThat(create("a12", "123456789012", Role.CLERK, "").login()).isEqualTo("a12");
  }

  @Test
  void theSameLoginTwiceIsRefused() {
    create("clerk", PASSWORD, Role.CLERK, "");

    Problem refusal = refused(() -> create("CLERK", PASSWORD, Role.AUDITOR, ""));
    assertThat(refusal.status()).isEqualTo(409);
    assertThat(refusal.code()).isEqualTo("LOGIN_TAKEN");
  }

  @Test
  void whoActsForSomebodyNamesItAndWhoDoesNotNamesNobody() {
    for (Role role : Role.values()) {
      Problem refusal =
          refused(() -> create("x-" + role, PASSWORD, role, role.hasSubject() ? "" : "V-1"));
      assertThat(refusal.code()).as("%s", role).isEqualTo("SUBJECT_REFUSED");
    }
    assertThat(refused(() -> create("xyz", PASSWORD, Role.VENUE, "a/b")).code())
        .isEqualTo("SUBJECT_REFUSED");
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        """
                        insert into access.account (id, login, role, subject, created_by)
                        values ('v', 'venue', 'VENUE', '', 'engine')
                        """)
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void aKeyActsAsItsAccountAndIsNotKept() {
    Account venue = create("venue", PASSWORD, Role.VENUE, "V-1");
    ApiKey.Issued issued = accounts.createKey(venue.id(), "till", "engine");

    assertThat(issued.key()).matches("pn_[A-Za-z0-9_-]{43}");
    assertThat(actor(issued.key())).isEqualTo(new Actor(venue.id(), Role.VENUE, "V-1"));
    assertThat(accounts.keys(venue.id()))
        .singleElement()
        .satisfies(
            key -> {
              assertThat(issued.key()).startsWith(key.prefix());
              assertThat(key.prefix()).hasSize(9);
            });
    assertThat(
            jdbc.sql("select row_to_json(k)::text from access.api_key k")
                .query(String.class)
                .single())
        .doesNotContain(issued.key());
  }

  @Test
  void whatIsNoKeyOrNotQuiteOneCountsForNothing() {
    Account venue = create("venue", PASSWORD, Role.VENUE, "V-1");
    String key = accounts.createKey(venue.id(), "till", "engine").key();

    char last = key.charAt(key.length() - 1);
    for (String wrong :
        List.of(
            "",
            "pn_",
            key.substring(0, key.length() - 1),
            key + "A",
            key.substring(0, key.length() - 1) + (last == 'A' ? 'B' : 'A'),
            key.toLowerCase(Locale.ROOT),
            "pn_" + "é".repeat(43),
            "' or true --")) {
      assertThat(accounts.whoAsks().byKey(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void aKnownKeyIsNotLookedUpAgain() {
    Account venue = create("venue", PASSWORD, Role.VENUE, "V-1");
    String key = accounts.createKey(venue.id(), "till", "engine").key();
    accounts.whoAsks().byKey(key);

    long start = System.nanoTime();
    for (int i = 0; i < 100_000; i++) {
      assertThat(accounts.whoAsks().byKey(key)).isPresent();
    }

    // A query each would take a minute.
    assertThat(System.nanoTime() - start).isLessThan(10 * A_SECOND_NANOS);
  }

  @Test
  void aSessionThatLapsedIsRememberedNoLongerThanUntilTheNextIsAskedBy() {
    SignedIn lapsing = inSession("lapsing");
    SignedIn next = inSession("next");
    SignedIn another = inSession("another");
    WatchedDataSource watched = new WatchedDataSource(database.ledger());
    AtomicLong nanos = new AtomicLong();
    WhoAsks node =
        new WhoAsks(JdbcClient.create(watched), Clock.systemUTC(), new Passwords(), nanos::get);

    node.inSession(lapsing, true);
    nanos.addAndGet(Sessions.LAPSES_AFTER.minusSeconds(61).toNanos());
    node.inSession(next, true);
    node.inSession(lapsing, false);
    assertThat(watched.asked("select factor_shown")).as("both are remembered").isEqualTo(2);

    nanos.addAndGet(62 * A_SECOND_NANOS);
    node.inSession(another, true);
    node.inSession(lapsing, false);
    assertThat(watched.asked("select factor_shown")).as("the first is read again").isEqualTo(4);
    node.inSession(next, false);
    assertThat(watched.asked("select factor_shown")).isEqualTo(4);
  }

  private SignedIn inSession(String login) {
    return new Sessions(
            database.ledger(),
            Clock.systemUTC(),
            new Administration(database.ledger(), Clock.systemUTC()),
            accounts.whoAsks())
        .begin(asks(create(login, PASSWORD, Role.AUDITOR, "")), "192.0.2.7", "Firefox");
  }

  @Test
  void aRevokedKeyCountsNoMoreHereAtOnceAndOnAnotherNodeWithinASecond() throws Exception {
    Accounts elsewhere = new Accounts(database.ledger(), Clock.systemUTC());
    Account venue = create("venue", PASSWORD, Role.VENUE, "V-1");
    ApiKey.Issued key = accounts.createKey(venue.id(), "till", "engine");
    ApiKey.Issued other = accounts.createKey(venue.id(), "office", "engine");
    assertThat(accounts.whoAsks().byKey(key.key())).isPresent();
    assertThat(elsewhere.whoAsks().byKey(key.key())).isPresent();

    ApiKey revoked = accounts.revokeKey(venue.id(), key.id());

    assertThat(revoked.revokedAt()).isPresent();
    assertThat(accounts.whoAsks().byKey(key.key())).isEmpty();
    goneWithinASecond(elsewhere, key.key());
    assertThat(elsewhere.whoAsks().byKey(other.key())).isPresent();
    assertThat(accounts.revokeKey(venue.id(), key.id())).isEqualTo(revoked);
  }

  @Test
  void aKeyUsedWhileItIsRevokedIsGoneWithinASecond() throws Exception {
    Account venue = create("venue", PASSWORD, Role.VENUE, "V-1");
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 5; round++) {
        Accounts elsewhere = new Accounts(database.ledger(), Clock.systemUTC());
        ApiKey.Issued key = accounts.createKey(venue.id(), "till", "engine");
        long end = System.nanoTime() + 5 * A_SECOND_NANOS;
        List<Future<Long>> last =
            threads.invokeAll(
                List.of(
                    lastUse(elsewhere, key.key(), end),
                    lastUse(elsewhere, key.key(), end),
                    () -> {
                      Thread.sleep(100);
                      accounts.revokeKey(venue.id(), key.id());
                      return System.nanoTime();
                    }));
        long revoked = last.get(2).get();
        assertThat(last.get(0).get() - revoked).as("round %s", round).isLessThan(SOON_NANOS);
        assertThat(last.get(1).get() - revoked).as("round %s", round).isLessThan(SOON_NANOS);
      }
    }
  }

  private static Callable<Long> lastUse(Accounts accounts, String key, long end) {
    return () -> {
      long last = 0;
      while (System.nanoTime() < end) {
        if (accounts.whoAsks().byKey(key).isPresent()) {
          last = System.nanoTime();
        } else if (last > 0) {
          break;
        }
        Thread.sleep(1);
      }
      return last;
    };
  }

  @Test
  void aDisabledAccountsKeysLoginsAndSessionsEnd() throws Exception {
    Accounts elsewhere = new Accounts(database.ledger(), Clock.systemUTC());
    Account venue = create("venue", PASSWORD, Role.VENUE, "V-1");
    String key = accounts.createKey(venue.id(), "till", "engine").key();
    SignedIn session = accounts.whoAsks().authenticate("venue", PASSWORD).orElseThrow();
    assertThat(accounts.whoAsks().stillGood(session)).isTrue();
    assertThat(elsewhere.whoAsks().stillGood(session)).isTrue();
    assertThat(elsewhere.whoAsks().byKey(key)).isPresent();

    Account disabled = accounts.disable(venue.id());

    assertThat(disabled.disabledAt()).isPresent();
    assertThat(accounts.whoAsks().authenticate("venue", PASSWORD)).isEmpty();
    assertThat(accounts.whoAsks().byKey(key)).isEmpty();
    assertThat(accounts.whoAsks().stillGood(session)).isFalse();
    goneWithinASecond(elsewhere, key);
    assertThat(elsewhere.whoAsks().stillGood(session)).isFalse();
    assertThat(accounts.disable(venue.id())).isEqualTo(disabled);
    assertThat(refused(() -> accounts.createKey(venue.id(), "till", "engine")).code())
        .isEqualTo("ACCOUNT_DISABLED");
  }

  @Test
  void aNewPasswordEndsTheSessionsOfTheOldOneAndNotTheKeys() {
    Account venue = create("venue", PASSWORD, Role.VENUE, "V-1");
    String key = accounts.createKey(venue.id(), "till", "engine").key();
    SignedIn session = accounts.whoAsks().authenticate("venue", PASSWORD).orElseThrow();

    accounts.changePassword(venue.id(), PASSWORD + " 2");

    assertThat(accounts.whoAsks().stillGood(session)).isFalse();
    assertThat(accounts.whoAsks().authenticate("venue", PASSWORD)).isEmpty();
    assertThat(accounts.whoAsks().authenticate("venue", PASSWORD + " 2"))
        .hasValueSatisfying(now -> assertThat(accounts.whoAsks().stillGood(now)).isTrue());
    assertThat(accounts.whoAsks().byKey(key)).isPresent();
  }

  @Test
  void twoClerksWhoDisableEachOtherLeaveOne() throws Exception {
    for (int round = 0; round < 5; round++) {
      empty();
      Account a = create("a-clerk", null, Role.CLERK, "");
      Account b = create("b-clerk", null, Role.CLERK, "");
      try (var threads = Executors.newFixedThreadPool(2)) {
        List<Future<Account>> both =
            threads.invokeAll(
                List.of(() -> accounts.disable(a.id()), () -> accounts.disable(b.id())));
        assertThat(both.stream().filter(f -> f.state() == Future.State.FAILED)).hasSize(1);
      }
      assertThat(accounts.all().stream().filter(x -> x.disabledAt().isEmpty())).hasSize(1);
    }
  }

  @Test
  void theUseOfAKeyIsNotedOnceAnHour() {
    Account venue = create("venue", PASSWORD, Role.VENUE, "V-1");
    String key = accounts.createKey(venue.id(), "till", "engine").key();
    assertThat(accounts.keys(venue.id()).getFirst().lastUsedAt()).isEmpty();

    accounts.whoAsks().byKey(key);
    var noted = accounts.keys(venue.id()).getFirst().lastUsedAt();
    accounts.whoAsks().byKey(key);
    new Accounts(database.ledger(), Clock.systemUTC()).whoAsks().byKey(key);

    assertThat(noted).isPresent();
    assertThat(accounts.keys(venue.id()).getFirst().lastUsedAt()).isEqualTo(noted);
  }

  @Test
  void aChangeOfAnAccountHasNoKeyOrSessionWrittenDownAgain() {
    Account venue = create("venue", PASSWORD, Role.VENUE, "V-1");
    String key = accounts.createKey(venue.id(), "till", "engine").key();
    Account other = create("other", PASSWORD, Role.VENUE, "V-2");
    WatchedDataSource watched = new WatchedDataSource(database.ledger());
    WhoAsks node = new Accounts(watched, Clock.systemUTC()).whoAsks();
    SignedIn session =
        new Sessions(
                database.ledger(),
                Clock.systemUTC(),
                new Administration(database.ledger(), Clock.systemUTC()),
                node)
            .begin(asks(venue), "192.0.2.7", "Firefox");
    node.byKey(key);

    accounts.changePassword(other.id(), PASSWORD + " 2");
    node.somethingChanged();
    assertThat(node.byKey(key)).isPresent();
    assertThat(node.inSession(session, true)).isPresent();

    assertThat(watched.asked("update access.api_key")).isEqualTo(1);
    assertThat(watched.asked("update access.session")).isZero();
  }

  /** A page that renews itself is nobody's doing. */
  @Test
  void aRenewalIsNothingThatSomebodyWasSeenAt() {
    Account venue = create("venue", PASSWORD, Role.VENUE, "V-1");
    SignedIn session =
        new Sessions(
                database.ledger(),
                Clock.fixed(Instant.parse("2026-01-05T09:00:00Z"), ZoneOffset.UTC),
                new Administration(database.ledger(), Clock.systemUTC()),
                accounts.whoAsks())
            .begin(asks(venue), "192.0.2.7", "Firefox");
    WatchedDataSource watched = new WatchedDataSource(database.ledger());
    WhoAsks later = new Accounts(watched, Clock.systemUTC()).whoAsks();

    assertThat(later.inSession(session, false)).isPresent();
    assertThat(watched.asked("update access.session")).isZero();
    assertThat(later.inSession(session, true)).isPresent();
    assertThat(watched.asked("update access.session")).isEqualTo(1);
  }

  @Test
  void withTheDatabaseAwayNobodyIsKnownForMoreThanASecond() throws Exception {
    try (TestDatabase other = TestDatabase.fresh()) {
      Accounts there = new Accounts(other.ledger(), Clock.systemUTC());
      Account venue = there.create("venue", null, Role.VENUE, "V-1", "engine");
      String key = there.createKey(venue.id(), "till", "engine").key();
      assertThat(there.whoAsks().byKey(key)).isPresent();
      JdbcClient.create(other.superuser())
          .sql("alter table access.revision rename to gone")
          .update();
      Thread.sleep(1000);

      assertThatThrownBy(() -> there.whoAsks().byKey(key)).isInstanceOf(DataAccessException.class);
    }
  }

  @Test
  void whetherAnybodyCanLogInYetIsTold() {
    assertThat(accounts.none()).isTrue();
    create("clerk", PASSWORD, Role.CLERK, "");
    assertThat(accounts.none()).isFalse();
  }

  @Test
  void theFirstStartMakesAClerkWhoseSecretsStandInAFileOfItsOwner() throws Exception {
    Path directory = Files.createTempDirectory("pass-first-clerk");
    FirstClerk first = new FirstClerk(accounts, DataDirectory.at(directory));

    first.run();

    Path file = directory.resolve(FirstClerk.FILE);
    FirstClerk.Content.Entry clerk =
        JsonMapper.shared()
            .readValue(Files.readString(file), FirstClerk.Content.class)
            .accounts()
            .getFirst();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(accounts.whoAsks().authenticate(clerk.login(), clerk.password())).isPresent();
    assertThat(actor(clerk.apiKey()).role()).isEqualTo(Role.CLERK);

    first.run();
    assertThat(accounts.all()).hasSize(1);
  }

  @Test
  void whereSomebodyHasAnAccountTheStartMakesNone() throws Exception {
    create("auditor", null, Role.AUDITOR, "");
    Path directory = Files.createTempDirectory("pass-first-clerk");

    new FirstClerk(accounts, DataDirectory.at(directory)).run();

    assertThat(directory.resolve(FirstClerk.FILE)).doesNotExist();
    assertThat(accounts.all()).hasSize(1);
  }

  @Test
  void aStartThatWasInterruptedGoesOnWithTheSecretsItWrote() throws Exception {
    DataDirectory directory = DataDirectory.at(Files.createTempDirectory("pass-first-clerk"));
    new FirstClerk(accounts, directory).run();
    String written = Files.readString(directory.path().resolve(FirstClerk.FILE));
    empty();

    new FirstClerk(accounts, directory).run();

    assertThat(Files.readString(directory.path().resolve(FirstClerk.FILE))).isEqualTo(written);
    assertThat(accounts.all()).hasSize(1);
  }

  @Test
  void ofTwoNodesThatStartAtTheSameMomentOneMakesTheFirstClerk() throws Exception {
    String key = ApiKey.random();
    try (var threads = Executors.newFixedThreadPool(2)) {
      List<Future<Boolean>> made =
          threads.invokeAll(
              List.of(
                  () -> accounts.createFirst("clerk-a", PASSWORD, key),
                  () -> accounts.createFirst("clerk-b", PASSWORD, ApiKey.random())));
      assertThat(made.get(0).get()).isNotEqualTo(made.get(1).get());
    }
    assertThat(accounts.all()).hasSize(1);
  }

  private static void goneWithinASecond(Accounts elsewhere, String key) throws Exception {
    long start = System.nanoTime();
    while (elsewhere.whoAsks().byKey(key).isPresent()) {
      assertThat(System.nanoTime() - start).isLessThan(SOON_NANOS);
      Thread.sleep(5);
    }
  }

  private Actor actor(String key) {
    return accounts.whoAsks().byKey(key).orElseThrow().actor();
  }

  private Account create(String login, @Nullable String password, Role role, String subject) {
    return accounts.create(login, password, role, subject, "engine");
  }
}
