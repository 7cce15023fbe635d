package fr.passnumerique.ui.search;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.ui.ClearingApplication;
import fr.passnumerique.ui.LoggedIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is printed on a paper leads to its page, for those whose it is. */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class SearchIT {
  private static final String PASSWORD = "correct horse battery";
  private static final String SIRET = "40109226700020";
  private static final String OTHER_SIRET = "35600000008468";
  private static final String RNA = "W871001234";
  private static final String NOTHING = "{\"found\":[],\"more\":[]}";
  private static final TestDatabase DATABASE = TestDatabase.fresh();

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  @Autowired Accounts accounts;

  @Value("${local.server.port}")
  int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> keys = new HashMap<>();
  private String base;

  @BeforeAll
  void anOrderDeliveredAndASlipOfTwoVenues() throws Exception {
    base = "http://localhost:" + port;
    account("clerk", Role.CLERK, "");
    account("auditor", Role.AUDITOR, "");
    account("creuse", Role.FUNDER, "creuse");
    account("anct", Role.FUNDER, "anct");
    account("ccas", Role.PRESCRIBER, "ccas");
    account("other-ccas", Role.PRESCRIBER, "other-ccas");
    account("venue", Role.VENUE, SIRET);
    account("other-venue", Role.VENUE, OTHER_SIRET);
    for (String funder : List.of("creuse", "anct")) {
      record(
          "/api/funders",
          "{\"funder\":\"%s\",\"name\":\"%s\",\"kind\":\"STATE\"}".formatted(funder, funder));
    }
    for (String prescriber : List.of("ccas", "other-ccas")) {
      record(
          "/api/prescribers",
          "{\"prescriber\":\"%s\",\"name\":\"%s\",\"departement\":\"23\"}"
              .formatted(prescriber, prescriber));
    }
    record(
        "/api/programmes",
        """
        {"programme":"pass-23","name":"Pass","faceValueCents":1000,"chequesPerCarnet":10,
         "validityDays":180,"presentationWindowDays":60}
        """);
    record(
        "/api/agreements",
        """
        {"agreement":"creuse-2026","programme":"pass-23","signedOn":"2025-12-15",
         "startsOn":"2026-01-01","endsOn":"2027-12-31","territory":["23"],
         "shares":[{"funder":"creuse","basisPoints":10000,"ceilingCents":1000000,"terms":"PREPAID"}]}
        """);
    record(
        "/api/receipts",
        """
        {"agreement":"creuse-2026","amountCents":100000,"funder":"creuse","receipt":"recu-1",
         "valueDate":"2026-03-02"}
        """);
    record(
        "/api/orders",
        """
        {"order":"commande-1","agreement":"creuse-2026","fundingDepartement":"23",
         "chequeCount":40,"endsOn":"2027-06-30"}
        """);
    record(
        "/api/deliveries",
        """
        {"delivery":"livraison-1","prescriber":"ccas","batch":"00001","firstOrdinal":1,
         "lastOrdinal":20,"deliveredOn":"%s"}
        """
            .formatted(LocalDate.now(ZoneId.of("Europe/Paris"))));
    send(
        "ccas",
        "/api/hand-outs",
        "application/json",
        """
        {"handOut":"remise-7","prescriber":"ccas","handedOutOn":"%s",
         "carnets":[{"batch":"00001","first":2,"last":2}]}
        """
            .formatted(LocalDate.now(ZoneId.of("Europe/Paris"))));
    send(
        "clerk",
        "/api/venues/import?source=list",
        "text/csv",
        """
        id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,services,source,date_maj
        a,%s,Médiathèque,Guéret,23000,23096,1 rue,46.17,1.87,Aide aux démarches administratives,x,2026-01-01
        b,%s,Cyberbus,Guéret,23000,23096,2 rue,46.17,1.87,Aide aux démarches administratives,x,2026-01-01
        """
                .formatted(SIRET, OTHER_SIRET)
            + "r,%s,Fab lab,Guéret,23000,23096,3 rue,46.17,1.87,Aide aux démarches administratives,x,2026-01-01\n"
                .formatted(RNA)
            + IntStream.rangeClosed(1, 11)
                .mapToObj(
                    each ->
                        "t%d,W8710020%02d,Tiers-lieu %d,Guéret,23000,23096,4 rue,46.17,1.87,Aide aux démarches administratives,x,2026-01-01\n"
                            .formatted(each, each, each))
                .collect(Collectors.joining()));
    record(
        "/api/labels",
        "{\"venues\":[\"%s\",\"%s\",\"%s\"],\"labelledFrom\":\"2026-01-01\",\"decision\":\"CP 1\"}"
            .formatted(SIRET, OTHER_SIRET, RNA));
    // Of an unknown cheque, and recorded with that verdict.
    for (String[] sender : new String[][] {{"venue", SIRET}, {"other-venue", OTHER_SIRET}}) {
      for (String reference : List.of("juin", "seul-" + sender[0])) {
        send(
            sender[0],
            "/api/venues/%s/slips".formatted(sender[1]),
            "application/json",
            """
            {"reference":"%s","lines":[{"cheque":"ZZZZZ-0001-000000","servedOn":"2026-03-02",
             "service":"Aide aux démarches administratives","pointOfService":"%s"}]}
            """
                .formatted(reference, sender[0].equals("venue") ? "a" : "b"));
      }
    }
    // Until the projections have all of it.
    ask("clerk", "/api/balances");
    ask("clerk", "/api/venues");
    ask("clerk", "/api/cheques/00001-0001");
  }

  private void account(String login, Role role, String subject) {
    String id = accounts.create(login, PASSWORD, role, subject, "engine").id();
    keys.put(login, accounts.createKey(id, "search", "engine").key());
  }

  @Test
  void aChequeIsFoundHoweverItIsTypedByThoseWhomItConcerns() throws Exception {
    for (String typed :
        new String[] {"00001-0001", "000010001", " ooool oool ", "00001-0001-ABCDEF"}) {
      assertThat(pages("clerk", typed)).as(typed).containsExactly("/cheques/00001-0001");
    }
    assertThat(pages("creuse", "00001-0001")).containsExactly("/cheques/00001-0001");
    assertThat(pages("ccas", "00001-0001")).containsExactly("/cheques/00001-0001");
    for (String stranger : List.of("anct", "other-ccas", "venue")) {
      assertThat(found(stranger, "00001-0001")).as(stranger).isEqualTo(NOTHING);
      assertThat(found(stranger, "00001-001F")).as(stranger).isEqualTo(NOTHING);
    }
    assertThat(found("clerk", "00001-001F")).as("the 47th of 40").isEqualTo(NOTHING);
  }

  @Test
  void aCarnetOpensOnItsFirstChequeUpToTheLastOne() throws Exception {
    assertThat(pages("clerk", "00001/1")).containsExactly("/cheques/00001-0001");
    assertThat(pages("clerk", "00001 carnet 4")).containsExactly("/cheques/00001-000Z");
    assertThat(pages("clerk", "ooool/4")).containsExactly("/cheques/00001-000Z");
    assertThat(found("clerk", "00001/5")).isEqualTo(NOTHING);
    assertThat(found("clerk", "00001/0")).isEqualTo(NOTHING);
    assertThat(pages("ccas", "00001/2")).hasSize(1);
    assertThat(found("ccas", "00001/3")).as("not delivered to it").isEqualTo(NOTHING);
  }

  @Test
  void aHandOutIsFoundByTheReferenceOnItsSheet() throws Exception {
    assertThat(pages("clerk", "remise-7")).containsExactly("/prescripteurs/ccas/remises/remise-7");
    assertThat(pages("auditor", "Remise 7"))
        .containsExactly("/prescripteurs/ccas/remises/remise-7");
    assertThat(pages("ccas", "remise-7")).containsExactly("/remises");
    assertThat(pages("ccas", "REMISE 7")).hasSize(1);
    for (String stranger : List.of("other-ccas", "venue", "creuse")) {
      assertThat(found(stranger, "remise-7")).as(stranger).isEqualTo(NOTHING);
    }
    assertThat(found("clerk", "remise-8")).isEqualTo(NOTHING);
  }

  @Test
  void aCompanysEstablishmentsAreFoundByItsSiren() throws Exception {
    assertThat(pages("clerk", SIRET.substring(0, 9))).contains("/lieux/" + SIRET);
    assertThat(pages("auditor", "401 092 267")).contains("/lieux/" + SIRET);
    assertThat(pages("clerk", "401092268")).doesNotContain("/lieux/" + SIRET);
  }

  @Test
  void aSlipIsItsVenuesOwnAndTheOperatorSeesWhose() throws Exception {
    assertThat(pages("clerk", "seul-venue"))
        .containsExactly("/lieux/" + SIRET + "/bordereaux/seul-venue");
    assertThat(pages("auditor", "juin"))
        .containsExactlyInAnyOrder(
            "/lieux/" + SIRET + "/bordereaux/juin", "/lieux/" + OTHER_SIRET + "/bordereaux/juin");
    assertThat(pages("venue", "juin")).containsExactly("/lieux/" + SIRET + "/bordereaux/juin");
    assertThat(found("venue", "seul-other-venue")).isEqualTo(NOTHING);
    assertThat(found("creuse", "juin")).isEqualTo(NOTHING);
  }

  @Test
  void whatAFunderPaysForIsItsOwn() throws Exception {
    assertThat(pages("creuse", "creuse-2026"))
        .containsExactly("/conventions/creuse-2026/rapprochement");
    assertThat(pages("creuse", "recu-1")).containsExactly("/versements/recu-1");
    for (String stranger : List.of("anct", "venue", "ccas")) {
      assertThat(found(stranger, "creuse-2026")).as(stranger).isEqualTo(NOTHING);
      assertThat(found(stranger, "recu-1")).as(stranger).isEqualTo(NOTHING);
    }
  }

  @Test
  void ordersDeliveriesAndFactsAreTheOperatorsAndTheAuditors() throws Exception {
    for (String reader : List.of("clerk", "auditor")) {
      assertThat(pages(reader, "commande-1")).containsExactly("/commandes/commande-1");
      assertThat(pages(reader, "livraison-1")).containsExactly("/livraisons/livraison-1");
      assertThat(pages(reader, "00001")).contains("/lots/00001");
      assertThat(pages(reader, "3")).containsExactly("/ecritures?fact=3");
    }
    for (String other : List.of("creuse", "ccas", "venue")) {
      for (String typed : List.of("commande-1", "livraison-1", "00001", "3")) {
        assertThat(found(other, typed)).as("%s %s", other, typed).isEqualTo(NOTHING);
      }
    }
    assertThat(found("clerk", "999999999999999999")).isEqualTo(NOTHING);
    assertThat(found("clerk", "9".repeat(30))).isEqualTo(NOTHING);
  }

  @Test
  void whatIsPrintedInCapitalsWithoutHyphensOrInGroupsIsFound() throws Exception {
    assertThat(pages("clerk", "COMMANDE-1")).containsExactly("/commandes/commande-1");
    assertThat(pages("clerk", "commande 1")).containsExactly("/commandes/commande-1");
    assertThat(pages("venue", "JUIN")).containsExactly("/lieux/" + SIRET + "/bordereaux/juin");
    assertThat(found("creuse", "COMMANDE-1")).isEqualTo(NOTHING);
  }

  @Test
  void whatCannotBeSeenIsNotLookedFor() throws Exception {
    LoggedIn clerk = LoggedIn.as("clerk", PASSWORD, base);
    HttpResponse<String> none = clerk.send("/cheques", "/recherche", "q=nulle%00part");
    assertThat(none.statusCode()).isEqualTo(200);
    assertThat(none.body()).contains("nulle part").doesNotContain("\0");
    assertThat(clerk.send("/cheques", "/recherche", "q=%00").statusCode()).isEqualTo(200);
    assertThat(clerk.page(200, "/lieux?q=a%00b")).doesNotContain("\0");
  }

  @Test
  void aVenueIsFoundByItsSiretInGroupsAndByTheBeginningOfItsName() throws Exception {
    assertThat(pages("clerk", "401 092 267 00020")).containsExactly("/lieux/" + SIRET);
    for (String typed : List.of("média", "mediatheque", "MEDIATHÈQUE")) {
      assertThat(pages("clerk", typed)).as(typed).containsExactly("/lieux/" + SIRET);
    }
    for (String typed : List.of("thèque", "%%%", "mé%", "\u0301\u0301\u0301")) {
      assertThat(found("clerk", typed)).as(typed).isEqualTo(NOTHING);
    }
    assertThat(pages("ccas", "401 092 267 00020")).containsExactly("/lieux?q=" + SIRET);
    assertThat(pages("ccas", "mediatheque")).containsExactly("/lieux?q=" + SIRET);
    assertThat(found("ccas", "d ".repeat(75))).isEqualTo(NOTHING);
  }

  @Test
  void itIsSaidByWhatAPlaceIsFound() throws Exception {
    assertThat(found("ccas", SIRET)).contains("\"IDENTIFIER\"");
    assertThat(found("ccas", RNA.toLowerCase(Locale.ROOT))).contains("\"IDENTIFIER\"", RNA);
    assertThat(found("ccas", "mediatheque")).contains("\"NAME\"");
    assertThat(found("ccas", "mediatheque gueret")).contains("\"ADDRESS\"");
  }

  /** Shown as if nothing had been typed, it would look like a search that was lost. */
  @Test
  void whatIsTooLongToBeLookedForIsTold() throws Exception {
    LoggedIn clerk = LoggedIn.as("clerk", PASSWORD, base);

    assertThat(clerk.page(200, "/recherche?q=" + "a".repeat(201)))
        .contains("C’est trop long pour être cherché", "200 caractères au plus");
    assertThat(clerk.page(200, "/recherche?q=" + "a".repeat(200)))
        .contains("Rien à montrer sous ce nom");
  }

  @Test
  void elevenVenuesOfANameAreTenAndTheWordThatThereAreMore() throws Exception {
    JsonNode eleven = JsonMapper.shared().readTree(found("clerk", "tiers-lieu"));
    assertThat(eleven.path("found").size()).isEqualTo(10);
    assertThat(eleven.path("more").toString()).isEqualTo("[\"VENUE\"]");
    JsonNode ten = JsonMapper.shared().readTree(found("clerk", "tiers-lieu 1"));
    assertThat(ten.path("more").isEmpty()).isTrue();
    assertThat(LoggedIn.as("clerk", PASSWORD, base).page(200, "/recherche?q=tiers-lieu"))
        .contains("plus de 10", "d’autres encore");
  }

  @Test
  void aReferenceThatAVenueMistypesIsSaidAgainAboveItsList() throws Exception {
    LoggedIn venue = LoggedIn.as("venue", PASSWORD, base);
    for (String typed : List.of("Juin", "seul-other-venue", "ju%20in")) {
      assertThat(venue.page(200, "/bordereaux?reference=" + typed))
          .as(typed)
          .contains("n’a la référence", typed.replace("%20", " "));
    }
    assertThat(venue.send("/cheques", "/verification", "cheque=x&pointOfService=%20").statusCode())
        .isEqualTo(400);
    assertThat(
            venue
                .send("/cheques", "/verification", "cheque=x&pointOfService=" + "p".repeat(101))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void placesAreLookedForByABoundedText() throws Exception {
    LoggedIn venue = LoggedIn.as("venue", PASSWORD, base);
    venue.page(200, "/lieux?q=" + "d".repeat(100));
    venue.page(400, "/lieux?q=" + "d".repeat(101));
    venue.page(400, "/api/public/places?q=" + "d".repeat(101));
  }

  @Test
  void oneResultIsItsPageAndACodeIsNotShownAgain() throws Exception {
    LoggedIn clerk = LoggedIn.as("clerk", PASSWORD, base);
    HttpResponse<String> one = clerk.send("/cheques", "/recherche", "q=00001-0001-ABCDEF");
    assertThat(one.statusCode()).isEqualTo(302);
    assertThat(one.headers().firstValue("Location").orElse("")).endsWith("/cheques/00001-0001");

    assertThat(clerk.page(302, "/recherche?q=00001-0001-ABCDEF")).isEmpty();

    HttpResponse<String> none = clerk.send("/cheques", "/recherche", "q=00009-0001-ABCDEF");
    assertThat(none.statusCode()).isEqualTo(200);
    assertThat(none.body())
        .contains("00009-0001", "Rien à montrer", "00007-0001", "Un fait, par sa position")
        .doesNotContain("ABCDEF");
    assertThat(clerk.page(200, "/recherche?q=juin"))
        .contains("2\u00A0résultats", "Médiathèque", "Cyberbus", "trouvé par sa référence");
  }

  private List<String> pages(String reader, String typed) throws Exception {
    JsonNode answer = JsonMapper.shared().readTree(found(reader, typed));
    return answer.path("found").valueStream().map(each -> each.path("page").asString()).toList();
  }

  private String found(String reader, String typed) throws Exception {
    HttpResponse<String> answer =
        answer(
            reader,
            "/api/searches",
            "application/json",
            JsonMapper.shared().writeValueAsString(Map.of("q", typed)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private void record(String path, String body) throws Exception {
    send("clerk", path, "application/json", body);
  }

  private void send(String sender, String path, String type, String body) throws Exception {
    HttpResponse<String> answer = answer(sender, path, type, body);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isBetween(200, 299);
  }

  private HttpResponse<String> answer(String sender, String path, String type, String body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + keys.get(sender))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void ask(String reader, String path) throws Exception {
    http.send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", "Bearer " + keys.get(reader))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
