package fr.passnumerique.projections.histories;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a list is asked for: conditions in SQL, each with its value; those left open are none.
 */
final class Conditions {
  private final StringBuilder sql = new StringBuilder("true");
  private final List<Object> values = new ArrayList<>();

  /**
   * @param value null leaves it open
   */
  Conditions and(String condition, @Nullable Object value) {
    if (value != null) {
      sql.append(" and ").append(condition);
      values.add(value);
    }
    return this;
  }

  /** Without a value. */
  Conditions and(String condition) {
    sql.append(" and ").append(condition);
    return this;
  }

  /** A further value of the last condition. */
  Conditions with(Object value) {
    values.add(value);
    return this;
  }

  String sql() {
    return sql.toString();
  }

  /**
   * @return the number of the parameter that follows
   */
  int bind(PreparedStatement statement) throws SQLException {
    int parameter = 1;
    for (Object value : values) {
      statement.setObject(parameter++, value);
    }
    return parameter;
  }
}
