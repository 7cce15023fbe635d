package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who read what of the vault, and when; nobody who serves requests may change or delete a line.
 *
 * <p>A line stays when its subject is erased: whoever was read about may ask who did.
 */
public final class Disclosures implements PersonalData.Trail {
  static final int LONGEST_PAGE = 1000;

  private final JdbcClient jdbc;
  private final Clock clock;

  /**
   * @param account that read, or {@code engine}
   * @param subject whom it is about: an identifier, never a name
   * @param kind what it is, such as {@code account}
   * @param entry of the vault, as facts refer to it
   */
  public record Disclosure(
      long id, Instant at, String account, String subject, String kind, String entry) {}

  /**
   * @param next what the next page, of older ones, begins before; empty on the last
   */
  public record Disclosed(List<Disclosure> disclosures, Optional<Long> next) {}

  /**
   * @param dataSource with the rights of the clearing on the schemas {@code access} and {@code
   *     vault}
   */
  public Disclosures(DataSource dataSource, Clock clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.clock = clock;
  }

  @Override
  public Collection<VaultReference> note(Collection<VaultReference> entries, Actor reader) {
    return jdbc.sql(
            """
            insert into access.disclosure (at, account, subject, kind, entry)
            select :now, :account, key.subject, entry.kind, entry.reference
            from vault.entry join vault.subject_key as key on key.id = entry.subject_key
            where entry.reference = any (:entries) and key.erased_at is null
            returning entry
            """)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("account", reader.account())
        .param("entries", entries.stream().map(VaultReference::value).toArray(String[]::new))
        .query((row, _) -> new VaultReference(row.getString("entry")))
        .list();
  }

  /**
   * The newest first.
   *
   * @param before null for the newest
   * @param limit 1 to {@value #LONGEST_PAGE}
   */
  public Disclosed newest(@Nullable Long before, int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    List<Disclosure> found =
        jdbc.sql(
                """
                select * from access.disclosure where id < :before order by id desc limit :limit
                """)
            .param("before", before == null ? Long.MAX_VALUE : before)
            .param("limit", limit + 1)
            .query(
                (row, _) ->
                    new Disclosure(
                        row.getLong("id"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("account"),
                        row.getString("subject"),
                        row.getString("kind"),
                        row.getString("entry")))
            .list();
    List<Disclosure> shown = found.stream().limit(limit).toList();
    return new Disclosed(
        shown, found.size() > limit ? Optional.of(shown.getLast().id()) : Optional.empty());
  }
}
