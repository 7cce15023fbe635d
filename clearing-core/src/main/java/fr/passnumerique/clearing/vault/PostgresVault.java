package fr.passnumerique.clearing.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.database.DataDirectory;
import fr.passnumerique.clearing.database.DatabaseUnavailableException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The vault in PostgreSQL. Entries are encrypted under the subject's key, subjects' keys under a
 * master key in the file {@code keys/vault-1} of the data directory. The nodes of one database hold
 * the same file; it wants a backup of its own, apart from the database's.
 *
 * <p>Subjects' keys are read anew for each use: a node that kept them in memory could go on reading
 * an erased subject.
 *
 * <p>An entry's reference is a digest under the subject's key, not under the master key: once the
 * subject's key is gone, not even the holder of the master key can test a guess of what the
 * reference was made from.
 */
public final class PostgresVault implements Vault {
  private static final int MASTER_KEY = 1;
  private static final String MASTER_KEY_FILE = "keys/vault-" + MASTER_KEY;

  private static final String SUBJECT_KEY = "subject key";
  private static final String ENTRY = "entry";

  private final DataSource dataSource;
  private final VaultKey master;

  private PostgresVault(DataSource dataSource, VaultKey master) {
    this.dataSource = dataSource;
    this.master = master;
  }

  /**
   * Opens the vault; on the first start ever it makes the master key.
   *
   * @throws VaultUnreadableException if the vault was made with another master key
   */
  public static PostgresVault open(DataSource dataSource, DataDirectory directory) {
    try (Connection connection = dataSource.getConnection()) {
      Optional<String> known = masterKeyFingerprint(connection);
      if (known.isPresent() && !directory.holds(MASTER_KEY_FILE)) {
        // Not made anew: all that is sealed would be lost, and nobody would be told.
        throw new VaultUnreadableException(
            "the vault's master key %s is not in %s; restore it from its own backup or from another node"
                .formatted(MASTER_KEY_FILE, directory.path()));
      }
      var master = new VaultKey(masterKeyBits(directory));
      String fingerprint = master.digest("fingerprint of the master key", new byte[0]);
      if (known.isEmpty()) {
        try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into vault.master_key (number, fingerprint) values (?, ?) on conflict do"
                    + " nothing")) {
          insert.setInt(1, MASTER_KEY);
          insert.setString(2, fingerprint);
          insert.executeUpdate();
        }
        known = masterKeyFingerprint(connection);
      }
      if (!known.equals(Optional.of(fingerprint))) {
        throw new VaultUnreadableException(
            "%s in %s is not the master key that this vault was made with; restore that one from its own backup or from another node"
                .formatted(MASTER_KEY_FILE, directory.path()));
      }
      return new PostgresVault(dataSource, master);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static byte[] masterKeyBits(DataDirectory directory) {
    byte[] file =
        directory.keep(
            MASTER_KEY_FILE,
            () -> (HexFormat.of().formatHex(VaultKey.randomBits()) + "\n").getBytes(US_ASCII));
    String digits = new String(file, US_ASCII).strip();
    if (!digits.matches("[0-9a-fA-F]{%d}".formatted(2 * VaultKey.BYTES))) {
      throw new VaultUnreadableException(
          "%s in %s is damaged: it is not %d hexadecimal digits; restore it from its own backup"
              .formatted(MASTER_KEY_FILE, directory.path(), 2 * VaultKey.BYTES));
    }
    return HexFormat.of().parseHex(digits);
  }

  private static Optional<String> masterKeyFingerprint(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select fingerprint from vault.master_key where number = ?")) {
      select.setInt(1, MASTER_KEY);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
      }
    }
  }

  @Override
  public VaultReference seal(String subject, String kind, Map<String, String> content) {
    return sealAll(List.of(new Content(subject, kind, content))).getFirst();
  }

  @Override
  public List<VaultReference> sealAll(List<Content> contents) {
    if (contents.isEmpty()) {
      return List.of();
    }
    return inTransaction(
        connection -> {
          Map<String, SubjectKey> keys = keysFor(connection, contents);
          var references = new ArrayList<VaultReference>(contents.size());
          try (PreparedStatement insert =
              connection.prepareStatement(
                  """
                  insert into vault.entry (reference, subject_key, kind, sealed) values (?, ?, ?, ?)
                  on conflict (reference) do nothing
                  """)) {
            for (Content content : contents) {
              SubjectKey key = keys.get(content.subject());
              if (key == null) {
                throw new IllegalStateException("no key was made for " + content.subject());
              }
              byte[] plain = encoded(content.values());
              String reference = key.key().digest("reference of a " + content.kind(), plain);
              insert.setString(1, reference);
              insert.setLong(2, key.id());
              insert.setString(3, content.kind());
              insert.setBytes(
                  4, key.key().encrypt(plain, ENTRY, reference, content.subject(), content.kind()));
              insert.addBatch();
              references.add(new VaultReference(reference));
            }
            insert.executeBatch();
          }
          return List.copyOf(references);
        });
  }

  @Override
  public Optional<VaultReference> find(String subject, String kind, Map<String, String> content) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select wrapped from vault.subject_key where subject = ? and erased_at is null
                """)) {
      select.setString(1, subject);
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          return Optional.empty();
        }
        VaultKey key = unwrapped(found.getBytes(1), subject);
        String reference = key.digest("reference of a " + kind, encoded(content));
        return exists(connection, reference)
            ? Optional.of(new VaultReference(reference))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static boolean exists(Connection connection, String reference) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select 1 from vault.entry where reference = ?")) {
      select.setString(1, reference);
      try (ResultSet found = select.executeQuery()) {
        return found.next();
      }
    }
  }

  private record SubjectKey(long id, VaultKey key) {}

  /**
   * Held against an erasure until the transaction ends, in one order, so that no two wait in a
   * ring.
   */
  private Map<String, SubjectKey> keysFor(Connection connection, List<Content> contents)
      throws SQLException {
    var subjects = new TreeSet<String>();
    contents.forEach(content -> subjects.add(content.subject()));
    Map<String, SubjectKey> keys = heldKeys(connection, subjects);
    subjects.removeAll(keys.keySet());
    if (!subjects.isEmpty()) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              insert into vault.subject_key (subject, master_key, wrapped) values (?, ?, ?)
              on conflict (subject) where erased_at is null do nothing
              """)) {
        for (String subject : subjects) {
          insert.setString(1, subject);
          insert.setInt(2, MASTER_KEY);
          insert.setBytes(3, master.encrypt(VaultKey.randomBits(), SUBJECT_KEY, subject));
          insert.addBatch();
        }
        insert.executeBatch();
      }
      // Of two that seal a subject's first entry at once, one made the key.
      keys.putAll(heldKeys(connection, subjects));
    }
    return keys;
  }

  private Map<String, SubjectKey> heldKeys(Connection connection, Collection<String> subjects)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select subject, id, wrapped from vault.subject_key
             where subject = any (?) and erased_at is null
             order by subject collate "C"
               for share
            """)) {
      select.setArray(1, connection.createArrayOf("text", subjects.toArray()));
      Map<String, SubjectKey> keys = new HashMap<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          String subject = found.getString(1);
          keys.put(
              subject, new SubjectKey(found.getLong(2), unwrapped(found.getBytes(3), subject)));
        }
      }
      return keys;
    }
  }

  private VaultKey unwrapped(byte[] wrapped, String subject) {
    return master
        .decrypt(wrapped, SUBJECT_KEY, subject)
        .map(VaultKey::new)
        .orElseThrow(
            () ->
                new VaultUnreadableException(
                    "the key of subject %s was changed in the database; restore vault.subject_key from a backup"
                        .formatted(subject)));
  }

  @Override
  public Optional<Map<String, String>> open(VaultReference reference) {
    return Optional.ofNullable(openAll(List.of(reference)).get(reference));
  }

  @Override
  public Map<VaultReference, Map<String, String>> openAll(Collection<VaultReference> references) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select e.reference, e.kind, e.sealed, k.subject, k.wrapped
                  from vault.entry e
                  join vault.subject_key k on k.id = e.subject_key
                 where e.reference = any (?) and k.erased_at is null
                """)) {
      select.setArray(
          1,
          connection.createArrayOf(
              "text", references.stream().map(VaultReference::value).distinct().toArray()));
      Map<VaultReference, Map<String, String>> opened = new HashMap<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          String reference = found.getString("reference");
          String subject = found.getString("subject");
          byte[] plain =
              unwrapped(found.getBytes("wrapped"), subject)
                  .decrypt(
                      found.getBytes("sealed"), ENTRY, reference, subject, found.getString("kind"))
                  .orElseThrow(
                      () ->
                          new VaultUnreadableException(
                              "entry %s was changed in the database; restore vault.entry from a backup"
                                  .formatted(reference)));
          opened.put(new VaultReference(reference), decoded(plain));
        }
      }
      return opened;
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void erase(String subject) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                """
                update vault.subject_key set subject = null, wrapped = null, erased_at = now()
                 where subject = ? and erased_at is null
                """)) {
      update.setString(1, subject);
      update.executeUpdate();
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public String fingerprint(String value) {
    return master.digest("fingerprint of a value", VaultKey.lengthPrefixed(value));
  }

  /** In one order, whatever the map's: the same content comes to the same reference. */
  private static byte[] encoded(Map<String, String> content) {
    return VaultKey.lengthPrefixed(
        new TreeMap<>(content)
            .entrySet().stream()
                .mapMulti(
                    (Map.Entry<String, String> entry, Consumer<String> parts) -> {
                      parts.accept(entry.getKey());
                      parts.accept(entry.getValue());
                    })
                .toArray(String[]::new));
  }

  private static Map<String, String> decoded(byte[] plain) {
    Map<String, String> content = new LinkedHashMap<>();
    ByteBuffer bytes = ByteBuffer.wrap(plain);
    while (bytes.hasRemaining()) {
      content.put(part(bytes), part(bytes));
    }
    return Collections.unmodifiableMap(content);
  }

  private static String part(ByteBuffer bytes) {
    byte[] part = new byte[bytes.getInt()];
    bytes.get(part);
    return new String(part, UTF_8);
  }

  private interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        try {
          connection.rollback();
        } catch (SQLException lost) {
          e.addSuppressed(lost);
        }
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static DatabaseUnavailableException unavailable(SQLException e) {
    return new DatabaseUnavailableException("the vault cannot be reached: " + e.getMessage(), e);
  }
}
