package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.loadtest.peak.Plan.Agreement;
import fr.passnumerique.loadtest.peak.Plan.PlannedBatch;
import fr.passnumerique.loadtest.peak.Plan.Share;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.util.PSQLState;

/** The rival of {@link RivalSchema}, called as an application would: a connection per client. */
final class RivalWay implements Way {
  private static final String DATABASE = "rival";
  private static final Pattern PARAMETER = Pattern.compile("\\?");
  private static final int DIGEST_BYTES = 16;
  private static final int MOST_ATTEMPTS = 20;

  private final Plan plan;
  private final Server server;
  private final PGSimpleDataSource dataSource;
  private final LongAdder deadlocks = new LongAdder();
  private final Numbers<String> services;
  private final Numbers<Departement> departements;

  private RivalWay(Plan plan, Server server) {
    this.plan = plan;
    this.server = server;
    this.dataSource = dataSource();
    this.services = new Numbers<>(plan.services());
    this.departements = new Numbers<>(plan.departements());
  }

  /** Creates and fills the tables with the plan's venues and cheques. */
  static RivalWay prepare(Server server, Plan plan, CheckKeys keys) throws SQLException {
    server.createDatabase(DATABASE);
    RivalWay way = new RivalWay(plan, server);
    try (Connection connection = way.dataSource.getConnection()) {
      Server.execute(connection, RivalSchema.TABLES);
      way.fill(connection, keys);
    }
    try (Connection connection = way.dataSource.getConnection()) {
      Server.execute(connection, "vacuum (freeze, analyze)");
    }
    return way;
  }

  private PGSimpleDataSource dataSource() {
    PGSimpleDataSource own = server.as(ApplicationRole.OWNER, DATABASE);
    own.setCurrentSchema("rival");
    own.setPrepareThreshold(1);
    // Planned once for all slips; the nested loops keep the order of serials, and are the best plan
    // for some dozens of lines anyway.
    own.setOptions(
        "-c plan_cache_mode=force_generic_plan -c enable_hashjoin=off -c enable_mergejoin=off -c"
            + " enable_seqscan=off");
    return own;
  }

  private void fill(Connection connection, CheckKeys keys) throws SQLException {
    Numbers<String> funders = new Numbers<>(List.of());
    Copy copy = new Copy(connection);
    copy.open("departement (id, code)");
    for (Departement departement : plan.departements()) {
      copy.row(departements.of(departement), departement);
    }
    copy.open("agreement (id, code)");
    for (Agreement agreement : plan.agreements()) {
      copy.row(plan.agreements().indexOf(agreement), agreement.id());
      agreement.key().forEach(share -> funders.of(share.funder()));
    }
    copy.open("funder (id, code)");
    for (String funder : funders.inOrder()) {
      copy.row(funders.of(funder), funder);
    }
    copy.open("venue (id, siret, labelled_from)");
    for (int i = 0; i < plan.venues().size(); i++) {
      copy.row(i, plan.venues().get(i), plan.labelledFrom());
    }
    copy.open("site (id, venue, code, departement)");
    for (int i = 0; i < plan.sites().size(); i++) {
      Site site = plan.sites().get(i);
      copy.row(
          i,
          plan.venues().indexOf(site.venue()),
          site.pointOfService(),
          departements.of(site.departement()));
    }
    copy.open(
        "batch (id, agreement, funding_departement, face_value_cents, presentation_window,"
            + " last_presentation, services, territory)");
    for (PlannedBatch batch : plan.batches()) {
      copy.row(
          batch.number(),
          batch.agreement(),
          departements.of(batch.funding()),
          Plan.FACE_VALUE_CENTS,
          Plan.PRESENTATION_WINDOW_DAYS,
          plan.endsOn().plusDays(Plan.TOLERANCE_DAYS),
          "1".repeat(plan.services().size()),
          "1".repeat(plan.departements().size()));
    }
    cheques(copy, funders, keys);
    copy.close();
  }

  /**
   * How the cents of a cheque are dealt: what {@code split} holds a row per funder of.
   *
   * @param cents in the key's order
   */
  private record Deal(int agreement, List<Long> cents) {}

  private void cheques(Copy copy, Numbers<String> funders, CheckKeys keys) throws SQLException {
    Numbers<Deal> patterns = new Numbers<>(List.of());
    String keyName = keys.currentKeyName();
    LocalDate lastDay = plan.handedOutOn().plusDays(Plan.VALIDITY_DAYS);
    copy.open("cheque (serial, check_part, handed_out_on, last_day, pattern, status, activated)");
    for (PlannedBatch batch : plan.batches()) {
      QuotaSequence sequence =
          QuotaSequence.of(
              plan.agreements().get(batch.agreement()).key().stream()
                  .mapToInt(Share::basisPoints)
                  .toArray());
      for (int ordinal = 1; ordinal <= batch.cheques(); ordinal++) {
        Serial serial = new Serial(batch.batch(), ordinal);
        long[] cents =
            sequence.deal(
                batch.firstCent() + (ordinal - 1L) * Plan.FACE_VALUE_CENTS, Plan.FACE_VALUE_CENTS);
        boolean handedOut = batch.handedOut(ordinal);
        copy.row(
            serial.key(),
            keys.check(serial, keyName),
            handedOut ? plan.handedOutOn() : "",
            handedOut ? lastDay : "",
            patterns.of(new Deal(batch.agreement(), LongStream.of(cents).boxed().toList())),
            handedOut ? 1 : 0,
            true);
      }
    }
    copy.open("split (pattern, funder, cents)");
    for (Deal deal : patterns.inOrder()) {
      List<Share> key = plan.agreements().get(deal.agreement()).key();
      for (int place = 0; place < key.size(); place++) {
        if (deal.cents().get(place) > 0) {
          copy.row(patterns.of(deal), funders.of(key.get(place).funder()), deal.cents().get(place));
        }
      }
    }
  }

  /** Small numbers for what the rival's tables call by number, from 0. */
  private static final class Numbers<T> {
    private final Map<T, Integer> numbers = new LinkedHashMap<>();

    Numbers(List<T> known) {
      known.forEach(this::of);
    }

    int of(T value) {
      return numbers.computeIfAbsent(value, _ -> numbers.size());
    }

    List<T> inOrder() {
      return List.copyOf(numbers.keySet());
    }
  }

  /** Rows on their way into one table after the other. */
  private static final class Copy {
    private static final int CHUNK = 1 << 16;

    private final CopyManager manager;
    private @Nullable CopyIn into;
    private final StringBuilder rows = new StringBuilder();

    Copy(Connection connection) throws SQLException {
      manager = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    void open(String table) throws SQLException {
      close();
      into = manager.copyIn("copy %s from stdin (format csv)".formatted(table));
    }

    void row(Object... values) throws SQLException {
      for (int i = 0; i < values.length; i++) {
        rows.append(i == 0 ? "" : ",").append(values[i]);
      }
      rows.append('\n');
      if (rows.length() >= CHUNK) {
        flush();
      }
    }

    private void flush() throws SQLException {
      if (into != null) {
        byte[] bytes = rows.toString().getBytes(UTF_8);
        into.writeToCopy(bytes, 0, bytes.length);
        rows.setLength(0);
      }
    }

    void close() throws SQLException {
      if (into != null) {
        flush();
        into.endCopy();
        into = null;
      }
    }
  }

  @Override
  public String name() {
    return "rival";
  }

  @Override
  public String description() {
    return "hand-written: one SQL statement per slip on a mutable table, a connection per client";
  }

  /** Statements that the server ended because they waited for each other; sent again. */
  long deadlocks() {
    return deadlocks.sum();
  }

  @Override
  public Client client() {
    return new RivalClient();
  }

  /** Nothing is derived later: what is acknowledged is in the tables. */
  @Override
  public void drain() {}

  private final class RivalClient implements Client {
    private final Connection connection;
    private final PGConnection pg;
    private final PreparedStatement submit;
    private final PreparedStatement recorded;

    RivalClient() {
      try {
        connection = dataSource.getConnection();
        pg = connection.unwrap(PGConnection.class);
        submit = connection.prepareStatement(RivalSchema.SUBMIT);
        recorded = connection.prepareStatement(RivalSchema.RECORDED);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Supplier<Answer> send(Slip slip) {
      byte[] digest = digest(slip);
      try {
        for (int attempt = 1; ; attempt++) {
          try {
            bind(slip, digest);
            return answer(submit, slip, digest);
          } catch (SQLException e) {
            if (PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState())) {
              // Sent twice at the same moment, and this is the second: rolled back.
              recorded.setInt(1, slip.venue());
              recorded.setString(2, slip.reference());
              return answer(recorded, slip, digest);
            }
            if (!PSQLState.DEADLOCK_DETECTED.getState().equals(e.getSQLState())
                || attempt == MOST_ATTEMPTS) {
              throw e;
            }
            deadlocks.increment();
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException("slip " + slip.number(), e);
      }
    }

    private void bind(Slip slip, byte[] digest) throws SQLException {
      int n = slip.lines();
      int[] order =
          IntStream.range(0, n)
              .boxed()
              .sorted(
                  (a, b) -> {
                    int bySerial = Long.compare(slip.serials()[a], slip.serials()[b]);
                    return bySerial != 0 ? bySerial : Integer.compare(a, b);
                  })
              .mapToInt(Integer::intValue)
              .toArray();
      short[] places = new short[n];
      long[] serials = new long[n];
      int[] checkParts = new int[n];
      int[] sites = new int[n];
      int[] servedOn = new int[n];
      short[] serviceNumbers = new short[n];
      boolean[] mayBeSpent = new boolean[n];
      for (int i = 0; i < n; i++) {
        int place = order[i];
        places[i] = (short) place;
        serials[i] = slip.serials()[place];
        checkParts[i] = slip.checkParts()[place];
        sites[i] = slip.sites()[place];
        servedOn[i] = slip.servedOn()[place];
        serviceNumbers[i] = (short) services.of(plan.sites().get(sites[i]).service());
        mayBeSpent[i] = true;
        for (int j = i - 1; j >= 0 && serials[j] == serials[i]; j--) {
          if (checkParts[j] == checkParts[i]) {
            mayBeSpent[i] = false;
          }
        }
      }
      submit.setInt(1, slip.venue());
      submit.setString(2, slip.reference());
      submit.setBytes(3, digest);
      submit.setObject(4, OffsetDateTime.now(ZoneOffset.UTC));
      submit.setObject(5, plan.today());
      submit.setArray(6, pg.createArrayOf("int2", places));
      submit.setArray(7, pg.createArrayOf("int8", serials));
      submit.setArray(8, pg.createArrayOf("int4", checkParts));
      submit.setArray(9, pg.createArrayOf("int4", sites));
      submit.setArray(10, pg.createArrayOf("int4", servedOn));
      submit.setArray(11, pg.createArrayOf("int2", serviceNumbers));
      submit.setArray(12, pg.createArrayOf("bool", mayBeSpent));
    }

    private Supplier<Answer> answer(PreparedStatement statement, Slip slip, byte[] digest)
        throws SQLException {
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("no answer to slip " + slip.number());
        }
        Short[] verdicts = (Short[]) row.getArray("verdicts").getArray();
        Short[] refused = (Short[]) row.getArray("refused").getArray();
        long cents = row.getLong("accepted_cents");
        boolean already = row.getBoolean("already");
        if (already && !Arrays.equals(row.getBytes("content_digest"), digest)) {
          throw new IllegalStateException("another slip under the reference of " + slip.number());
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
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Of the lines in their order, as a retry is told from another slip. */
  private static byte[] digest(Slip slip) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      ByteBuffer lines = ByteBuffer.allocate(slip.lines() * 20);
      for (int i = 0; i < slip.lines(); i++) {
        lines
            .putLong(slip.serials()[i])
            .putInt(slip.checkParts()[i])
            .putInt(slip.sites()[i])
            .putInt(slip.servedOn()[i]);
      }
      sha.update(slip.reference().getBytes(US_ASCII));
      return Arrays.copyOf(sha.digest(lines.array()), DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public Books books() {
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      long accepted;
      try (ResultSet row =
          statement.executeQuery("select coalesce(sum(accepted_lines), 0) from slip")) {
        row.next();
        accepted = row.getLong(1);
      }
      long claims;
      try (ResultSet row = statement.executeQuery("select count(*) from cheque where status = 2")) {
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
      // Single entry: there is nothing that could sum to zero.
      return new Books(accepted, claims, owed, 0, byFunder, byVenue, 0);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The plan that the statement gets, and how its updates went. */
  @Override
  public String notes() {
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select n_tup_upd, n_tup_hot_upd, pg_total_relation_size(relid), pg_indexes_size(relid)
                  from pg_stat_user_tables
                 where schemaname = 'rival' and relname = 'cheque'
                """)) {
      row.next();
      return "```%n%s```%n%n%d cheques updated, %d of them in place (HOT); the table takes %d MB, its index %d MB of them. Deadlocks: %d.%n"
          .formatted(
              plan(),
              row.getLong(1),
              row.getLong(2),
              row.getLong(3) >> 20,
              row.getLong(4) >> 20,
              deadlocks());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Parameters without values can only be explained as text: in the simple protocol. */
  private String plan() throws SQLException {
    PGSimpleDataSource simple = dataSource();
    simple.setPreferQueryMode(PreferQueryMode.SIMPLE);
    int[] parameter = {0};
    String sql = PARAMETER.matcher(RivalSchema.SUBMIT).replaceAll(_ -> "\\$" + ++parameter[0]);
    StringBuilder lines = new StringBuilder();
    try (Connection connection = simple.getConnection();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("explain (generic_plan, costs off) " + sql)) {
      while (rows.next()) {
        lines.append(rows.getString(1)).append('\n');
      }
    }
    return lines.toString();
  }

  @Override
  public void close() {}
}
