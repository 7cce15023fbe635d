package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.support.TransactionTemplate;

class SecondFactorsIT extends AccountsWorld {
  private Instant now = Instant.parse("2026-11-30T09:00:00Z");
  private long nanos;
  private MemoryVault vault;
  private Administration trail;
  private Sessions sessions;
  private SecondFactors factors;
  private SignedIn anne;

  @BeforeEach
  void aClerkWithASession() {
    vault = new MemoryVault();
    trail = new Administration(database.ledger(), Clock.systemUTC());
    sessions = new Sessions(database.ledger(), Clock.systemUTC(), trail, accounts.whoAsks());
    factors = node(true);
    anne = logsIn(accounts.create("anne", PASSWORD, Role.CLERK, "", "engine"));
  }

  private SecondFactors node(boolean required) {
    return node(database.ledger(), vault, required);
  }

  private SecondFactors node(DataSource ledger, Vault vault, boolean required) {
    return new SecondFactors(
        ledger,
        vault,
        Clock.systemUTC(),
        () -> now,
        new LoginThrottle(() -> nanos),
        new LoginThrottle(() -> nanos),
        trail,
        accounts.whoAsks(),
        required);
  }

  private SignedIn logsIn(Account account) {
    return sessions.begin(asks(account), "192.0.2.7", "Firefox");
  }

  @Test
  void aFirstCodePutsTheFactorInForceAndEndsTheOtherSessions() {
    SignedIn elsewhere = logsIn(accounts.find(anne.actor().account()).orElseThrow());
    SecondFactor.Begun begun = factors.begin(anne, PASSWORD);
    assertThat(factors.isEnrolled(anne.actor().account())).as("until its first code").isFalse();
    assertThat(begun.address())
        .isEqualTo(
            "otpauth://totp/Pass%20num%C3%A9rique:anne?secret="
                + begun.secret()
                + "&issuer=Pass%20num%C3%A9rique");
    assertThat(factors.waiting(anne)).contains(begun);

    List<String> codes = factors.confirm(anne, code(begun)).codes();

    assertThat(factors.isEnrolled(anne.actor().account())).isTrue();
    assertThat(factors.enrolled(List.of(anne.actor().account(), "nobody")))
        .containsExactly(anne.actor().account());
    assertThat(factors.waiting(anne)).as("a secret in force is not shown").isEmpty();
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    assertThat(factors.of(anne).recoveryCodesLeft()).isEqualTo(10);
    assertThat(accounts.whoAsks().inSession(elsewhere, true)).isEmpty();
    assertThat(accounts.whoAsks().inSession(anne, true).orElseThrow().factorShown()).isTrue();
    assertThat(acts()).startsWith(Act.FACTOR_ENROLLED);
  }

  @Test
  void neitherTheSecretNorACodeStandsInTheDatabase() {
    SecondFactor.Begun begun = factors.begin(anne, PASSWORD);
    List<String> codes = factors.confirm(anne, code(begun)).codes();

    String stored =
        jdbc.sql(
                """
                select string_agg(row, ' ') from (
                  select second_factor::text as row from access.second_factor
                  union all select recovery_code::text from access.recovery_code
                  union all select administration::text from access.administration) as all_rows
                """)
            .query(String.class)
            .single();

    assertThat(stored).doesNotContain(begun.secret());
    codes.forEach(code -> assertThat(stored).doesNotContain(code, code.replace("-", "")));
    assertThat(vault.contents()).hasSize(1);
    assertThat(begun.toString()).doesNotContain(begun.secret());
  }

  @Test
  void aWrongFirstCodePutsNothingInForce() {
    SecondFactor.Begun begun = factors.begin(anne, PASSWORD);

    assertThat(refused(() -> factors.confirm(anne, wrong(begun))).code()).isEqualTo("CODE_WRONG");
    assertThat(factors.isEnrolled(anne.actor().account())).isFalse();
    assertThat(refused(() -> factors.renewCodes(anne, PASSWORD)).code())
        .isEqualTo("SECOND_FACTOR_NOT_BEGUN");
  }

  @Test
  void aSecretThatWasReplacedConfirmsNothing() {
    SecondFactor.Begun first = factors.begin(anne, PASSWORD);
    SecondFactor.Begun second = factors.begin(anne, PASSWORD);

    assertThat(refused(() -> factors.confirm(anne, code(first))).code()).isEqualTo("CODE_WRONG");
    assertThatCode(() -> factors.confirm(anne, code(second))).doesNotThrowAnyException();
    assertThat(refused(() -> factors.begin(anne, PASSWORD)).code())
        .isEqualTo("SECOND_FACTOR_ENROLLED");
  }

  @Test
  void whoeverFindsASessionOpenDoesNotKnowThePassword() {
    for (int i = 0; i < 3; i++) {
      assertThat(refused(() -> factors.begin(anne, "a wrong password")).code())
          .isEqualTo("PASSWORD_WRONG");
    }
    assertThat(refused(() -> factors.begin(anne, PASSWORD)).code()).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(vault.contents()).isEmpty();
  }

  @Test
  void anApiKeySetsNoneUp() {
    SignedIn program = asks(anne.actor());

    assertThat(refused(() -> factors.begin(program, PASSWORD)).code()).isEqualTo("LOGIN_REQUIRED");
    assertThat(refused(() -> factors.confirm(program, "000000")).code())
        .isEqualTo("LOGIN_REQUIRED");
    assertThat(refused(() -> factors.renewCodes(program, PASSWORD)).code())
        .isEqualTo("LOGIN_REQUIRED");
  }

  @Test
  void aCodeIsTakenOnceAndNoneOfBeforeIt() {
    SecondFactor.Begun begun = enrolled();
    assertThat(show(code(begun))).as("that of the enrolment").isFalse();

    now = now.plusSeconds(60);
    String used = code(begun);
    assertThat(show(used)).isTrue();
    assertThat(show(used)).as("again").isFalse();
    assertThat(show(Totp.code(begun.secret(), now.minusSeconds(30)))).as("of before").isFalse();
    assertThat(show(Totp.code(begun.secret(), now.plusSeconds(30)))).as("the next").isTrue();
  }

  @Test
  void ofManyThatSendOneCodeAtTheSameMomentOneIsLetIn() throws Exception {
    SecondFactor.Begun begun = enrolled();
    now = now.plusSeconds(60);
    String code = code(begun);
    // As many nodes, so that no throttle is what stops the others.
    List<Callable<Boolean>> logins =
        IntStream.range(0, 16)
            .mapToObj(_ -> node(true))
            .map(node -> (Callable<Boolean>) () -> node.show(anne.actor().account(), code))
            .toList();

    int letIn = 0;
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> login : threads.invokeAll(logins)) {
        letIn += login.get() ? 1 : 0;
      }
    }

    assertThat(letIn).isEqualTo(1);
  }

  @Test
  void aRecoveryCodeStandsInOnceHoweverItIsTyped() {
    SecondFactor.Begun begun = factors.begin(anne, PASSWORD);
    List<String> codes = factors.confirm(anne, code(begun)).codes();

    assertThat(show(codes.get(0))).isTrue();
    assertThat(show(codes.get(0))).as("again").isFalse();
    assertThat(show(codes.get(1).replace("-", " ").toUpperCase(Locale.ROOT))).isTrue();
    assertThat(factors.of(anne).recoveryCodesLeft()).isEqualTo(8);
    assertThat(acts()).startsWith(Act.RECOVERY_CODE_USED, Act.RECOVERY_CODE_USED);

    List<String> others = factors.renewCodes(shown(), PASSWORD).codes();
    assertThat(show(codes.get(2))).as("of before").isFalse();
    assertThat(show(others.get(2))).isTrue();
  }

  @Test
  void otherRecoveryCodesAreForWhoShowsTheFactorAndKnowsThePassword() {
    enrolled();

    assertThat(refused(() -> factors.renewCodes(anne, PASSWORD)).code())
        .as("as it was before it showed one")
        .isEqualTo("SECOND_FACTOR_REQUIRED");
    assertThat(refused(() -> factors.renewCodes(shown(), "a wrong password")).code())
        .isEqualTo("PASSWORD_WRONG");
    assertThat(acts()).doesNotContain(Act.RECOVERY_CODES_RENEWED);
  }

  @Test
  void whatWasBegunWaitsForAQuarterOfAnHourAndNoLonger() {
    SecondFactor.Begun begun = factors.begin(anne, PASSWORD);
    begunAgo(SecondFactors.BEGUN_LASTS.minusSeconds(30));
    assertThat(factors.waiting(anne)).contains(begun);

    begunAgo(SecondFactors.BEGUN_LASTS);

    assertThat(factors.waiting(anne)).isEmpty();
    assertThat(refused(() -> factors.confirm(anne, code(begun))).code())
        .isEqualTo("SECOND_FACTOR_NOT_BEGUN");
    SecondFactor.Begun again = factors.begin(anne, PASSWORD);
    assertThatCode(() -> factors.confirm(anne, code(again))).doesNotThrowAnyException();
  }

  private void begunAgo(Duration ago) {
    jdbc.sql("update access.second_factor set begun_at = :at")
        .param("at", Instant.now().minus(ago).atOffset(ZoneOffset.UTC))
        .update();
  }

  @Test
  void anotherPasswordEndsWhatWasBegunAndNotWhatIsInForce() {
    SecondFactor.Begun begun = factors.begin(anne, PASSWORD);
    accounts.changePassword(anne.actor().account(), PASSWORD + " 2");
    SignedIn again = logsIn(accounts.find(anne.actor().account()).orElseThrow());
    assertThat(factors.waiting(again)).isEmpty();
    assertThat(refused(() -> factors.confirm(again, code(begun))).code())
        .isEqualTo("SECOND_FACTOR_NOT_BEGUN");

    SecondFactor.Begun own = factors.begin(again, PASSWORD + " 2");
    factors.confirm(again, code(own));
    accounts.changePassword(anne.actor().account(), PASSWORD + " 3");
    assertThat(factors.isEnrolled(anne.actor().account())).isTrue();
  }

  @Test
  void aSecretThatTheVaultDoesNotHoldIsNotShown() {
    factors.begin(anne, PASSWORD);
    vault.erase("second-factor-" + anne.actor().account());

    assertThat(factors.waiting(anne)).isEmpty();
  }

  @Test
  void aPasswordOnceMoreIsForWhoShowedNoFactorAndIsNotGuessed() {
    SignedIn program = asks(anne.actor());
    assertThatCode(() -> factors.requirePasswordOrFactor(program, PASSWORD))
        .doesNotThrowAnyException();
    assertThatCode(() -> factors.requirePasswordOrFactor(program.withFactor(), null))
        .doesNotThrowAnyException();
    assertThat(refused(() -> factors.requirePasswordOrFactor(program, null)).code())
        .isEqualTo("PASSWORD_WRONG");
    for (int i = 0; i < 2; i++) {
      Problem wrong = refused(() -> factors.requirePasswordOrFactor(anne, "a wrong password"));
      assertThat(wrong.code()).isEqualTo("PASSWORD_WRONG");
    }

    assertThat(refused(() -> factors.requirePasswordOrFactor(anne, PASSWORD)).code())
        .isEqualTo("TOO_MANY_ATTEMPTS");
  }

  @Test
  void aRecoveryCodeDoesNotWaitForWhatOthersGuessed() {
    SecondFactor.Begun begun = factors.begin(anne, PASSWORD);
    List<String> codes = factors.confirm(anne, code(begun)).codes();
    now = now.plusSeconds(60);
    for (int i = 0; i < 3; i++) {
      show(wrong(begun));
    }
    assertThat(refused(() -> show(code(begun))).code()).isEqualTo("TOO_MANY_ATTEMPTS");

    assertThat(show("aaaa-aaaa-aaaa-aaaa")).isFalse();
    assertThat(show(codes.getFirst())).isTrue();
  }

  @Test
  void aVaultThatIsDownIsNoGuess() {
    SecondFactor.Begun begun = enrolled();
    now = now.plusSeconds(60);
    SecondFactors node =
        node(database.ledger(), new Interrupted(vault, () -> {}, this::down), true);
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> node.show(anne.actor().account(), code(begun)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aDatabaseThatIsAwayIsNoWrongPassword() {
    SecondFactor.Begun begun = enrolled();
    now = now.plusSeconds(60);
    WatchedDataSource watched = new WatchedDataSource(database.ledger());
    AccountLogin login =
        new AccountLogin(
            new Accounts(watched, Clock.systemUTC()).whoAsks(),
            factors,
            sessions,
            new LoginThrottle(() -> nanos),
            new SimpleMeterRegistry());
    watched.away(true);
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> login.authenticate(byProgram(null)))
          .isInstanceOf(AuthenticationServiceException.class);
    }
    watched.away(false);
    assertThat(login.authenticate(byProgram(code(begun)))).isInstanceOf(SignedIn.class);
  }

  private void down() {
    throw new IllegalStateException("the vault is down");
  }

  @Test
  void aLoginWhoseTransactionCannotBeginIsToComeAgain() {
    SecondFactor.Begun begun = factors.begin(anne, PASSWORD);
    String recovery = factors.confirm(anne, code(begun)).codes().getFirst();
    WatchedDataSource watched = new WatchedDataSource(database.ledger());
    watched.withoutTransactions();
    AccountLogin login =
        new AccountLogin(
            accounts.whoAsks(),
            node(watched, vault, true),
            sessions,
            new LoginThrottle(() -> nanos),
            new SimpleMeterRegistry());

    assertThatThrownBy(() -> login.authenticate(byProgram(recovery)))
        .isInstanceOf(AuthenticationServiceException.class);
  }

  private static Authentication byProgram(@Nullable String code) {
    UsernamePasswordAuthenticationToken attempt =
        UsernamePasswordAuthenticationToken.unauthenticated("anne", PASSWORD);
    attempt.setDetails(LoginAttempt.byProgram(new MockHttpServletRequest(), code));
    return attempt;
  }

  @Test
  void aFactorThatIsPutInForceMeanwhileIsNotReplaced() {
    SecondFactor.Begun first = factors.begin(anne, PASSWORD);
    SecondFactors node =
        node(
            database.ledger(),
            new Interrupted(vault, () -> factors.confirm(anne, code(first)), () -> {}),
            true);

    assertThat(refused(() -> node.begin(anne, PASSWORD)).code())
        .isEqualTo("SECOND_FACTOR_ENROLLED");
  }

  @Test
  void aCodeOfAFactorThatWasReplacedMeanwhileIsNotTaken() {
    SecondFactor.Begun lost = enrolled();
    SignedIn bert = logsIn(accounts.create("bert", PASSWORD, Role.CLERK, "", "engine"));
    SecondFactors node =
        node(
            database.ledger(),
            new Interrupted(
                vault,
                () -> {},
                () -> {
                  factors.reset(anne.actor().account(), bert);
                  SignedIn again = logsIn(accounts.find(anne.actor().account()).orElseThrow());
                  factors.confirm(again, code(factors.begin(again, PASSWORD)));
                }),
            true);

    assertThat(node.show(anne.actor().account(), Totp.code(lost.secret(), now.plusSeconds(30))))
        .isFalse();
  }

  /** Something happens before an entry is kept, or after one was read. */
  private record Interrupted(Vault vault, Runnable beforeSeal, Runnable afterOpen)
      implements Vault {
    @Override
    public VaultReference seal(String subject, String kind, Map<String, String> content) {
      beforeSeal.run();
      return vault.seal(subject, kind, content);
    }

    @Override
    public Optional<VaultReference> find(String subject, String kind, Map<String, String> content) {
      return vault.find(subject, kind, content);
    }

    @Override
    public Optional<Map<String, String>> open(VaultReference reference) {
      Optional<Map<String, String>> opened = vault.open(reference);
      afterOpen.run();
      return opened;
    }

    @Override
    public void erase(String subject) {
      vault.erase(subject);
    }

    @Override
    public String fingerprint(String value) {
      return vault.fingerprint(value);
    }
  }

  @Test
  void aKeyThatANodeOfBeforeMakesIsAWeakOne() {
    jdbc.sql(
            """
            insert into access.api_key (id, account, label, hash, prefix, created_at, created_by)
            values ('old', :account, 'old', :hash, 'pn_AAAAAA', now(), :account)
            """)
        .param("account", anne.actor().account())
        .param("hash", ApiKey.hash("pn_" + "A".repeat(43)))
        .update();

    assertThat(byKey("pn_" + "A".repeat(43)).factorShown()).isFalse();
  }

  @Test
  void whoConfirmsWaitsForItsTurnBeforeItHoldsARow() throws Exception {
    SecondFactor.Begun begun = factors.begin(anne, PASSWORD);

    holdsNothingWhileItWaits(() -> factors.confirm(anne, code(begun)));

    assertThat(factors.isEnrolled(anne.actor().account())).isTrue();
  }

  @Test
  void whoTakesAFactorAwayWaitsForItsTurnBeforeItHoldsARow() throws Exception {
    enrolled();
    SignedIn bert = logsIn(accounts.create("bert", PASSWORD, Role.CLERK, "", "engine"));

    holdsNothingWhileItWaits(() -> factors.reset(anne.actor().account(), bert));

    assertThat(factors.isEnrolled(anne.actor().account())).isFalse();
  }

  @Test
  void whoEndsSessionsWaitsForItsTurnBeforeItHoldsARow() throws Exception {
    SignedIn bert = logsIn(accounts.create("bert", PASSWORD, Role.CLERK, "", "engine"));

    holdsNothingWhileItWaits(() -> sessions.endAll(anne.actor().account(), bert));

    assertThat(sessions.of(anne.actor().account(), bert)).isEmpty();
  }

  /** Else whoever has its turn and wants the same rows would wait for it, and it for that one. */
  private void holdsNothingWhileItWaits(Runnable change) throws Exception {
    DataSource ledger = database.ledger();
    JdbcClient other = JdbcClient.create(ledger);
    TransactionTemplate turn = new TransactionTemplate(new JdbcTransactionManager(ledger));
    try (var threads = Executors.newSingleThreadExecutor()) {
      Future<?> changed =
          turn.execute(
              _ -> {
                other.sql("select revision from access.revision for update").query().singleRow();
                Future<?> waits = threads.submit(change);
                awaitWhoWaitsForALock();
                other.sql("update access.session set last_seen_at = last_seen_at").update();
                other.sql("update access.second_factor set begun_at = begun_at").update();
                return waits;
              });
      Objects.requireNonNull(changed).get();
    }
  }

  @Test
  void whoStartsTheEngineTakesTheFactorOfTheLastClerkAway() {
    enrolled();
    SignedIn before = shown();

    factors.resetByOperator("nobody");
    factors.resetByOperator("ANNE");

    assertThat(factors.isEnrolled(anne.actor().account())).isFalse();
    assertThat(accounts.whoAsks().inSession(before, true)).isEmpty();
    assertThat(trail.newest(null, null, 1).lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.act()).isEqualTo(Act.FACTOR_RESET);
              assertThat(line.by()).isEqualTo("engine");
            });
  }

  private SignedIn shown() {
    return accounts.whoAsks().inSession(anne, true).orElseThrow();
  }

  @Test
  void guessedCodesWaitWhateverTheAddress() {
    SecondFactor.Begun begun = enrolled();
    now = now.plusSeconds(60);
    for (int i = 0; i < 3; i++) {
      assertThat(show(wrong(begun))).isFalse();
    }

    Problem waits = refused(() -> show(code(begun)));
    assertThat(waits.status()).isEqualTo(429);
    assertThat(waits.code()).isEqualTo("TOO_MANY_ATTEMPTS");
    assertThat(waits.retryAfterSeconds()).isEqualTo(1);
    nanos += Duration.ofSeconds(1).toNanos();
    assertThat(show(code(begun))).as("once it has waited").isTrue();
  }

  @Test
  void aRightPasswordOnceMoreForgetsNoGuessedCodes() {
    SecondFactor.Begun begun = enrolled();
    SignedIn weakKey = asks(anne.actor());
    now = now.plusSeconds(60);
    for (int i = 0; i < 3; i++) {
      assertThat(show(wrong(begun))).isFalse();
    }
    nanos += Duration.ofSeconds(1).toNanos();
    factors.requirePasswordOrFactor(weakKey, PASSWORD);
    assertThat(show(wrong(begun))).isFalse();

    assertThat(refused(() -> show(code(begun))).retryAfterSeconds()).isEqualTo(2);
  }

  @Test
  void whatReleasesMoneyIsForLoginsAndKeysThatShowedAFactor() {
    Account clerk = accounts.find(anne.actor().account()).orElseThrow();
    String before = accounts.createKey(UUID.randomUUID(), clerk.id(), "before", anne).key();
    Problem refused = refused(() -> factors.require(anne));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("SECOND_FACTOR_REQUIRED");
    assertThat(refused.detail()).contains("/compte/second-facteur", "beginSecondFactor");
    assertThatCode(() -> node(false).require(anne))
        .as("where it is offered")
        .doesNotThrowAnyException();

    enrolled();
    SignedIn shown = accounts.whoAsks().inSession(anne, true).orElseThrow();
    assertThatCode(() -> factors.require(shown)).doesNotThrowAnyException();
    String after = accounts.createKey(UUID.randomUUID(), clerk.id(), "after", shown).key();
    String engines = accounts.createKey(clerk.id(), "first", "engine").key();

    assertThat(refused(() -> factors.require(byKey(before))).code())
        .isEqualTo("SECOND_FACTOR_REQUIRED");
    assertThatCode(() -> factors.require(byKey(after))).doesNotThrowAnyException();
    assertThatCode(() -> factors.require(byKey(engines))).doesNotThrowAnyException();
  }

  @Test
  void aKeyMadeByAKeyIsNoStrongerThanThat() {
    Account clerk = accounts.find(anne.actor().account()).orElseThrow();
    String weak = accounts.createKey(UUID.randomUUID(), clerk.id(), "weak", anne).key();
    String weaker = accounts.createKey(UUID.randomUUID(), clerk.id(), "by it", byKey(weak)).key();

    assertThat(refused(() -> factors.require(byKey(weaker))).code())
        .isEqualTo("SECOND_FACTOR_REQUIRED");
  }

  /** The key of before is destroyed after the factor is gone, when another may be begun already. */
  @Test
  void oneThatWasBegunWhileTheOneBeforeWasTakenAwayIsBegunAgain() {
    SecondFactor.Begun begun = factors.begin(anne, PASSWORD);
    vault.erase("second-factor-" + anne.actor().account());

    assertThat(factors.waiting(anne)).isEmpty();
    assertThat(refused(() -> factors.confirm(anne, code(begun))).code())
        .isEqualTo("SECOND_FACTOR_NOT_BEGUN");
    SecondFactor.Begun again = factors.begin(anne, PASSWORD);
    assertThatCode(() -> factors.confirm(anne, code(again))).doesNotThrowAnyException();
  }

  @Test
  void anotherClerkTakesALostFactorAway() {
    SecondFactor.Begun begun = enrolled();
    SignedIn shown = accounts.whoAsks().inSession(anne, true).orElseThrow();
    Account clerk = accounts.find(anne.actor().account()).orElseThrow();
    String key = accounts.createKey(UUID.randomUUID(), clerk.id(), "with it", shown).key();
    SignedIn bert = logsIn(accounts.create("bert", PASSWORD, Role.CLERK, "", "engine"));

    assertThat(refused(() -> factors.reset(clerk.id(), shown)).code())
        .isEqualTo("OWN_SECOND_FACTOR");
    assertThat(refused(() -> factors.reset("nobody", bert)).status()).isEqualTo(404);
    assertThat(refused(() -> factors.ofKnown("nobody")).status()).isEqualTo(404);
    factors.reset(clerk.id(), bert);
    factors.reset(clerk.id(), bert);

    assertThat(factors.isEnrolled(clerk.id())).isFalse();
    assertThat(accounts.whoAsks().inSession(shown, true)).isEmpty();
    assertThat(sessions.of(clerk.id(), bert)).isEmpty();
    assertThat(refused(() -> factors.require(byKey(key))).code())
        .isEqualTo("SECOND_FACTOR_REQUIRED");
    assertThat(vault.contents()).as("the secret is gone").isEmpty();
    assertThat(show(code(begun))).isFalse();
    assertThat(trail.newest(null, null, 1).lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.act()).isEqualTo(Act.FACTOR_RESET);
              assertThat(line.account()).isEqualTo(clerk.id());
              assertThat(line.by()).isEqualTo(bert.actor().account());
            });
    SignedIn again = logsIn(clerk);
    assertThatCode(() -> factors.confirm(again, code(factors.begin(again, PASSWORD))))
        .doesNotThrowAnyException();
  }

  private SecondFactor.Begun enrolled() {
    SecondFactor.Begun begun = factors.begin(anne, PASSWORD);
    factors.confirm(anne, code(begun));
    return begun;
  }

  private boolean show(String code) {
    return factors.show(anne.actor().account(), code);
  }

  private SignedIn byKey(String key) {
    return accounts.whoAsks().byKey(key).orElseThrow();
  }

  private String code(SecondFactor.Begun begun) {
    return Totp.code(begun.secret(), now);
  }

  /** None of those about now. */
  private String wrong(SecondFactor.Begun begun) {
    String code = "000000";
    while (Totp.step(begun.secret(), code, now).isPresent()) {
      code = "%06d".formatted(Integer.parseInt(code) + 1);
    }
    return code;
  }

  private List<Act> acts() {
    return trail.newest(anne.actor().account(), null, 100).lines().stream()
        .map(Administration.Line::act)
        .toList();
  }
}
