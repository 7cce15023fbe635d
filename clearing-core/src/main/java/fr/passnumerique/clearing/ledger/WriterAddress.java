package fr.passnumerique.clearing.ledger;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a node is reached by the others when it writes, and what they show it as proof that they
 * are nodes of this ledger.
 *
 * <p>The elected node tells it in one row, in the session that holds the lock: one that was ended
 * while it was frozen cannot write it afterwards. The row names that session, and counts only while
 * it is the one that holds the lock: keys are not sent to where a writer was. Only the role that
 * appends to the ledger may read or write that row, so that a forged address takes what could forge
 * facts anyway.
 *
 * @param uri scheme, host and port, nothing behind
 * @param secret random; no secret of any use once the node has ended
 */
public record WriterAddress(URI uri, String secret) {
  private static final String TELL =
      """
      insert into ledger.writer (session, address, secret)
      values (current_setting('application_name'), ?, ?)
      on conflict (only_row) do update
        set session = excluded.session, address = excluded.address, secret = excluded.secret
      """;

  private static final String TOLD =
      """
      select w.address, w.secret
        from ledger.writer w
        join (%s) h on h.application_name = w.session
       where w.address <> ''
      """
          .formatted(WriterSession.HOLDER);

  private static final int MAX_PORT = 65_535;

  /**
   * That of a node that starts.
   *
   * @param address {@code pass.node.address}; empty for a node to which nothing is forwarded
   * @throws IllegalArgumentException if it is anything but scheme, host and port
   */
  public static Optional<WriterAddress> of(String address) {
    return address.isBlank()
        ? Optional.empty()
        : Optional.of(
            new WriterAddress(
                bare(address.strip().replaceFirst("/$", "")), UUID.randomUUID().toString()));
  }

  private static URI bare(String address) {
    try {
      URI uri = new URI(address);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && isBare(uri)) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Refused as well.
    }
    throw new IllegalArgumentException(
        "pass.node.address is %s; give scheme, host and port by which the other nodes reach this one, as http://10.0.0.7:8080"
            .formatted(address));
  }

  private static boolean isBare(URI uri) {
    return uri.getPath().isEmpty()
        && uri.getQuery() == null
        && uri.getFragment() == null
        && uri.getUserInfo() == null
        && uri.getPort() != 0
        && uri.getPort() <= MAX_PORT;
  }

  /** Whether who shows this is a node that has read the row. */
  public boolean isShown(@Nullable String shown) {
    return shown != null
        && MessageDigest.isEqual(
            secret.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  /** By the elected node, in the session that holds the lock. */
  static void tell(Connection connection, Optional<WriterAddress> own) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(TELL)) {
      upsert.setString(1, own.map(address -> address.uri.toString()).orElse(""));
      upsert.setString(2, own.map(WriterAddress::secret).orElse(""));
      upsert.executeUpdate();
    }
  }

  /**
   * What the holder of a lock has told; empty as long as it has told nothing, whoever told before.
   *
   * @throws IllegalArgumentException if it is anything but scheme, host and port
   */
  static Optional<WriterAddress> told(Connection connection, long lock) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(TOLD)) {
      select.setLong(1, lock);
      select.setLong(2, lock);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new WriterAddress(bare(row.getString(1)), row.getString(2)))
            : Optional.empty();
      }
    }
  }

  /** Logs show no secret. */
  @Override
  public String toString() {
    return uri.toString();
  }
}
