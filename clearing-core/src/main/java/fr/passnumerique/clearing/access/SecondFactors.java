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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
  private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);

  /** What the vault's entries are about: an account's identifier behind it. */
  private static final String SUBJECT = "second-factor-";

  private static final String ISSUER = "Pass numérique";

  /** How long a secret waits for its first code. */
  static final Duration BEGUN_LASTS = Duration.ofMinutes(15);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Vault vault;
  private final Clock clock;
  private final FactorTime time;
  private final Guesses codeGuesses;
  private final Guesses passwordGuesses;
  private final Administration trail;
  private final WhoAsks whoAsks;
  private final RecoveryCodes recoveryCodes;
  private final boolean required;

  /** As it is stored. */
  private record Stored(VaultReference secret, Instant begunAt, @Nullable Instant enrolledAt) {
    static Stored of(ResultSet row, int number) throws SQLException {
      Timestamp enrolledAt = row.getTimestamp("enrolled_at");
      return new Stored(
          new VaultReference(row.getString("secret")),
          row.getTimestamp("begun_at").toInstant(),
          enrolledAt == null ? null : enrolledAt.toInstant());
    }
  }

  /**
   * @param codes a throttle of their own: whoever knows the password could have it forget failures
   *     of codes, at the login or where the password is shown once more
   * @param passwords that are shown once more
   * @param required whether releasing money asks for one
   */
  SecondFactors(
      DataSource dataSource,
      Vault vault,
      Clock clock,
      FactorTime time,
      LoginThrottle codes,
      LoginThrottle passwords,
      Administration trail,
      WhoAsks whoAsks,
      boolean required) {
    this.jdbc = JdbcClient.create(dataSource);
    this.recoveryCodes = new RecoveryCodes(jdbc, clock);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.vault = vault;
    this.clock = clock;
    this.time = time;
    this.codeGuesses = new Guesses(codes);
    this.passwordGuesses = new Guesses(passwords);
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
    if (required && !asks.factorShown()) {
      throw withoutFactor(asks);
    }
  }

  private static Problem withoutFactor(SignedIn asks) {
    return new Problem(
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
    requirePassword(account, password);
    String secret = Totp.newSecret();
    VaultReference reference = vault.seal(SUBJECT + account, "secret", Map.of("secret", secret));
    int begun =
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
    if (begun == 0) {
      // Another session put one in force meanwhile.
      throw enrolled();
    }
    return begun(account, secret);
  }

  /**
   * Has its owner's password shown once more where no second factor stands behind what is asked:
   * whoever finds a session open, or a key, does not know it.
   *
   * @param current as at the login; null where it was not sent
   * @throws Problem 422 {@code PASSWORD_WRONG}; 429 {@code TOO_MANY_ATTEMPTS}
   */
  void requirePasswordOrFactor(SignedIn by, @Nullable String current) {
    if (!by.factorShown()) {
      requirePassword(
          by.actor().account(),
          "current",
          Objects.requireNonNullElse(current, ""),
          "send the one of the login, or ask by a session or a key behind which a second factor"
              + " stands");
    }
  }

  /**
   * As {@link #requirePasswordOrFactor}, whatever stands behind what is asked.
   *
   * @throws Problem 422 {@code PASSWORD_WRONG}; 429 {@code TOO_MANY_ATTEMPTS}
   */
  void requirePassword(SignedIn by, String current) {
    requirePassword(by.actor().account(), "current", current, "send the one of the login");
  }

  private void requirePassword(String account, String password) {
    requirePassword(account, "password", password, "type the one of the login");
  }

  private void requirePassword(String account, String field, String password, String remedy) {
    if (!passwordGuesses.made(
        account,
        () -> whoAsks.authenticate(login(account), password).isPresent(),
        Boolean::booleanValue)) {
      throw new Problem(
          422,
          "PASSWORD_WRONG",
          "this is not the account's password",
          List.of(Problem.Fault.of(field, "", "is not the account's", remedy)));
    }
  }

  /** The one that waits to be confirmed, to be shown again; empty where none does. */
  public Optional<SecondFactor.Begun> waiting(SignedIn by) {
    String account = by.actor().account();
    return stored(account)
        .filter(this::waits)
        .flatMap(this::opened)
        .map(secret -> begun(account, secret));
  }

  /** Not for ever: who finds a session open later would read the secret beside the QR code. */
  private boolean waits(Stored stored) {
    return stored.enrolledAt() == null
        && clock.instant().isBefore(stored.begunAt().plus(BEGUN_LASTS));
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
    if (isEnrolled(account)) {
      throw enrolled();
    }
    Stored stored = stored(account).filter(this::waits).orElseThrow(SecondFactors::notBegun);
    // One that was begun while another took away the one before: its key went with that.
    String secret = opened(stored).orElseThrow(SecondFactors::notBegun);
    OptionalLong step =
        codeGuesses.made(
            account, () -> Totp.step(secret, code, time.instant()), OptionalLong::isPresent);
    if (step.isEmpty()) {
      throw wrong();
    }
    SecondFactor.RecoveryCodes codes =
        Objects.requireNonNull(
            transaction.execute(
                _ -> {
                  whoAsks.oneAtATime();
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
   * @param password once more: each of them is a factor that is carried away
   * @throws Problem 422 {@code LOGIN_REQUIRED}, {@code PASSWORD_WRONG}; 409 {@code
   *     SECOND_FACTOR_NOT_BEGUN}; 403 {@code SECOND_FACTOR_REQUIRED}; 429 {@code TOO_MANY_ATTEMPTS}
   */
  public SecondFactor.RecoveryCodes renewCodes(SignedIn by, String password) {
    String account = inPerson(by);
    if (!isEnrolled(account)) {
      throw new Problem(
          409,
          "SECOND_FACTOR_NOT_BEGUN",
          "there is no second factor that recovery codes could stand in for",
          "set one up first (beginSecondFactor)");
    }
    if (!by.factorShown()) {
      throw withoutFactor(by);
    }
    requirePassword(account, password);
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
                // 80 random bits are not guessed, so that no guesser keeps their owner waiting.
                RecoveryCodes.wellFormed(code)
                    ? recover(account, code)
                    : codeGuesses.made(
                        account, () -> take(account, stored, code), Boolean::booleanValue))
        .isPresent();
  }

  private boolean take(String account, Stored stored, String code) {
    OptionalLong step = Totp.step(secret(stored), code, time.instant());
    return step.isPresent()
        && jdbc.sql(
                    """
                    update access.second_factor set last_step = :step
                    where account = :account and secret = :secret
                      and enrolled_at is not null and last_step < :step
                    """)
                .param("account", account)
                .param("secret", stored.secret().value())
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
    reset(account, by.actor().account());
  }

  /**
   * As {@link #reset(String, SignedIn)}, by the operator of the machine, where no other clerk is
   * left who could. Nothing if no account has this login.
   */
  void resetByOperator(String login) {
    jdbc.sql("select id from access.account where login = :login")
        .param("login", login.toLowerCase(Locale.ROOT))
        .query(String.class)
        .optional()
        .ifPresent(
            account -> {
              reset(account, Actor.ENGINE.account());
              LOG.warn(
                  "the second factor of account {} was taken away by a setting, and will be at each"
                      + " start with it",
                  account);
            });
  }

  private void reset(String account, String by) {
    transaction.executeWithoutResult(
        _ -> {
          whoAsks.oneAtATime();
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
            trail.note(Act.FACTOR_RESET, account, by, "");
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
    return opened(stored)
        .orElseThrow(() -> new IllegalStateException("the vault does not hold the secret"));
  }

  private Optional<String> opened(Stored stored) {
    return vault.open(stored.secret()).map(content -> content.get("secret"));
  }

  private static Problem notBegun() {
    return new Problem(
        409,
        "SECOND_FACTOR_NOT_BEGUN",
        "there is no second factor that waits for its first code; one waits for a quarter of an"
            + " hour",
        "begin one (beginSecondFactor)");
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
