package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A plan's slips as the programs of the venues send them: JSON, an API key each. */
public final class SlipRequests {
  private final Plan plan;
  private final List<String> keys;

  /**
   * @param keys one for each of the plan's venues
   */
  SlipRequests(Plan plan, List<String> keys) {
    this.plan = plan;
    this.keys = List.copyOf(keys);
  }

  /** Gives each venue an account and a key. */
  static List<String> keys(Plan plan, Accounts accounts) {
    List<String> keys = new ArrayList<>();
    for (String venue : plan.venues()) {
      Account account = accounts.create("loadtest-" + venue, null, Role.VENUE, venue, "loadtest");
      keys.add(accounts.createKey(account.id(), "loadtest", "loadtest").key());
    }
    return keys;
  }

  public HttpRequest of(URI root, Slip slip, Duration patience) {
    return HttpRequest.newBuilder(root.resolve(path(slip)))
        .timeout(patience)
        .header("Authorization", authorization(slip))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(json(slip)))
        .build();
  }

  String path(Slip slip) {
    return "/api/venues/" + plan.venues().get(slip.venue()) + "/slips";
  }

  String authorization(Slip slip) {
    return "Bearer " + keys.get(slip.venue());
  }

  public byte[] json(Slip slip) {
    return FactCatalogue.JSON.writeValueAsBytes(body(slip));
  }

  private Body body(Slip slip) {
    List<BodyLine> lines = new ArrayList<>(slip.lines());
    for (int i = 0; i < slip.lines(); i++) {
      Site site = plan.sites().get(slip.sites()[i]);
      lines.add(
          new BodyLine(
              new ChequeCode(Serial.ofKey(slip.serials()[i]), slip.checkParts()[i]).printed(),
              LocalDate.ofEpochDay(slip.servedOn()[i]),
              site.service(),
              site.pointOfService()));
    }
    return new Body(slip.reference(), lines);
  }

  /** A slip as the API takes it. */
  private record Body(String reference, List<BodyLine> lines) {}

  private record BodyLine(
      String cheque, LocalDate servedOn, String service, String pointOfService) {}
}
