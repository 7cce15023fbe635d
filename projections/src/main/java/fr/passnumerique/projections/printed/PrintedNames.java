package fr.passnumerique.projections.printed;

import fr.passnumerique.projections.loop.Snapshot;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Which slip, transfer or venue is it whose name somebody reads off a paper? Each is found by an
 * index; whose it is, is for whoever asks to say.
 */
public final class PrintedNames {
  private final Snapshot snapshot;

  /**
   * @param reader of the schema {@code projections}
   */
  public PrintedNames(DataSource reader) {
    this.snapshot = new Snapshot(reader);
  }

  /**
   * @param id SIRET, RNA or RIDET
   * @param name empty for a sole trader
   */
  public record Venue(String id, String name) {}

  /** The venues that sent a slip of this reference, each its own. */
  public List<String> sendersOfSlip(String reference, int limit) {
    return list(
        "select venue from projections.slip where reference = ? order by venue limit ?",
        row -> row.getString(1),
        reference,
        limit);
  }

  /** The settlement run that ordered a transfer; not of refunds. */
  public Optional<String> runOfTransfer(String id) {
    return list(
            "select run from projections.transfer where id = ? limit ?",
            row -> row.getString(1),
            id,
            1)
        .stream()
        .findFirst();
  }

  public Optional<Venue> venue(String id) {
    return list(
            "select id, name from projections.venue where id = ? limit ?",
            PrintedNames::venue,
            id,
            1)
        .stream()
        .findFirst();
  }

  /**
   * The establishments of one company, whose nine digits begin each of their SIRETs.
   *
   * @param siren nine digits
   */
  public List<Venue> venuesOfCompany(String siren, int limit) {
    return list(
        """
        select v.id, v.name
          from (select ?::text as siren) asked
          join projections.venue v on v.id between asked.siren || '00000' and asked.siren || '99999'
         where length(v.id) = 14
         order by v.id limit ?
        """,
        PrintedNames::venue,
        siren,
        limit);
  }

  /**
   * @param beginning of the name; accents and capitals do not count
   */
  public List<Venue> venuesNamed(String beginning, int limit) {
    if (beginning.codePoints().noneMatch(Character::isLetterOrDigit)) {
      // Accents alone, of which nothing is left to begin a name.
      return List.of();
    }
    return list(
        """
        select id, name from projections.venue
         where projections.folded(name) collate "C" ^@ projections.folded(?)
         order by projections.folded(name) collate "C", id limit ?
        """,
        PrintedNames::venue,
        beginning,
        limit);
  }

  private static Venue venue(ResultSet row) throws SQLException {
    return new Venue(row.getString(1), row.getString(2));
  }

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> list(String sql, Row<T> reading, String name, int limit) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, name);
            select.setInt(2, limit);
            try (ResultSet row = select.executeQuery()) {
              List<T> found = new ArrayList<>();
              while (row.next()) {
                found.add(reading.of(row));
              }
              return found;
            }
          }
        });
  }
}
