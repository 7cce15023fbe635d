package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.redemption.Verdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** The rival of {@link RivalSchema}, called as an application would. */
final class RivalWay implements Way {
  private static final Pattern PARAMETER = Pattern.compile("\\?");

  private final String name;
  private final Server server;
  private final String database;
  private final Rival rival;
  private final Plan plan;
  private final short[] services;
  private final LongAdder deadlocks = new LongAdder();
  private final RivalDesk desk;
  private final Queue<RivalClient> idle = new ConcurrentLinkedQueue<>();

  private RivalWay(Server server, String database, String name, Rival rival, Plan plan)
      throws SQLException {
    this.name = name;
    this.server = server;
    this.database = database;
    this.rival = rival;
    this.plan = plan;
    this.services = RivalTables.services(plan);
    this.desk = new RivalDesk(RivalWriter.of(this));
  }

  /** Fills the plain one's tables with the plan's venues and cheques. */
  static void fill(Server server, String database, Plan plan, CheckKeys keys) throws SQLException {
    server.createDatabase(database);
    try (Connection connection = owner(server, database).getConnection()) {
      RivalTables.make(connection, plan, keys);
    }
  }

  /**
   * Makes the rival of tables that were filled; they are its own from now on.
   *
   * @param name of the way
   */
  static RivalWay on(Server server, String database, String name, Rival rival, Plan plan)
      throws SQLException {
    try (Connection connection = server.superuser(database).getConnection()) {
      Server.execute(connection, "set search_path = rival");
      for (String change : rival.changes()) {
        Server.execute(connection, change);
      }
      Server.execute(
          connection,
          "grant all on all tables in schema rival to %s"
              .formatted(ApplicationRole.OWNER.roleName()));
      Server.execute(connection, "vacuum (freeze, analyze)");
    }
    return new RivalWay(server, database, name, rival, plan);
  }

  private static PGSimpleDataSource owner(Server server, String database) {
    PGSimpleDataSource own = server.as(ApplicationRole.OWNER, database);
    own.setCurrentSchema("rival");
    return own;
  }

  private PGSimpleDataSource dataSource() {
    PGSimpleDataSource own = owner(server, database);
    own.setPrepareThreshold(1);
    own.setOptions(rival.optionsText());
    return own;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String database() {
    return database;
  }

  @Override
  public String description() {
    return "hand-written SQL on a mutable table: " + rival.name() + " (" + rival.tried() + ")";
  }

  Rival rival() {
    return rival;
  }

  /** Statements that the server ended because they waited for each other; sent again. */
  long deadlocks() {
    return deadlocks.sum();
  }

  void deadlocked() {
    deadlocks.increment();
  }

  Plan plan() {
    return plan;
  }

  /** By site. */
  short[] services() {
    return services;
  }

  Connection connect() throws SQLException {
    return dataSource().getConnection();
  }

  @Override
  public Client client() {
    if (rival.writers() > 0) {
      return desk.client();
    }
    RivalClient before = idle.poll();
    return lent(before == null ? new RivalClient(this, rival.submit()) : before);
  }

  /** Its connection stays open, its statement planned, for a client of the next round. */
  private Client lent(RivalClient client) {
    return new Client() {
      @Override
      public Supplier<Answer> send(Slip slip) {
        return client.send(slip);
      }

      @Override
      public void close() {
        idle.add(client);
      }
    };
  }

  /** Nothing is derived later: what is acknowledged is in the tables. */
  @Override
  public void drain() {}

  /**
   * What a row says of a slip.
   *
   * @param digest of the slip's lines
   */
  static Supplier<Answer> answer(ResultSet row, Slip slip, byte[] digest) throws SQLException {
    Short[] verdicts = (Short[]) row.getArray("verdicts").getArray();
    Short[] refused = (Short[]) row.getArray("refused").getArray();
    long cents = row.getLong("accepted_cents");
    boolean already = row.getBoolean("already");
    if (already && !Arrays.equals(row.getBytes("content_digest"), digest)) {
      return () -> {
        throw new IllegalStateException("another slip under the reference of " + slip.number());
      };
    }
    return () -> {
      Verdict[] inOrder = new Verdict[slip.lines()];
      Arrays.fill(inOrder, Verdict.ACCEPTED);
      for (int i = 0; i < refused.length; i++) {
        inOrder[refused[i]] = Verdict.values()[verdicts[i]];
      }
      return new Answer(List.of(inOrder), cents, already);
    };
  }

  @Override
  public Books books() {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      long accepted;
      try (ResultSet row =
          statement.executeQuery("select coalesce(sum(accepted_lines), 0) from slip")) {
        row.next();
        accepted = row.getLong(1);
      }
      long claims;
      try (ResultSet row = statement.executeQuery(rival.claims())) {
        row.next();
        claims = row.getLong(1);
      }
      Map<String, Long> byFunder = new TreeMap<>();
      Map<String, Long> byVenue = new TreeMap<>();
      try (ResultSet rows =
          statement.executeQuery(
              """
              select f.code, v.siret, sum(o.cents)
                from owed o
                join funder f on f.id = o.funder
                join venue v on v.id = o.venue
               group by f.code, v.siret
              """)) {
        while (rows.next()) {
          byFunder.merge(rows.getString(1), rows.getLong(3), Long::sum);
          byVenue.merge(rows.getString(2), rows.getLong(3), Long::sum);
        }
      }
      long owed = byFunder.values().stream().mapToLong(Long::longValue).sum();
      return new Books(accepted, claims, owed, 0, byFunder, byVenue, OptionalLong.empty());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The plan that the statement gets, and how its updates went. */
  @Override
  public String notes() {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select n_tup_upd, n_tup_hot_upd, pg_total_relation_size(relid), pg_indexes_size(relid), relname
                  from pg_stat_user_tables
                 where schemaname = 'rival' and relname in ('cheque', 'carnet', 'spending')
                 order by n_tup_upd desc
                 limit 1
                """)) {
      row.next();
      return "The plan of its statement:%n%n```%n%s```%n%n%d rows of `%s` updated, %d of them in place (HOT); the table takes %d MB, its index %d MB of them. Deadlocks: %d.%n"
          .formatted(
              explained(),
              row.getLong(1),
              row.getString(5),
              row.getLong(2),
              row.getLong(3) >> 20,
              row.getLong(4) >> 20,
              deadlocks());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Parameters without values can only be explained as text: in the simple protocol. */
  private String explained() throws SQLException {
    PGSimpleDataSource simple = dataSource();
    simple.setPreferQueryMode(PreferQueryMode.SIMPLE);
    StringBuilder lines = new StringBuilder();
    try (Connection connection = simple.getConnection();
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "explain (generic_plan, costs off) " + numbered(rival.submit()))) {
      while (rows.next()) {
        lines.append(rows.getString(1)).append('\n');
      }
    }
    return lines.toString();
  }

  /** With its parameters as the server calls them. */
  static String numbered(String sql) {
    int[] parameter = {0};
    return PARAMETER.matcher(sql).replaceAll(_ -> "\\$" + ++parameter[0]);
  }

  @Override
  public void close() {
    idle.forEach(RivalClient::close);
    desk.close();
  }
}
