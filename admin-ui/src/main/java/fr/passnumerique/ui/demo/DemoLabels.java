package fr.passnumerique.ui.demo;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The venues: the two lists, who is labelled when, and where they are paid.
 *
 * <p>An account has no identifier of the client's and is opened only as often as the story has it
 * opened, so that one that somebody has changed meanwhile stays as it is when a demo is played
 * again.
 */
final class DemoLabels {
  /** Spends from the first day, and cannot be paid until it gives an account. */
  private static final String LATE = "17";

  private static final int LATE_ACCOUNT = 180;

  /** Gives its services free of charge from some day on. */
  private static final String FREE = "56";

  private final DemoDesk desk;
  private final DemoVenues venues;
  private final LedgerReader ledger;

  /** By SIRET, up to a position of the ledger. */
  private final Map<String, Integer> accountsOpened = new HashMap<>();

  private long readUpTo;

  DemoLabels(DemoDesk desk, DemoVenues venues, LedgerReader ledger) {
    this.desk = desk;
    this.venues = venues;
    this.ledger = ledger;
  }

  List<Scene> scenes() {
    return List.of(
        new Scene(10, 9, "import des lieux de médiation (listes LaMednum)", this::lists),
        new Scene(11, 10, "labellisation par le comité", this::firstCommittee),
        new Scene(12, 10, "ouverture des comptes des lieux", this::accounts),
        new Scene(70, 10, "labellisation, second comité", this::secondCommittee),
        new Scene(
            LATE_ACCOUNT,
            10,
            "un lieu longtemps sans compte donne le sien",
            () -> openAccount(venues.in(LATE), 1, 1_700)),
        new Scene(
            260,
            10,
            "un label suspendu par le comité",
            () -> decide("CL 3", "SUSPENDED", "47", "CRITERIA_NOT_MET")),
        new Scene(288, 10, "le label rétabli", () -> decide("CL 4", "LABELLED", "47", "")),
        new Scene(300, 10, "un lieu gratuit renonce à être payé", this::waiver),
        new Scene(
            330,
            10,
            "un label retiré par le comité",
            () -> decide("CL 5", "WITHDRAWN", "53", "CLOSED")));
  }

  private void lists() {
    for (String list : DemoVenues.LISTS) {
      desk.postFile("/api/venues/import", "text/csv; charset=utf-8", DemoVenues.list(list));
    }
  }

  private List<String> labelledLater() {
    return List.of(venues.in("53").siret(), venues.in("47").siret());
  }

  private void firstCommittee() {
    List<String> later = labelledLater();
    label(
        "Comité de labellisation n° 1",
        venues.all().stream()
            .map(DemoVenues.Venue::siret)
            .filter(siret -> !later.contains(siret))
            .toList());
  }

  private void secondCommittee() {
    label("Comité de labellisation n° 2", labelledLater());
  }

  private void label(String decision, List<String> labelled) {
    desk.post(
        "/api/labels",
        Map.of(
            "venues", labelled,
            "labelledFrom", desk.today().toString(),
            "decision", decision));
  }

  private void decide(String decision, String state, String departement, String reason) {
    Map<String, Object> body = new HashMap<>();
    body.put("decision", decision);
    body.put("committeeOn", desk.today().toString());
    body.put("state", state);
    body.put("from", desk.today().toString());
    body.put("venues", List.of(venues.in(departement).siret()));
    if (!reason.isEmpty()) {
      body.put("reason", reason);
    }
    desk.post("/api/labels/decisions", body);
  }

  private void waiver() {
    desk.post(
        "/api/venues/" + venues.in(FREE).siret() + "/waiver",
        Map.of("waives", true, "from", desk.today().toString(), "reference", "courrier du lieu"));
  }

  private void accounts() {
    int number = 0;
    for (DemoVenues.Venue venue : new ArrayList<>(venues.all())) {
      number++;
      if (venue.departement().equals(LATE)) {
        continue;
      }
      // Two venues of one organisation share an account: one transfer pays both.
      boolean shared = List.of("24", "87").contains(venue.departement());
      openAccount(venue, 1, shared ? 1_024 : number);
    }
  }

  /**
   * @param time 1 for the first account that the story has the venue open, 2 for the second
   */
  void openAccount(DemoVenues.Venue venue, int time, long number) {
    if (accountsOpened(venue) >= time) {
      return;
    }
    String account = "/api/venues/" + venue.siret() + "/account";
    JsonNode proposed =
        desk.post(account, Map.of("iban", DemoIban.of(number), "holder", holder(venue)));
    desk.postAsSecondClerk(
        account + "/confirmation", Map.of("account", proposed.path("account").asString()));
  }

  private int accountsOpened(DemoVenues.Venue venue) {
    List<RecordedFact> next;
    while (!(next = ledger.read(readUpTo, 1_000)).isEmpty()) {
      for (RecordedFact recorded : next) {
        if (recorded.fact() instanceof VenueAccountOpened opened) {
          accountsOpened.merge(opened.venue().value(), 1, Integer::sum);
        }
      }
      readUpTo = next.getLast().position();
    }
    return accountsOpened.getOrDefault(venue.siret(), 0);
  }

  private static String holder(DemoVenues.Venue venue) {
    return venue.siret().startsWith("356000000") ? "LA POSTE" : "EMMAUS RUFFEC";
  }
}
