package fr.passnumerique.projections.accounts;

import static fr.passnumerique.projections.Following.execute;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.database.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountNumbersIT {
  private static final Account STATE = funder("anct");
  private static final Account REGION = funder("region");

  private final AccountNumbers numbers = new AccountNumbers();
  private TestDatabase database;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void end() {
    database.close();
  }

  private static Account funder(String funder) {
    return new Account(AccountKind.BANK, "pass", "creuse-2026", funder, "", "", "", "");
  }

  private Map<Account, Long> committed(Account... accounts) throws SQLException {
    try (Connection connection = database.projections().getConnection()) {
      return numbers.of(List.of(accounts), connection);
    }
  }

  @Test
  void anAccountKeepsItsNumber() throws SQLException {
    Map<Account, Long> opened = committed(STATE);

    assertThat(committed(STATE, REGION)).containsAllEntriesOf(opened).hasSize(2);
    assertThat(committed(REGION, STATE)).isEqualTo(committed(STATE, REGION));
  }

  @Test
  void whatIsRolledBackIsOpenedAgain() throws SQLException {
    committed(STATE);
    try (Connection connection = database.projections().getConnection()) {
      connection.setAutoCommit(false);
      numbers.of(List.of(STATE, REGION), connection);
      connection.rollback();
    }

    committed(STATE, REGION);

    assertThat(funders()).containsExactlyInAnyOrder("anct", "region");
  }

  @Test
  void anotherTableOfThatNameHasItsOwnNumbers() throws SQLException {
    committed(REGION);
    Map<Account, Long> before = committed(REGION, STATE);
    for (String sql :
        List.of(
            "alter table projections.account rename to account_before",
            "create table projections.account (like projections.account_before including all)",
            "grant select, insert on projections.account to pass_projections",
            "grant select on projections.account to pass_reader")) {
      execute(database.superuser(), sql);
    }

    Map<Account, Long> after = committed(STATE, REGION);

    assertThat(after).hasSize(2).isNotEqualTo(before);
    assertThat(funders()).containsExactlyInAnyOrder("anct", "region");
  }

  private List<String> funders() throws SQLException {
    try (Connection connection = database.reader().getConnection();
        PreparedStatement select =
            connection.prepareStatement("select funder from projections.account");
        ResultSet rows = select.executeQuery()) {
      List<String> funders = new ArrayList<>();
      while (rows.next()) {
        funders.add(rows.getString(1));
      }
      return funders;
    }
  }
}
