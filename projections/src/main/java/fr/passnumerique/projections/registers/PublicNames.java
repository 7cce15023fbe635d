package fr.passnumerique.projections.registers;

import fr.passnumerique.projections.loop.Snapshot;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import javax.sql.DataSource;

/** By what names funders and prescribers are known, as they were registered last. */
public final class PublicNames {
  private final Snapshot snapshot;

  /**
   * @param reader of the schema {@code projections}
   */
  public PublicNames(DataSource reader) {
    this.snapshot = new Snapshot(reader);
  }

  public Optional<String> funder(String id) {
    return name("select name from projections.funder where id = ?", id);
  }

  public Optional<String> prescriber(String id) {
    return name("select name from projections.prescriber where id = ?", id);
  }

  private Optional<String> name(String sql, String id) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, id);
            try (ResultSet found = select.executeQuery()) {
              return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
          }
        });
  }
}
