package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.loadtest.peak.Desk;
import fr.passnumerique.loadtest.peak.Plan;
import fr.passnumerique.loadtest.peak.Plan.Agreement;
import fr.passnumerique.loadtest.peak.Preparation;
import fr.passnumerique.loadtest.peak.Slip;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import org.iban4j.CountryCode;
import org.iban4j.Iban;
import tools.jackson.databind.JsonNode;

/** Two clerks and a prescriber at their desks: all that is done beside slips. */
public final class Office {
  private static final String RUNS = "/api/settlement-runs";
  private static final String REBUILDS = "/api/projections/rebuilds";

  private final String name;
  private final Plan plan;
  private final Agreement agreement;
  private final Desk clerk;
  private final Desk secondClerk;
  private final Desk prescriber;

  /**
   * Makes accounts for them.
   *
   * @param name begins the names of all that they make
   */
  public Office(String name, Plan plan, HttpClient http, URI root, Accounts accounts) {
    this.name = name;
    this.plan = plan;
    this.agreement = plan.agreements().getFirst();
    this.clerk = Desk.open(http, root, accounts, name + "-clerk", Role.CLERK, "");
    this.secondClerk = Desk.open(http, root, accounts, name + "-second-clerk", Role.CLERK, "");
    this.prescriber =
        Desk.open(http, root, accounts, name + "-prescriber", Role.PRESCRIBER, prescriberId());
  }

  private String prescriberId() {
    return Preparation.prescriber(agreement).value();
  }

  /** Orders cheques, has them paid for, activated and delivered. */
  Stock stock(int carnets) throws IOException, InterruptedException {
    int cheques = carnets * Plan.CHEQUES_PER_CARNET;
    JsonNode issued =
        clerk.post(
            "/api/orders",
            Map.of(
                "order",
                name + "-order",
                "agreement",
                agreement.id(),
                "fundingDepartement",
                agreement.territory().getFirst().code(),
                "chequeCount",
                cheques,
                "endsOn",
                plan.endsOn()));
    for (JsonNode share : issued.path("shares")) {
      clerk.post(
          "/api/receipts",
          Map.of(
              "receipt",
              name + "-receipt-" + share.path("funder").asString(),
              "agreement",
              agreement.id(),
              "funder",
              share.path("funder").asString(),
              "amountCents",
              share.path("cents").asLong(),
              "valueDate",
              plan.today()));
    }
    String batch = issued.path("batch").asString();
    clerk.post("/api/activations", Map.of("activation", name + "-activation", "batch", batch));
    clerk.post(
        "/api/deliveries",
        Map.of(
            "delivery",
            name + "-delivery",
            "prescriber",
            prescriberId(),
            "batch",
            batch,
            "firstOrdinal",
            1,
            "lastOrdinal",
            cheques,
            "deliveredOn",
            plan.today()));
    return new Stock(batch);
  }

  /** Carnets that a prescriber hands out one by one. */
  final class Stock {
    private final String batch;

    private Stock(String batch) {
      this.batch = batch;
    }

    /**
     * @param carnet from 1
     */
    void handOut(int carnet) throws IOException, InterruptedException {
      prescriber.post(
          "/api/hand-outs",
          Map.of(
              "handOut",
              name + "-hand-out-" + carnet,
              "prescriber",
              prescriberId(),
              "handedOutOn",
              plan.today(),
              "carnets",
              List.of(Map.of("batch", batch, "first", carnet, "last", carnet))));
    }
  }

  /** Gives a venue an account that is nobody's. */
  public void openAccount(String venue, int number) throws IOException, InterruptedException {
    String iban =
        new Iban.Builder()
            .countryCode(CountryCode.DE)
            .bankCode("00000000")
            .accountNumber("%010d".formatted(number))
            .build()
            .toString();
    String path = "/api/venues/%s/account".formatted(venue);
    JsonNode proposed = clerk.post(path, Map.of("iban", iban, "holder", "LIEU " + number));
    secondClerk.post(
        path + "/confirmation", Map.of("account", proposed.path("account").asString()));
  }

  /**
   * Opens a settlement run over what was accepted before midnight.
   *
   * @return cents that it pays
   */
  public long openRun(String run) throws IOException, InterruptedException {
    return clerk
        .post(
            RUNS,
            Map.of(
                "run", run, "programme", Preparation.PROGRAMME.value(), "cutOffDay", plan.today()))
        .path("amountCents")
        .asLong();
  }

  /** As another person than who has opened it. */
  public void release(String run) throws IOException, InterruptedException {
    secondClerk.post(RUNS + "/" + run + "/release", Map.of());
  }

  public void downloadFile(String run) throws IOException, InterruptedException {
    clerk.get(RUNS + "/" + run + "/credit-transfer-file");
  }

  /**
   * Has a projection folded anew, and returns when it is switched in.
   *
   * @throws IOException if it is not
   */
  void rebuild(String id, String projection) throws IOException, InterruptedException {
    clerk.post(REBUILDS, Map.of("rebuild", id, "projection", projection));
    String state;
    do {
      Thread.sleep(20);
      JsonNode progress = clerk.getJson(REBUILDS + "/" + id).path("progress");
      state = progress.path("state").asString();
      if (state.equals("DIFFERS")
          || state.equals("ABANDONED")
          || progress.path("stoppedAt").asLong() != 0) {
        throw new IOException("rebuild %s: %s".formatted(id, progress));
      }
    } while (!state.equals("SWITCHED"));
  }

  /** Something that a clerk looks at. */
  record Question(String kind, String path) {}

  /** Of every kind one, about a slip that was accepted. */
  List<Question> questions(Slip slip) {
    String venue = plan.venues().get(slip.venue());
    return List.of(
        new Question("balances of an agreement", "/api/balances?agreement=" + agreement.id()),
        new Question(
            "a cheque's history", "/api/cheques/" + Serial.ofKey(slip.serials()[0]).text()),
        new Question("a slip", "/api/venues/%s/slips/%s".formatted(venue, slip.reference())),
        new Question("postings of a venue", "/api/postings?limit=50&venue=" + venue),
        new Question(
            "stock of a prescriber", "/api/prescribers/%s/stock".formatted(prescriberId())),
        new Question("what waits for whom", "/api/worklist"));
  }

  void look(Question question) throws IOException, InterruptedException {
    clerk.get(question.path());
  }
}
