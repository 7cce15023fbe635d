package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.DataDirectory;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.FileCheckKeys;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.loadtest.peak.Site.VenueList;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Slips to present over HTTP to an application, whose database holds their cheques in people's
 * hands and a key for each of their venues. Opened again in the same directory they are the same.
 */
public final class PreparedSlips {
  private final Plan plan;
  private final SlipRequests requests;
  private final Map<String, String> properties;

  /**
   * @param properties how an application is told of the database
   */
  PreparedSlips(Plan plan, SlipRequests requests, Map<String, String> properties) {
    this.plan = plan;
    this.requests = requests;
    this.properties = Map.copyOf(properties);
  }

  /**
   * A slip as those see it who present it.
   *
   * @param number from 0, over all clients
   * @param expected verdicts that the rules give, in the slip's order
   */
  public record Presented(int number, String venue, String reference, List<String> expected) {}

  /**
   * @param database made and filled if it is not there
   * @param today on which the slips are presented; the same at every opening, as all that follows
   * @param clients each of which has slips of its own, and may present them in their order alone
   * @param slips in all
   * @param lines per slip
   */
  public static PreparedSlips open(
      Server server,
      String database,
      Path home,
      LocalDate today,
      long seed,
      int clients,
      int slips,
      int lines)
      throws IOException, SQLException, InterruptedException {
    List<VenueList> lists = VenueList.real();
    Path checkKeys = home.resolve("check-keys");
    CheckKeys keys = FileCheckKeys.open(checkKeys, new Random(seed));
    Plan plan =
        Plan.make(seed, today, Site.of(lists), new Plan.Size(clients, 1, slips, lines), keys);
    Map<String, String> properties =
        new HashMap<>(server.properties(database, home.resolve(database)));
    properties.put("pass.check-keys-directory", checkKeys.toString());
    Path prepared = home.resolve(database + ".prepared");
    if (!Files.exists(prepared)) {
      server.createDatabase(database);
      Preparation.run(plan, lists, properties);
    }
    String venueKeys =
        new String(
            DataDirectory.at(home)
                .keep(
                    "venue-keys",
                    () ->
                        String.join(
                                "\n",
                                SlipRequests.keys(
                                    plan,
                                    new Accounts(
                                        server.as(ApplicationRole.CLEARING, database),
                                        Clock.systemUTC())))
                            .getBytes(UTF_8)),
            UTF_8);
    if (!Files.exists(prepared)) {
      Files.createFile(prepared);
    }
    return new PreparedSlips(
        plan, new SlipRequests(plan, List.of(venueKeys.split("\n"))), properties);
  }

  /** How an application is told of the database. */
  public Map<String, String> properties() {
    return properties;
  }

  public int clients() {
    return plan.rounds().getFirst().byClient().size();
  }

  /** How many slips the client has. */
  public int of(int client) {
    return plan.rounds().getFirst().byClient().get(client).size();
  }

  /**
   * @param index in the order in which the client presents them, from 0
   */
  public Presented slip(int client, int index) {
    Slip slip = plan.rounds().getFirst().byClient().get(client).get(index);
    return new Presented(
        slip.number(),
        plan.venues().get(slip.venue()),
        slip.reference(),
        Arrays.stream(slip.expected()).map(Verdict::name).toList());
  }

  /**
   * @param index of the slip among the client's
   * @param root of the application
   */
  public HttpRequest request(int client, int index, URI root, Duration patience) {
    return requests.of(root, plan.rounds().getFirst().byClient().get(client).get(index), patience);
  }

  /**
   * Who presents the same cheques under another reference; which of both is accepted is decided by
   * who comes first. Only of a slip that is to be accepted whole.
   */
  public Presented rival(int client, int index) {
    Presented slip = slip(client, index);
    return new Presented(
        -1 - slip.number(), slip.venue(), rivalOf(slip.reference()), slip.expected());
  }

  public HttpRequest rivalRequest(int client, int index, URI root, Duration patience) {
    Slip slip = plan.rounds().getFirst().byClient().get(client).get(index);
    return requests.of(
        root,
        new Slip(
            -1 - slip.number(),
            slip.venue(),
            rivalOf(slip.reference()),
            slip.serials(),
            slip.checkParts(),
            slip.sites(),
            slip.servedOn(),
            slip.expected(),
            Slip.Resend.NO,
            slip.contested()),
        patience);
  }

  private static String rivalOf(String reference) {
    return reference + "-rival";
  }
}
