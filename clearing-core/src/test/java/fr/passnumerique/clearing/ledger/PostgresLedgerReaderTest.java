package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class PostgresLedgerReaderTest {
  @Test
  void inAnOutageWhatIsKnownIsToldWithoutAsking() {
    PostgresLedgerReader reader =
        new PostgresLedgerReader(new Gone(), new FactCatalogue(List.of(), List.of()), new Head());

    assertThat(reader.known()).isZero();
    assertThatThrownBy(reader::head).isInstanceOf(LedgerUnavailableException.class);
  }

  private static final class Gone extends AbstractDataSource {
    @Override
    public Connection getConnection() throws SQLException {
      throw new SQLException("the database is gone");
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }
  }
}
