package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.RegisterPrescriber;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.FileCheckKeys;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.loadtest.peak.Site.VenueList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A ledger that a whole node of this process writes and reads: cheques in people's hands, and
 * another slip of them whenever one is asked for. Opened again, it goes on where it ended.
 */
public final class GrowingLedger implements AutoCloseable {
  private final Plan plan;
  private final Node node;
  private final LedgerBooks books;
  private final Way.Client client;
  private final List<Slip> slips;
  private long recorded;

  private GrowingLedger(Plan plan, Node node, BusWay way, LedgerBooks books, long recorded) {
    this.plan = plan;
    this.node = node;
    this.books = books;
    this.client = way.client();
    this.slips = plan.rounds().getFirst().byClient().getFirst();
    this.recorded = recorded;
  }

  /**
   * @param database made if it is not there
   * @param today on which the slips are presented; the same at every opening
   * @param slips of two lines that can be asked for; further facts register a prescriber each
   */
  public static GrowingLedger open(
      Server server, String database, Path home, LocalDate today, int slips)
      throws IOException, SQLException, InterruptedException {
    List<VenueList> lists = VenueList.real();
    Path checkKeys = home.resolve("check-keys");
    CheckKeys keys = FileCheckKeys.open(checkKeys, new Random(1));
    Plan plan = Plan.make(1, today, Site.of(lists), new Plan.Size(1, 1, slips, 2), keys);
    Map<String, String> properties =
        new HashMap<>(server.properties(database, home.resolve(database)));
    properties.put("pass.check-keys-directory", checkKeys.toString());
    Path prepared = home.resolve(database + ".prepared");
    if (!Files.exists(prepared)) {
      server.createDatabase(database);
      Preparation.run(plan, lists, properties);
      Files.createFile(prepared);
    }
    LedgerBooks books = new LedgerBooks(server.superuser(database));
    Node node = Node.start(properties, Clock.systemUTC());
    return new GrowingLedger(
        plan, node, BusWay.on(plan, node, books), books, slips(server, database));
  }

  private static long slips(Server server, String database) throws SQLException {
    try (Connection connection = server.superuser(database).getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select count(*) from ledger.event
                 where type = 'SlipJudged' or metadata::jsonb ->> 'actor' = 'growth'
                """)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** What a node of it knows. */
  public static FactCatalogue catalogue() {
    return Node.catalogue();
  }

  /** Records one more fact. */
  public synchronized void grow() {
    if (recorded < slips.size()) {
      var unused = client.send(slips.get((int) recorded));
    } else {
      register("growth-" + recorded);
    }
    recorded++;
  }

  private void register(String prescriber) {
    Outcome<?> outcome =
        node.commands()
            .send(
                new RegisterPrescriber(
                    new PrescriberId(prescriber), prescriber, plan.departements().getFirst()),
                new Actor("growth", Role.CLERK, ""));
    if (outcome instanceof Outcome.Refused<?> refused) {
      throw new IllegalStateException(refused.toString());
    }
  }

  /** Waits until this node's projections, which read the ledger itself, hold its head. */
  public void awaitProjections() throws InterruptedException {
    books.awaitProjections();
  }

  @Override
  public void close() {
    node.close();
  }
}
