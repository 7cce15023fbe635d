package fr.passnumerique.clearing.access;

import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whom a login, a key or a session acts as.
 *
 * <p>What a request must know (whose key is this, is this session still good) is kept in memory
 * while the database's revision stays the same; the revision is compared so often that what one
 * node takes away is gone on every node within a second. With the database away nobody is known:
 * the methods throw {@link DataAccessException}, and the edge answers 503.
 *
 * <p>How long a key's use is not noted again, and how soon a change is known, go by the time that
 * passes, not by the engine's clock.
 */
final class WhoAsks {
  /** Characters of a code of approval, six random bits each. */
  static final int CODE = 16;

  private static final Logger LOG = LoggerFactory.getLogger(WhoAsks.class);
  private static final long USE_NOTED_EVERY_NANOS = 3_600_000_000_000L;
  private static final long SEEN_NOTED_EVERY_NANOS = 60_000_000_000L;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Passwords passwords;
  private final LongSupplier nanoTime;
  private final Revision revision;
  private final Map<Digest, KnownKey> keys = new ConcurrentHashMap<>();
  private final Map<String, KnownAccount> accounts = new ConcurrentHashMap<>();
  private final Map<String, KnownSession> sessions = new ConcurrentHashMap<>();

  /** A SHA-256 that can be looked up. */
  private record Digest(byte[] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Digest that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /** True as of a revision; {@code notedAt} is when its use was last written down. */
  private static final class KnownKey {
    private final String id;
    private final SignedIn signedIn;
    private final long revision;
    private volatile long notedAt;

    KnownKey(String id, SignedIn signedIn, long revision, long notedAt) {
      this.id = id;
      this.signedIn = signedIn;
      this.revision = revision;
      this.notedAt = notedAt;
    }
  }

  private record KnownAccount(SignedIn signedIn, long revision) {}

  /** As {@link KnownKey}, of a session. */
  private static final class KnownSession {
    private final boolean factorShown;
    private final long revision;
    private final AtomicLong notedAt;

    KnownSession(boolean factorShown, long revision, long notedAt) {
      this.factorShown = factorShown;
      this.revision = revision;
      this.notedAt = new AtomicLong(notedAt);
    }
  }

  WhoAsks(JdbcClient jdbc, Clock clock, Passwords passwords) {
    this(jdbc, clock, passwords, System::nanoTime);
  }

  /**
   * @param nanoTime by which uses are noted and sessions lapse, as {@link System#nanoTime}
   */
  WhoAsks(JdbcClient jdbc, Clock clock, Passwords passwords, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.jdbc = jdbc;
    this.clock = clock;
    this.passwords = passwords;
    this.revision =
        new Revision(
            () -> jdbc.sql("select revision from access.revision").query(Long.class).single(),
            this::forget);
  }

  private void forget() {
    keys.clear();
    accounts.clear();
    sessions.clear();
  }

  /** An account or a key was changed or taken away here: the next caller asks the database. */
  void somethingChanged() {
    revision.expire();
  }

  /**
   * Within a transaction: one at a time on all nodes, until it ends. Asked for before any row is
   * changed, since a change of a row raises the revision: two that begin at different ends would
   * wait for each other.
   */
  void oneAtATime() {
    jdbc.sql("select revision from access.revision for update").query().singleRow();
  }

  /**
   * @return the account of this login, if the password is its own, with the code of its approval
   *     where it has one, and it may log in; after the same time in every case
   */
  Optional<SignedIn> authenticate(String login, String password) {
    record Found(SignedIn signedIn, @Nullable String hash, byte @Nullable [] codeHash) {}
    Found found =
        jdbc.sql(
                """
                select * from access.account
                where login = :login and disabled_at is null and not awaits_approval
                """)
            .param("login", login.toLowerCase(Locale.ROOT))
            .query(
                (row, _) ->
                    new Found(
                        signedIn(row),
                        row.getString("password_hash"),
                        row.getBytes("approval_code_hash")))
            .optional()
            .orElse(null);
    byte[] codeHash = found == null ? null : found.codeHash();
    int end = codeHash == null ? password.length() : Math.max(0, password.length() - CODE);
    // Both are looked at in every case, or the time would tell which one is wrong.
    boolean matches =
        passwords.matches(password.substring(0, end), found == null ? null : found.hash());
    boolean approved =
        codeHash == null || MessageDigest.isEqual(codeHash, ApiKey.hash(password.substring(end)));
    return found != null && matches && approved ? Optional.of(found.signedIn()) : Optional.empty();
  }

  /**
   * Costs a hash and two look-ups in memory once the key is known.
   *
   * @return whom the key acts as; empty if it does not count
   */
  Optional<SignedIn> byKey(String key) {
    if (!ApiKey.wellFormed(key)) {
      return Optional.empty();
    }
    Digest digest = new Digest(ApiKey.hash(key));
    long now = revision.current();
    KnownKey known = keys.get(digest);
    if (known == null || known.revision != now) {
      known = loadKey(digest, now);
      if (known == null) {
        // Not kept: a flood of invented keys would fill the memory.
        return Optional.empty();
      }
      keys.put(digest, known);
    }
    noteUse(known);
    return Optional.of(known.signedIn);
  }

  private @Nullable KnownKey loadKey(Digest digest, long asOf) {
    return jdbc.sql(
            """
            select account.*, api_key.id as key_id, api_key.factor_shown, api_key.last_used_at
            from access.api_key join access.account on account.id = api_key.account
            where api_key.hash = :hash
              and api_key.revoked_at is null
              and account.disabled_at is null
              and not account.awaits_approval
            """)
        .param("hash", digest.bytes())
        .query(
            (row, _) -> {
              String id = row.getString("key_id");
              SignedIn signedIn = signedIn(row).by(id);
              return new KnownKey(
                  id,
                  row.getBoolean("factor_shown") ? signedIn.withFactor() : signedIn,
                  asOf,
                  notedAt(row.getTimestamp("last_used_at"), USE_NOTED_EVERY_NANOS));
            })
        .optional()
        .orElse(null);
  }

  /**
   * When it was written down, by {@link System#nanoTime}: else every change of any account would
   * have all keys in use written down again.
   */
  private long notedAt(@Nullable Timestamp last, long everyNanos) {
    long agoNanos = everyNanos;
    if (last != null) {
      Duration ago = Duration.between(last.toInstant(), clock.instant());
      agoNanos = Math.clamp(ago.toSeconds() * 1_000_000_000L, 0, everyNanos);
    }
    return nanoTime.getAsLong() - agoNanos;
  }

  private void noteUse(KnownKey key) {
    long nanos = nanoTime.getAsLong();
    if (nanos - key.notedAt < USE_NOTED_EVERY_NANOS) {
      return;
    }
    key.notedAt = nanos;
    try {
      jdbc.sql(
              """
              update access.api_key
              set last_used_at = :now
              where id = :id and (last_used_at is null or last_used_at < :now - interval '1 hour')
              """)
          .param("id", key.id)
          .param("now", clock.instant().atOffset(ZoneOffset.UTC))
          .update();
    } catch (DataAccessException e) {
      LOG.warn("the use of API key {} could not be noted", key.id, e);
    }
  }

  /**
   * A session as it counts now: it may have shown its second factor after its login.
   *
   * @param act whether somebody does something by the request: only then it is seen
   * @return empty if it was ended, or its account was disabled or got another password
   */
  Optional<SignedIn> inSession(SignedIn login, boolean act) {
    String id = login.session();
    if (id == null || !stillGood(login)) {
      return Optional.empty();
    }
    long now = revision.current();
    KnownSession known = sessions.get(id);
    if (known == null || known.revision != now) {
      known = loadSession(id, now);
      if (known == null) {
        return Optional.empty();
      }
      forgetLapsed();
      sessions.put(id, known);
    }
    if (act) {
      noteSeen(id, known);
    }
    return Optional.of(known.factorShown ? login.withFactor() : login);
  }

  /** The container tells of none that lapsed; one that is still asked by is read once more. */
  private void forgetLapsed() {
    long since = nanoTime.getAsLong() - Sessions.LAPSES_AFTER.toNanos();
    sessions.values().removeIf(session -> session.notedAt.get() - since < 0);
  }

  /** Its owner has logged out here: nobody asks by it any more. */
  void left(String session) {
    sessions.remove(session);
  }

  private @Nullable KnownSession loadSession(String id, long asOf) {
    return jdbc.sql(
            """
            select factor_shown, last_seen_at from access.session
            where id = :id and ended_at is null
            """)
        .param("id", id)
        .query(
            (row, _) ->
                new KnownSession(
                    row.getBoolean("factor_shown"),
                    asOf,
                    notedAt(row.getTimestamp("last_seen_at"), SEEN_NOTED_EVERY_NANOS)))
        .optional()
        .orElse(null);
  }

  private void noteSeen(String id, KnownSession session) {
    long nanos = nanoTime.getAsLong();
    long noted = session.notedAt.get();
    if (nanos - noted < SEEN_NOTED_EVERY_NANOS || !session.notedAt.compareAndSet(noted, nanos)) {
      return;
    }
    try {
      jdbc.sql(
              """
              update access.session set last_seen_at = :now
              where id = :id and last_seen_at < :now - interval '1 minute'
              """)
          .param("id", id)
          .param("now", clock.instant().atOffset(ZoneOffset.UTC))
          .update();
    } catch (DataAccessException e) {
      LOG.warn("that session {} was seen could not be noted", id, e);
    }
  }

  /** Whether what began with this password, or before it, still counts. */
  boolean stillGood(SignedIn signedIn) {
    String id = signedIn.actor().account();
    long now = revision.current();
    KnownAccount known = accounts.get(id);
    if (known == null || known.revision() != now) {
      Optional<SignedIn> loaded =
          jdbc.sql("select * from access.account where id = :id and disabled_at is null")
              .param("id", id)
              .query((row, _) -> signedIn(row))
              .optional();
      if (loaded.isEmpty()) {
        return false;
      }
      known = new KnownAccount(loaded.get(), now);
      accounts.put(id, known);
    }
    return known.signedIn().actor().equals(signedIn.actor())
        && known.signedIn().generation() == signedIn.generation();
  }

  private static SignedIn signedIn(ResultSet row) throws SQLException {
    return new SignedIn(
        new Actor(
            row.getString("id"), Role.valueOf(row.getString("role")), row.getString("subject")),
        row.getInt("generation"));
  }
}
