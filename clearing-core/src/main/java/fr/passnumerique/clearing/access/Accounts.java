package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Identifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Accounts and API keys: who makes and ends them, and by which rules.
 *
 * <p>Times are those of the engine's clock, as all that is shown.
 */
public final class Accounts implements AccountsWaiting {
  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  /** Characters. */
  static final int LONGEST_LOGIN = 100;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Hands hands;
  private final Passwords passwords = new Passwords();
  private final WhoAsks whoAsks;
  private final Administration trail;

  /**
   * @param dataSource with the rights of the clearing on the schema {@code access}
   * @param clock the engine's
   */
  public Accounts(DataSource dataSource, Clock clock) {
    this.clock = clock;
    this.jdbc = JdbcClient.create(dataSource);
    this.hands = new Hands(dataSource);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.whoAsks = new WhoAsks(jdbc, clock, passwords);
    this.trail = new Administration(dataSource, clock);
  }

  // -- accounts ----------------------------------------------------------------------------------

  /**
   * Creates an account.
   *
   * @param login 3 to {@value #LONGEST_LOGIN} characters without white space; kept in lower case
   * @param password 12 to 200 characters; null for an account of programs, which gets API keys only
   * @param subject what the account acts for; empty for clerks and auditors
   * @param by the account that asks, or {@code engine}
   * @throws Problem 409 {@code LOGIN_TAKEN}; 422 if login, password or subject are refused
   */
  public Account create(
      String login, @Nullable String password, Role role, String subject, String by) {
    return create(UUID.randomUUID(), login, password, role, subject, by, null);
  }

  /**
   * As {@link #create(String, String, Role, String, String)}, once, for a clerk who asks. Once
   * there have been two clerks, one that is made waits for another than its maker; disabled ones
   * count, or whoever disables the others would be free again to make one alone.
   *
   * @param id the account's; one that is there already is answered as it is
   * @throws Problem 422 {@code PASSWORD_REQUIRED} if one that waits has none: no other makes its
   *     keys
   */
  Account create(
      UUID id, String login, @Nullable String password, Role role, String subject, SignedIn by) {
    if (role == Role.CLERK && password == null && clerksEver() > 1) {
      throw new Problem(
          422,
          "PASSWORD_REQUIRED",
          "a clerk makes its own API keys, and logs in for that",
          List.of(
              Problem.Fault.of(
                  "password", "", "a clerk's account needs one", "give a first password")));
    }
    return create(id, login, password, role, subject, by.actor().account(), by);
  }

  private Account create(
      UUID id,
      String login,
      @Nullable String password,
      Role role,
      String subject,
      String by,
      @Nullable SignedIn asks) {
    String name = login.toLowerCase(Locale.ROOT);
    if (!name.matches("[^\\p{Cntrl}\\s]{3,%d}".formatted(LONGEST_LOGIN))) {
      throw refused(
          "LOGIN_REFUSED",
          "login",
          "must be 3 to %d characters without white space, got %d characters%s"
              .formatted(
                  LONGEST_LOGIN,
                  name.length(),
                  name.matches(".*[\\p{Cntrl}\\s].*") ? " with it" : ""));
    }
    if (role.hasSubject() == subject.isEmpty()) {
      throw refused(
          "SUBJECT_REFUSED",
          "subject",
          role.hasSubject()
              ? "must name the %s that the account acts for".formatted(role.subjectKind())
              : "must be empty: a %s acts for nobody".formatted(role));
    }
    if (role.hasSubject()) {
      try {
        Identifier.require("subject", subject);
      } catch (IllegalArgumentException e) {
        throw refused("SUBJECT_REFUSED", "subject", String.valueOf(e.getMessage()));
      }
    }
    String hash = password == null ? null : passwords.hash(password);
    try {
      return alone(
          asks,
          () -> {
            Account made =
                jdbc.sql(
                        """
                        insert into access.account
                          (id, login, password_hash, first_password_hash, role, subject, created_at,
                           created_by, awaits_approval)
                        select :id, :login, :hash, :first, :role, :subject, :now, :by,
                               :secondClerk and count(*) > 1
                        from access.account where role = 'CLERK'
                        returning *
                        """)
                    .param("id", id.toString())
                    .param("now", now())
                    .param("login", name)
                    .param("hash", hash)
                    .param("first", role == Role.CLERK ? hash : null)
                    .param("role", role.name())
                    .param("subject", subject)
                    .param("by", by)
                    .param("secondClerk", asks != null && role == Role.CLERK)
                    .query(Accounts::account)
                    .single();
            trail.note(Act.ACCOUNT_CREATED, made.id(), by, role.name());
            return made;
          });
    } catch (DuplicateKeyException e) {
      return find(id.toString())
          .orElseThrow(
              () ->
                  new Problem(
                      409,
                      "LOGIN_TAKEN",
                      "another account has this login; choose another",
                      List.of(
                          Problem.Fault.of(
                              "login", "", "another account has this login", "choose another"))));
    }
  }

  /** As {@link #alone(SignedIn, Supplier)}, for the engine. */
  private <T> T alone(Supplier<T> work) {
    return alone(null, work);
  }

  /**
   * One at a time, on all nodes: what counts the accounts finds them as they will be.
   *
   * @param by who asks, known by what was read up to a second ago, or before a password was hashed;
   *     null for the engine
   * @throws BadCredentialsException if a new password, the disabling of the account, or the end of
   *     the session or key has ended that login since
   */
  private <T> T alone(@Nullable SignedIn by, Supplier<T> work) {
    return transaction.execute(
        _ -> {
          whoAsks.oneAtATime();
          if (by != null && !counts(by)) {
            throw new BadCredentialsException("this login has ended");
          }
          return work.get();
        });
  }

  private boolean counts(SignedIn by) {
    return jdbc.sql(
            """
            select exists (
              select from access.account where id = :id and generation = :generation)
              and (:session = '' or exists (
                select from access.session where id = :session and ended_at is null))
              and (:key = '' or exists (
                select from access.api_key where id = :key and revoked_at is null))
            """)
        .param("id", by.actor().account())
        .param("generation", by.generation())
        .param("session", Objects.requireNonNullElse(by.session(), ""))
        .param("key", Objects.requireNonNullElse(by.key(), ""))
        .query(Boolean.class)
        .single();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  /**
   * Makes a clerk's account with this key, if there is no account at all.
   *
   * @return whether it was made; of two nodes that ask at the same moment one makes it
   */
  boolean createFirst(String login, String password, String key) {
    return alone(
        () -> {
          if (!none()) {
            return false;
          }
          String engine = Actor.ENGINE.account();
          Account clerk = create(login, password, Role.CLERK, "", engine);
          insertKey(UUID.randomUUID(), clerk.id(), "first", key, engine, true);
          return true;
        });
  }

  /**
   * Lets a clerk's account in that awaits it. Its maker knows its first password, the approver is
   * shown the code that is typed after it: neither of them can log in as its owner.
   *
   * @return without a code if it awaits nothing, since that was shown to who approved it
   * @throws Problem 404 if there is no such account, 409 {@code ACCOUNT_DISABLED}, 422 {@code
   *     SECOND_PERSON_REQUIRED} for its maker and for who may be that one
   */
  public Account.Approved approve(String id, SignedIn by) {
    Account account = existing(id);
    if (!account.awaitsApproval()) {
      return new Account.Approved(account, Optional.empty());
    }
    if (account.disabledAt().isPresent()) {
      throw new Problem(
          409,
          "ACCOUNT_DISABLED",
          "account %s is disabled; approved it would not count either".formatted(id),
          "create another account");
    }
    // While it waits it is its maker's, and whose hand the maker was in when it made it.
    if (hands.hold(Set.of(id), by.actor().account())) {
      throw new Problem(
          422,
          "SECOND_PERSON_REQUIRED",
          "account %s was made by you, or by an account that is or was in one hand with yours, and who makes a clerk's account does not approve it"
              .formatted(id),
          "have another clerk approve it, " + Hands.REMEDY);
    }
    String code =
        ApiKey.random().substring(ApiKey.MARK.length(), ApiKey.MARK.length() + WhoAsks.CODE);
    return alone(by, () -> letIn(id, by.actor(), ApiKey.hash(code)))
        .map(now -> new Account.Approved(now, Optional.of(code)))
        .orElseGet(() -> new Account.Approved(existing(id), Optional.empty()));
  }

  /**
   * Lets the account of this login in by the operator of the machine, where no other clerk is left
   * who could: with its first password alone. Nothing if there is none that awaits it.
   */
  void approveByOperator(String login) {
    all().stream()
        .filter(account -> account.login().equals(login.toLowerCase(Locale.ROOT)))
        .findFirst()
        .flatMap(account -> alone(() -> letIn(account.id(), Actor.ENGINE, null)))
        .ifPresent(account -> LOG.warn("account {} was approved by a setting", account.id()));
  }

  /**
   * @return empty if it awaits nothing; of two who ask at the same moment one lets it in
   */
  private Optional<Account> letIn(String id, Actor by, byte @Nullable [] codeHash) {
    Optional<Account> letIn =
        jdbc.sql(
                """
                update access.account
                set awaits_approval = false, approved_at = :now, approved_by = :by,
                    approval_code_hash = :codeHash
                where id = :id and awaits_approval
                returning *
                """)
            .param("id", id)
            .param("now", now())
            .param("by", by.account())
            .param("codeHash", codeHash, Types.BINARY)
            .query(Accounts::account)
            .optional();
    letIn.ifPresent(account -> trail.note(Act.ACCOUNT_APPROVED, id, by.account(), ""));
    return letIn;
  }

  private Account existing(String id) {
    return find(id).orElseThrow(() -> Problem.notFound("account " + Problem.shown(id)));
  }

  /** All accounts, by login. */
  public List<Account> all() {
    return jdbc.sql("select * from access.account order by login").query(Accounts::account).list();
  }

  /**
   * Some of them, by login.
   *
   * @param part what the login contains, whatever its case; empty for all
   * @param after the login after which they begin; empty for the first
   */
  public List<Account> some(String part, String after, int limit) {
    return jdbc.sql(
            """
            select * from access.account
            where strpos(login, :part) > 0 and login > :after
            order by login limit :limit
            """)
        .param("part", part.toLowerCase(Locale.ROOT))
        .param("after", after)
        .param("limit", limit)
        .query(Accounts::account)
        .list();
  }

  @Override
  public List<Account> awaitingApproval() {
    return jdbc.sql(
            """
            select * from access.account
            where awaits_approval and disabled_at is null
            order by created_at, id
            """)
        .query(Accounts::account)
        .list();
  }

  public Optional<Account> find(String id) {
    return jdbc.sql("select * from access.account where id = :id")
        .param("id", id)
        .query(Accounts::account)
        .optional();
  }

  /** Whether there is no account at all: nobody can log in yet. */
  public boolean none() {
    return !jdbc.sql("select exists (select from access.account)").query(Boolean.class).single();
  }

  /**
   * As {@link #changePassword(String, String)}, for a clerk who asks, or the owner. A clerk whose
   * account another has in hand takes it over so: its API keys of before end.
   *
   * @throws Problem also 422 {@code PASSWORD_OF_ANOTHER_CLERK}, and {@code PASSWORD_NOT_ANOTHER}
   *     for the one that its account was made with
   */
  void changePassword(String id, String password, SignedIn by) {
    Account account = existing(id);
    ownersAlone(account, by.actor(), "PASSWORD_OF_ANOTHER_CLERK", "changes its password");
    if (account.role() == Role.CLERK) {
      notTheFirst(id, password);
    }
    changePassword(id, password, by.actor().account(), by);
  }

  /**
   * Set again by its maker as its owner, it would stay the maker's, and the owner notice nothing.
   */
  private void notTheFirst(String id, String password) {
    boolean first =
        jdbc.sql(
                """
                select first_password_hash from access.account
                where id = :id and first_password_hash is not null
                """)
            .param("id", id)
            .query(String.class)
            .optional()
            .filter(hash -> passwords.matches(password, hash))
            .isPresent();
    if (first) {
      throw notAnother(
          "this is the password that the account was made with: its maker knows it",
          "is the one that the account was made with");
    }
  }

  static Problem notAnother(String message, String fault) {
    return new Problem(
        422,
        "PASSWORD_NOT_ANOTHER",
        message,
        List.of(Problem.Fault.of("password", "", fault, "choose one that nobody else knows")));
  }

  /** Whoever has a clerk's key or password acts as that clerk: nobody else gives itself one. */
  private static void ownersAlone(Account account, Actor by, String code, String what) {
    if (account.role() == Role.CLERK && !account.id().equals(by.account())) {
      throw new Problem(
          422,
          code,
          "account %s is another clerk's, who alone %s".formatted(account.id(), what),
          "have its owner log in and do it; where its password is lost, disable the account and"
              + " create another");
    }
  }

  /**
   * Sets another password, the first one's code with it, and ends the account's sessions; its API
   * keys stay.
   *
   * @throws Problem 404 if there is no such account, 422 if the password is refused
   */
  public void changePassword(String id, String password) {
    changePassword(id, password, Actor.ENGINE.account(), null);
  }

  private void changePassword(String id, String password, String by, @Nullable SignedIn asks) {
    String hash = passwords.hash(password);
    int changed =
        alone(
            asks,
            () -> {
              int set =
                  jdbc.sql(
                          """
                          with changed as (
                            update access.account
                            set password_hash = :hash, approval_code_hash = null,
                                generation = generation + 1
                            where id = :id
                            returning id
                          ), revoked as (
                            -- Whoever has the account in hand may have made them, or have made others by them.
                            update access.api_key
                            set revoked_at = :now
                            where account = :id and :by = :id and revoked_at is null
                              -- Any other's stays in the hand of who made it, and its programs go on.
                              and exists (
                                select from access.hand join access.account on account.id = hand.account
                                where hand.account = :id and role = 'CLERK')
                            returning id
                          ), told as (
                            insert into access.administration (at, act, account, by, detail)
                            select :now, :revoked, :id, :by, id from revoked
                          ), begun as (
                            -- Whoever knew the password of before may have begun it.
                            delete from access.second_factor
                            where account = :id and enrolled_at is null
                          ), ended as (
                            update access.session set ended_at = :now
                            where account = :id and ended_at is null
                          )
                          insert into access.password_set (account, set_by, set_at)
                          select id, :by, :now from changed
                          """)
                      .param("hash", hash)
                      .param("id", id)
                      .param("by", by)
                      .param("now", now())
                      .param("revoked", Act.KEY_REVOKED.name())
                      .update();
              if (set > 0) {
                trail.note(Act.PASSWORD_CHANGED, id, by, "");
              }
              return set;
            });
    if (changed == 0) {
      throw Problem.notFound("account " + Problem.shown(id));
    }
    whoAsks.somethingChanged();
  }

  /**
   * Ends the account's sessions, logins and API keys, on every node within a second. Once disabled
   * it stays so; again is the same.
   *
   * @throws Problem 404 if there is no such account, 409 {@code LAST_CLERK} if nobody could create
   *     accounts any more
   */
  public Account disable(String id) {
    return disable(id, Actor.ENGINE);
  }

  Account disable(String id, Actor by) {
    Account disabled =
        // Or two clerks disable each other and nobody is left.
        alone(
            () -> {
              Account account = existing(id);
              if (account.disabledAt().isPresent()) {
                return account;
              }
              if (account.role() == Role.CLERK && !account.awaitsApproval() && clerks() == 1) {
                throw new Problem(
                    409,
                    "LAST_CLERK",
                    "account %s is the last clerk's".formatted(id),
                    "create another clerk first");
              }
              trail.note(Act.ACCOUNT_DISABLED, id, by.account(), "");
              jdbc.sql(
                      """
                      update access.session set ended_at = :now
                      where account = :id and ended_at is null
                      """)
                  .param("id", id)
                  .param("now", now())
                  .update();
              return jdbc.sql(
                      """
                      update access.account
                      set disabled_at = :now, generation = generation + 1
                      where id = :id
                      returning *
                      """)
                  .param("id", id)
                  .param("now", now())
                  .query(Accounts::account)
                  .single();
            });
    whoAsks.somethingChanged();
    return disabled;
  }

  /** Those that are disabled, too. */
  private long clerksEver() {
    return jdbc.sql("select count(*) from access.account where role = 'CLERK'")
        .query(Long.class)
        .single();
  }

  private long clerks() {
    return jdbc.sql(
            """
            select count(*) from access.account
            where role = 'CLERK' and disabled_at is null and not awaits_approval
            """)
        .query(Long.class)
        .single();
  }

  // -- API keys ----------------------------------------------------------------------------------

  /**
   * Makes a key. It is shown this once; a key that was lost is revoked, and another made.
   *
   * @throws Problem 404 if there is no such account, 409 {@code ACCOUNT_DISABLED}
   */
  public ApiKey.Issued createKey(String account, String label, String by) {
    // Whoever is on the machine itself can do all that a second factor guards.
    return createKey(UUID.randomUUID(), account, label, by, true);
  }

  /**
   * As {@link #createKey(String, String, String)}, once, for a clerk who asks.
   *
   * @param id names the key
   * @throws Problem 409 {@code KEY_SHOWN_ONCE} if it was made before; 422 {@code
   *     KEY_OF_ANOTHER_CLERK}
   */
  ApiKey.Issued createKey(UUID id, String account, String label, SignedIn by) {
    return alone(
        by,
        () -> {
          Account owner = existing(account);
          if (!isItsMakersStill(owner, by.actor())) {
            ownersAlone(owner, by.actor(), "KEY_OF_ANOTHER_CLERK", "makes its keys");
          }
          return createKey(id, account, label, by.actor().account(), by.factorShown());
        });
  }

  /**
   * As {@link #createKey(String, String, String)}, for a clerk of whom no key counts.
   *
   * @throws Problem also 409 {@code NOT_THE_FIRST_KEY}; 422 {@code CLERKS_ONLY}
   */
  ApiKey.Issued createFirstKey(SignedIn by, String label) {
    Actor owner = by.actor();
    if (owner.role() != Role.CLERK) {
      throw new Problem(
          422,
          "CLERKS_ONLY",
          "clerks make the keys of a %s's account".formatted(owner.role()),
          "ask a clerk for one");
    }
    return alone(
        by,
        () -> {
          if (keys(owner.account()).stream().anyMatch(key -> key.revokedAt().isEmpty())) {
            throw new Problem(
                409,
                "NOT_THE_FIRST_KEY",
                "account %s has a key that counts".formatted(owner.account()),
                "make another one with it (createApiKey), or have a clerk revoke it if it is lost");
          }
          return createKey(
              UUID.randomUUID(), owner.account(), label, owner.account(), by.factorShown());
        });
  }

  /**
   * The second clerk, whom the first makes alone: until it has a key, or a password of its own, its
   * maker acts as it anyway.
   */
  private boolean isItsMakersStill(Account account, Actor by) {
    return account.madeBy().filter(by.account()::equals).isPresent()
        && !account.awaitsApproval()
        && account.approvedAt().isEmpty()
        && jdbc.sql(
                """
                select generation = 0 and not exists (select from access.api_key where account = :id)
                  from access.account where id = :id
                """)
            .param("id", account.id())
            .query(Boolean.class)
            .single();
  }

  private ApiKey.Issued createKey(
      UUID id, String account, String label, String by, boolean factorShown) {
    Account owner = existing(account);
    if (owner.disabledAt().isPresent()) {
      throw new Problem(
          409,
          "ACCOUNT_DISABLED",
          "account %s is disabled; its keys would not count".formatted(account),
          "create a key of another account");
    }
    if (label.isBlank() || label.length() > 100) {
      throw refused("LABEL_REFUSED", "label", "must be 1 to 100 characters");
    }
    try {
      return alone(() -> insertKey(id, account, label, ApiKey.random(), by, factorShown));
    } catch (DuplicateKeyException e) {
      throw new Problem(
          409,
          "KEY_SHOWN_ONCE",
          "this request made API key %s, which was shown in its first answer and is kept nowhere"
              .formatted(id),
          "if that answer was lost, revoke the key and make another one by a new request");
    }
  }

  private ApiKey.Issued insertKey(
      UUID id, String account, String label, String key, String by, boolean factorShown) {
    jdbc.sql(
            """
            insert into access.api_key
              (id, account, label, hash, prefix, created_at, created_by, factor_shown)
            values (:id, :account, :label, :hash, :prefix, :now, :by, :factorShown)
            """)
        .param("id", id.toString())
        .param("now", now())
        .param("account", account)
        .param("label", label)
        .param("hash", ApiKey.hash(key))
        .param("prefix", ApiKey.prefix(key))
        .param("by", by)
        .param("factorShown", factorShown)
        .update();
    trail.note(Act.KEY_MADE, account, by, id.toString());
    return new ApiKey.Issued(id.toString(), account, label, key);
  }

  /** The account's keys, revoked ones too, oldest first. */
  public List<ApiKey> keys(String account) {
    return jdbc.sql("select * from access.api_key where account = :account order by created_at, id")
        .param("account", account)
        .query(Accounts::key)
        .list();
  }

  /**
   * Takes a key away, on every node within a second; again is the same.
   *
   * @throws Problem 404 if the account has no such key
   */
  public ApiKey revokeKey(String account, String id) {
    return revokeKey(account, id, Actor.ENGINE);
  }

  ApiKey revokeKey(String account, String id, Actor by) {
    ApiKey revoked =
        alone(
            () -> {
              ApiKey key =
                  keys(account).stream()
                      .filter(each -> each.id().equals(id))
                      .findFirst()
                      .orElseThrow(() -> Problem.notFound("API key " + Problem.shown(id)));
              if (key.revokedAt().isPresent()) {
                return key;
              }
              trail.note(Act.KEY_REVOKED, account, by.account(), id);
              return jdbc.sql(
                      "update access.api_key set revoked_at = :now where id = :id returning *")
                  .param("id", id)
                  .param("now", now())
                  .query(Accounts::key)
                  .single();
            });
    whoAsks.somethingChanged();
    return revoked;
  }

  /** Which knows at once what is changed here. */
  WhoAsks whoAsks() {
    return whoAsks;
  }

  // -- rows --------------------------------------------------------------------------------------

  private static Account account(ResultSet row, int number) throws SQLException {
    return new Account(
        row.getString("id"),
        row.getString("login"),
        Role.valueOf(row.getString("role")),
        row.getString("subject"),
        row.getTimestamp("created_at").toInstant(),
        instant(row, "disabled_at"),
        maker(row),
        row.getBoolean("awaits_approval"),
        instant(row, "approved_at"),
        Optional.ofNullable(row.getString("approved_by")));
  }

  private static ApiKey key(ResultSet row, int number) throws SQLException {
    return new ApiKey(
        row.getString("id"),
        row.getString("account"),
        row.getString("label"),
        row.getString("prefix"),
        row.getTimestamp("created_at").toInstant(),
        instant(row, "revoked_at"),
        instant(row, "last_used_at"),
        maker(row));
  }

  private static Optional<String> maker(ResultSet row) throws SQLException {
    return Optional.of(row.getString("created_by"))
        .filter(by -> !by.equals(Actor.ENGINE.account()));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  private static Problem refused(String code, String field, String message) {
    return new Problem(
        422,
        code,
        field + " " + message,
        List.of(Problem.Fault.of(field, "", message, "correct the value")));
  }
}
