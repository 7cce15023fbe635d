package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Second factors: enrolling one, showing it, and taking it away when it is lost.
 *
 * <p>The secret is in the vault, under a key of the account's own, which is destroyed with the
 * factor: neither the database nor its backups hold what a code could be computed from.
 */
public final class SecondFactors {
  /** What the vault's entries are about: an account's identifier behind it. */
  private static final String SUBJECT = "second-factor-";

  private static final String ISSUER = "Pass numérique";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Vault vault;
  private final Clock clock;
  private final FactorTime time;
  private final LoginThrottle throttle;
  private final Administration trail;
  private final WhoAsks whoAsks;
  private final RecoveryCodes recoveryCodes;
  private final boolean required;

  /** As it is stored. */
  private record Stored(VaultReference secret, @Nullable Instant enrolledAt) {
    static Stored of(ResultSet row, int number) throws SQLException {
      Timestamp enrolledAt = row.getTimestamp("enrolled_at");
      return new Stored(
          new VaultReference(row.getString("secret")),
          enrolledAt == null ? null : enrolledAt.toInstant());
    }
  }

  /**
   * @param throttle of its own: whoever knows the password could forget failures of codes by it
   * @param required whether releasing money asks for one
   */
  SecondFactors(
      DataSource dataSource,
      Vault vault,
      Clock clock,
      FactorTime time,
      LoginThrottle throttle,
      Administration trail,
      WhoAsks whoAsks,
      boolean required) {
    this.jdbc = JdbcClient.create(dataSource);
    this.recoveryCodes = new RecoveryCodes(jdbc, clock);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.vault = vault;
    this.clock = clock;
    this.time = time;
    this.throttle = throttle;
    this.trail = trail;
    this.whoAsks = whoAsks;
    this.required = required;
  }

  // -- asking ------------------------------------------------------------------------------------

  public SecondFactor of(SignedIn by) {
    return of(by.actor().account());
  }

  public SecondFactor of(String account) {
    Optional<Instant> enrolledAt =
        stored(account).flatMap(stored -> Optional.ofNullable(stored.enrolledAt()));
    return new SecondFactor(enrolledAt, recoveryCodes.left(account), required);
  }

  /**
   * That of an account, for a clerk or an auditor.
   *
   * @throws Problem 404 if there is no such account
   */
  SecondFactor ofKnown(String account) {
    requireAccount(account);
    return of(account);
  }

  /** Which of these accounts have one. */
  public Set<String> enrolled(Collection<String> accounts) {
    return Set.copyOf(
        jdbc.sql(
                """
                select account from access.second_factor
                where account = any (:accounts) and enrolled_at is not null
                """)
            .param("accounts", accounts.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  /** Whether a code is asked for at a login. */
  boolean isEnrolled(String account) {
    return stored(account).filter(stored -> stored.enrolledAt() != null).isPresent();
  }

  /**
   * Holds what releases money, changes an account to be paid on or reverses to logins and keys
   * behind which a second factor stands.
   *
   * @throws Problem 403 {@code SECOND_FACTOR_REQUIRED}
   */
  void require(SignedIn asks) {
    if (!required || asks.factorShown()) {
      return;
    }
    throw new Problem(
        403,
        "SECOND_FACTOR_REQUIRED",
        "this needs a second factor, and %s without one"
            .formatted(asks.session() == null ? "this API key was made" : "you have logged in"),
        "set one up on the page /compte/second-facteur (beginSecondFactor), then log in with a"
            + " code; an API key counts if such a login made it");
  }

  // -- enrolling ---------------------------------------------------------------------------------

  /**
   * Makes a secret, which asks for nothing until it is confirmed; one that was not is replaced.
   *
   * @param password once more, as at the login: whoever finds a session open does not make the
   *     account its own
   * @throws Problem 422 {@code LOGIN_REQUIRED} for an API key: a program has no authenticator, and
   *     a stolen key would lock its owner out; 422 {@code PASSWORD_WRONG}; 409 {@code
   *     SECOND_FACTOR_ENROLLED}; 429 {@code TOO_MANY_ATTEMPTS}
   */
  public SecondFactor.Begun begin(SignedIn by, String password) {
    String account = inPerson(by);
    if (isEnrolled(account)) {
      throw enrolled();
    }
    if (!guessed(
        account,
        () -> whoAsks.authenticate(login(account), password).isPresent(),
        Boolean::booleanValue)) {
      throw new Problem(
          422,
          "PASSWORD_WRONG",
          "this is not the account's password",
          List.of(
              Problem.Fault.of(
                  "password", "", "is not the account's", "type the one of the login")));
    }
    String secret = Totp.newSecret();
    VaultReference reference = vault.seal(SUBJECT + account, "secret", Map.of("secret", secret));
    jdbc.sql(
            """
            insert into access.second_factor (account, secret, begun_at)
            values (:account, :secret, :now)
            on conflict (account) do update set secret = :secret, begun_at = :now
              where second_factor.enrolled_at is null
            """)
        .param("account", account)
        .param("secret", reference.value())
        .param("now", now())
        .update();
    return begun(account, secret);
  }

  /** The one that waits to be confirmed, to be shown again; empty where none does. */
  public Optional<SecondFactor.Begun> waiting(SignedIn by) {
    String account = by.actor().account();
    return stored(account)
        .filter(stored -> stored.enrolledAt() == null)
        .map(stored -> begun(account, secret(stored)));
  }

  private SecondFactor.Begun begun(String account, String secret) {
    return new SecondFactor.Begun(
        secret,
        "otpauth://totp/%s:%s?secret=%s&issuer=%s"
            .formatted(encoded(ISSUER), encoded(login(account)), secret, encoded(ISSUER)));
  }

  private String login(String account) {
    return jdbc.sql("select login from access.account where id = :id")
        .param("id", account)
        .query(String.class)
        .single();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Puts the second factor in force by its first code: from now on each login asks for one, the
   * account's other sessions end, and the one that asks has shown it.
   *
   * @throws Problem 422 {@code CODE_WRONG}, {@code LOGIN_REQUIRED}; 409 {@code
   *     SECOND_FACTOR_NOT_BEGUN}, {@code SECOND_FACTOR_ENROLLED}; 429 {@code TOO_MANY_ATTEMPTS}
   */
  public SecondFactor.RecoveryCodes confirm(SignedIn by, String code) {
    String account = inPerson(by);
    Stored stored =
        stored(account)
            .orElseThrow(
                () ->
                    new Problem(
                        409,
                        "SECOND_FACTOR_NOT_BEGUN",
                        "there is no second factor that waits for its first code",
                        "begin one (beginSecondFactor)"));
    if (stored.enrolledAt() != null) {
      throw enrolled();
    }
    OptionalLong step =
        guessed(
            account,
            () -> Totp.step(secret(stored), code, time.instant()),
            OptionalLong::isPresent);
    if (step.isEmpty()) {
      throw wrong();
    }
    SecondFactor.RecoveryCodes codes =
        Objects.requireNonNull(
            transaction.execute(
                _ -> {
                  int enrolled =
                      jdbc.sql(
                              """
                              update access.second_factor
                              set enrolled_at = :now, last_step = :step
                              where account = :account and secret = :secret and enrolled_at is null
                              """)
                          .param("account", account)
                          .param("secret", stored.secret().value())
                          .param("now", now())
                          .param("step", step.getAsLong())
                          .update();
                  if (enrolled == 0) {
                    throw wrong();
                  }
                  trail.note(Act.FACTOR_ENROLLED, account, account, "");
                  // Others of them began without it; who enrols may be ending a stranger's.
                  jdbc.sql(
                          """
                          update access.session
                          set factor_shown = id = :own,
                              ended_at = case when id = :own then null else :now end
                          where account = :account and ended_at is null
                          """)
                      .param("own", Objects.requireNonNull(by.session()))
                      .param("account", account)
                      .param("now", now())
                      .update();
                  return new SecondFactor.RecoveryCodes(recoveryCodes.renew(account));
                }));
    whoAsks.somethingChanged();
    return codes;
  }

  /**
   * Makes other recovery codes; those of before end.
   *
   * @throws Problem 422 {@code LOGIN_REQUIRED}; 409 {@code SECOND_FACTOR_NOT_BEGUN}
   */
  public SecondFactor.RecoveryCodes renewCodes(SignedIn by) {
    String account = inPerson(by);
    if (!isEnrolled(account)) {
      throw new Problem(
          409,
          "SECOND_FACTOR_NOT_BEGUN",
          "there is no second factor that recovery codes could stand in for",
          "set one up first (beginSecondFactor)");
    }
    return Objects.requireNonNull(
        transaction.execute(
            _ -> {
              trail.note(Act.RECOVERY_CODES_RENEWED, account, account, "");
              return new SecondFactor.RecoveryCodes(recoveryCodes.renew(account));
            }));
  }

  // -- showing -----------------------------------------------------------------------------------

  /**
   * Takes a code or a recovery code, each once, on all nodes.
   *
   * @return whether it was right
   * @throws Problem 429 {@code TOO_MANY_ATTEMPTS} after too many wrong ones
   */
  boolean show(String account, String code) {
    return stored(account)
        .filter(stored -> stored.enrolledAt() != null)
        .filter(
            stored ->
                guessed(
                    account,
                    () -> take(account, stored, code) || recover(account, code),
                    Boolean::booleanValue))
        .isPresent();
  }

  private boolean take(String account, Stored stored, String code) {
    OptionalLong step = Totp.step(secret(stored), code, time.instant());
    return step.isPresent()
        && jdbc.sql(
                    """
                    update access.second_factor set last_step = :step
                    where account = :account and enrolled_at is not null and last_step < :step
                    """)
                .param("account", account)
                .param("step", step.getAsLong())
                .update()
            == 1;
  }

  private boolean recover(String account, String code) {
    return Boolean.TRUE.equals(
        transaction.execute(
            _ -> {
              boolean used = recoveryCodes.use(account, code);
              if (used) {
                trail.note(Act.RECOVERY_CODE_USED, account, account, "");
              }
              return used;
            }));
  }

  /**
   * Slowed down as passwords are, but by the account alone, whatever the address: whoever gets here
   * has its password, so that nobody else can lock its owner out, and six digits are few.
   */
  private <T> T guessed(String account, Supplier<T> guess, Predicate<T> isRight) {
    Duration wait = throttle.admit(account, account);
    if (wait.isPositive()) {
      throw Problem.tooMany("TOO_MANY_ATTEMPTS", "too many codes or passwords were wrong", wait);
    }
    T answer = guess.get();
    if (isRight.test(answer)) {
      throttle.succeeded(account, account);
    }
    return answer;
  }

  // -- taking away -------------------------------------------------------------------------------

  /**
   * Takes a lost factor away: the account's sessions end, its next login asks for a password alone,
   * and no key that was made with the factor releases money any more. Again is the same.
   *
   * @throws Problem 404 if there is no such account; 422 {@code OWN_SECOND_FACTOR}: a thief who
   *     found a session open would make it its own
   */
  public void reset(String account, SignedIn by) {
    if (account.equals(by.actor().account())) {
      throw new Problem(
          422,
          "OWN_SECOND_FACTOR",
          "nobody takes its own second factor away",
          "have another clerk do it");
    }
    requireAccount(account);
    transaction.executeWithoutResult(
        _ -> {
          int gone =
              jdbc.sql("delete from access.second_factor where account = :id")
                  .param("id", account)
                  .update();
          if (gone > 0) {
            jdbc.sql("update access.api_key set factor_shown = false where account = :id")
                .param("id", account)
                .update();
            jdbc.sql(
                    """
                    update access.session set ended_at = :now
                    where account = :id and ended_at is null
                    """)
                .param("id", account)
                .param("now", now())
                .update();
            trail.note(Act.FACTOR_RESET, account, by.actor().account(), "");
          }
        });
    vault.erase(SUBJECT + account);
    whoAsks.somethingChanged();
  }

  // -- rows --------------------------------------------------------------------------------------

  private Optional<Stored> stored(String account) {
    return jdbc.sql("select * from access.second_factor where account = :account")
        .param("account", account)
        .query(Stored::of)
        .optional();
  }

  private void requireAccount(String account) {
    boolean there =
        jdbc.sql("select exists (select from access.account where id = :id)")
            .param("id", account)
            .query(Boolean.class)
            .single();
    if (!there) {
      throw Problem.notFound("account " + Problem.shown(account));
    }
  }

  private String secret(Stored stored) {
    return Objects.requireNonNull(
        vault
            .open(stored.secret())
            .orElseThrow(() -> new IllegalStateException("the vault does not hold the secret"))
            .get("secret"));
  }

  private static String inPerson(SignedIn by) {
    if (by.session() == null) {
      throw new Problem(
          422,
          "LOGIN_REQUIRED",
          "a second factor is a person's, who logs in for it, and an API key a program's",
          "log in, and set it up on the page /compte/second-facteur");
    }
    return by.actor().account();
  }

  private static Problem enrolled() {
    return new Problem(
        409,
        "SECOND_FACTOR_ENROLLED",
        "this account has a second factor",
        "have a clerk reset it (resetSecondFactor), then set another one up");
  }

  static Problem wrong() {
    return new Problem(
        422,
        "CODE_WRONG",
        "this is not the code of now, or it was used",
        List.of(
            Problem.Fault.of(
                "code",
                "",
                "is not the code of now, or was used",
                "type the one that is shown now; if it is refused again, set the clock of the"
                    + " device")));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
