package fr.passnumerique.loadtest.asof;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.database.DatabaseSettings;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import fr.passnumerique.loadtest.peak.Machine;
import fr.passnumerique.loadtest.peak.Resources;
import fr.passnumerique.loadtest.peak.Server;
import fr.passnumerique.projections.accounts.BalancesQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does a balance of long ago cost what one of now does, and no more in an old ledger? */
@Command(
    name = "as-of",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fills the tables of postings to each size in turn and reads balances as of recent and old"
          + " moments.",
      "Prints medians, 99th percentiles, rows, bytes and what the last size costs against the"
          + " first."
    })
public final class AsOfCost implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(
      names = "--postings",
      split = ",",
      defaultValue = "1000000,50000000",
      paramLabel = "<n>",
      description = "Sizes, separated by commas. Default: ${DEFAULT-VALUE}.")
  private List<Long> postings;

  @Option(
      names = "--reads",
      defaultValue = "1000",
      paramLabel = "<n>",
      description =
          "Of one venue, for each moment; of all venues a fiftieth of it. Default:"
              + " ${DEFAULT-VALUE}.")
  private int reads;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "<n>",
      description = "Which venues and moments. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private Workplace workplace;

  @Option(
      names = "--report",
      paramLabel = "<path>",
      description = "Writes the same into this directory, under the day's name.")
  private @Nullable Path report;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public AsOfCost() {}

  /** Bytes on the disk, by what lies there. */
  private record Measured(
      PostedLedger ledger,
      double fillSeconds,
      Map<String, Long> bytes,
      List<AsOfReads.Cost> costs) {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(postings.stream().allMatch(n -> n >= 1), "--postings", "1 or more each");
    terminal.require(reads >= 1, "--reads", "1 or more");
    double usedByOthers = Machine.usedByOthers();
    Path home = workplace.fresh("as-of");
    StringBuilder text = new StringBuilder();
    try (Resources resources = new Resources()) {
      resources.add(() -> Server.delete(home));
      Server server = resources.add(Server.start(home.resolve("database")));
      List<Measured> all = new ArrayList<>();
      for (long size : postings) {
        terminal.say("%d postings", size);
        all.add(measure(server, home, size));
      }
      write(text, all, Machine.facts(home, usedByOthers), server.settings());
    }
    PrintWriter out = terminal.out();
    out.print(text);
    out.flush();
    if (report != null) {
      Files.createDirectories(report);
      Files.writeString(report.resolve(LocalDate.now() + "-as-of.md"), text);
    }
    return 0;
  }

  private Measured measure(Server server, Path home, long size) throws SQLException, IOException {
    String name = "as_of_" + size;
    server.createDatabase(name);
    Database.open(DatabaseSettings.of(server.properties(name, home.resolve(name))::get)).close();
    PostedLedger ledger = new PostedLedger(server.as(ApplicationRole.OWNER, name), size);
    long start = System.nanoTime();
    ledger.fill();
    double seconds = (System.nanoTime() - start) / 1e9;
    server.checkpoint();
    Measured measured;
    HikariConfig config = new HikariConfig();
    config.setDataSource(server.as(ApplicationRole.READER, name));
    config.setMaximumPoolSize(1);
    try (HikariDataSource reader = new HikariDataSource(config)) {
      measured =
          new Measured(
              ledger,
              seconds,
              bytes(server, name),
              new AsOfReads(new BalancesQuery(reader), ledger.facts(), seed).measure(reads));
    }
    try (Connection connection = server.superuser("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop database %s with (force)".formatted(name));
    }
    return measured;
  }

  private static Map<String, Long> bytes(Server server, String name) throws SQLException {
    Map<String, Long> bytes = new LinkedHashMap<>();
    try (Connection connection = server.superuser(name).getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                select relname, pg_relation_size(oid) from pg_class
                 where relname in ('posting', 'posting_pkey', 'posting_position', 'journal', 'account', 'balance')
                   and relnamespace = 'projections'::regnamespace
                 order by pg_relation_size(oid) desc
                """)) {
      while (found.next()) {
        bytes.put(found.getString(1), found.getLong(2));
      }
    }
    return bytes;
  }

  private void write(
      StringBuilder text,
      List<Measured> all,
      Map<String, String> machine,
      Map<String, String> settings) {
    text.append(
        """
        # Balances as of any moment, %s

        `as-of --postings=%s --reads=%d --seed=%d`

        | postings | facts | filled in s | MB: %s |
        |---|---|---|---|
        """
            .formatted(
                LocalDate.now(),
                String.join(",", postings.stream().map(String::valueOf).toList()),
                reads,
                seed,
                String.join(", ", all.getFirst().bytes().keySet())));
    for (Measured one : all) {
      text.append(
          "| %d | %d | %.0f | %s |%n"
              .formatted(
                  one.ledger().postings(),
                  one.ledger().facts(),
                  one.fillSeconds(),
                  String.join(
                      ", ",
                      all.getFirst().bytes().keySet().stream()
                          .map(name -> "%.0f".formatted(one.bytes().getOrDefault(name, 0L) / 1e6))
                          .toList())));
    }
    text.append(
        """

        | question | as of | postings | reads | median ms | p99 ms | median / that at %d |
        |---|---|---|---|---|---|---|
        """
            .formatted(all.getFirst().ledger().postings()));
    for (int i = 0; i < all.getFirst().costs().size(); i++) {
      long first = all.getFirst().costs().get(i).medianMicros();
      for (Measured one : all) {
        AsOfReads.Cost cost = one.costs().get(i);
        text.append(
            "| %s | %s | %d | %d | %.2f | %.2f | %.2f |%n"
                .formatted(
                    cost.question(),
                    cost.moment(),
                    one.ledger().postings(),
                    cost.reads(),
                    cost.medianMicros() / 1e3,
                    cost.p99Micros() / 1e3,
                    (double) cost.medianMicros() / first));
      }
    }
    text.append(
        """

        The product's own query on the product's own schema, one question at a time, on a warm server; \
        each answer's sum over all accounts was 0. The postings are not folded from facts but filled by \
        statements: %d venues in 48 agreements of two funders, a fact each 25 s, every fourth of a venue \
        the transfer that pays its three slips before.

        ## Machine and server

        | | |
        |---|---|
        """
            .formatted(PostedLedger.VENUES));
    machine.forEach((name, value) -> text.append("| %s | %s |%n".formatted(name, value)));
    settings.forEach((name, value) -> text.append("| %s | %s |%n".formatted(name, value)));
  }
}
