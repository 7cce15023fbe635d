package fr.passnumerique.ui.demo;

import static java.util.Objects.requireNonNull;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.venues.VenueAccountOpened;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * The story: four agreements, four prescribers, a dozen venues, slips with good and bad lines, two
 * settlements, a rejected transfer repaired.
 *
 * <p>Every identifier and every choice follows from the first day and a fixed seed, so that a demo
 * that was interrupted is played again from the start: what was recorded already is answered as it
 * was and adds nothing. An account has no identifier of the client's and is opened only as often as
 * the story has it opened, so that one that somebody has changed meanwhile stays as it is.
 */
final class DemoProgramme {
  /** From the first day to the last, which is the day before today. */
  static final int DAYS = 112;

  private static final long SEED = 20_240_124;
  private static final String PROGRAMME = "pass-numerique";
  private static final String ADMINISTRATIVE = "Aide aux démarches administratives";
  private static final String EVERYDAY = "Maîtrise des outils numériques du quotidien";
  private static final int PER_CARNET = 10;

  /** Who releases what the first clerk opens. */
  private static final String SECOND_CLERK = "agent-2";

  private final DemoApi api;
  private final DemoAccounts accounts;
  private final DemoClock clock;
  private final ParisCalendar calendar;
  private final LedgerReader ledger;
  private final DemoProgress progress;
  private final LocalDate first;
  private final DemoVenues venues = new DemoVenues();
  private final Random random = new Random(SEED);
  private final String clerk;
  private final Map<String, List<String>> codes = new HashMap<>();
  private final Map<String, Integer> carnetsGiven = new HashMap<>();
  private final List<Spendable> wallets = new ArrayList<>();
  private final List<String> spent = new ArrayList<>();

  /** By SIRET, up to a position of the ledger. */
  private final Map<String, Integer> accountsOpened = new HashMap<>();

  private long readUpTo;
  private LocalDate today;

  private static final List<Financing> FINANCINGS =
      List.of(
          new Financing(
              "convention-charente",
              "16",
              3_000,
              1,
              Map.of("anct", 5_000, "region-nouvelle-aquitaine", 2_500, "departement-16", 2_500)),
          new Financing(
              "convention-alpes-maritimes",
              "06",
              1_500,
              1,
              Map.of("anct", 5_714, "departement-06", 4_286)),
          new Financing(
              "convention-ille-et-vilaine",
              "35",
              1_200,
              1,
              Map.of("anct", 5_000, "region-bretagne", 3_000, "departement-35", 2_000)),
          new Financing(
              "convention-gironde",
              "33",
              1_000,
              2,
              Map.of(
                  "anct", 4_000,
                  "region-nouvelle-aquitaine", 2_000,
                  "departement-33", 3_000,
                  "bordeaux-metropole", 1_000)));

  /** Agreement, département, cheques, cash for one cheque in {@code part}, split key. */
  private record Financing(
      String agreement, String departement, int cheques, int part, Map<String, Integer> key) {
    String order() {
      return "commande-" + departement;
    }

    String prescriber() {
      return of(PRESCRIBERS, departement).id();
    }
  }

  private record Party(String id, String name, String kind) {}

  private static final List<Party> FUNDERS =
      List.of(
          new Party("anct", "Agence nationale de la cohésion des territoires", "STATE"),
          new Party("region-nouvelle-aquitaine", "Région Nouvelle-Aquitaine", "REGION"),
          new Party("region-bretagne", "Région Bretagne", "REGION"),
          new Party("departement-16", "Département de la Charente", "DEPARTEMENT"),
          new Party("departement-06", "Département des Alpes-Maritimes", "DEPARTEMENT"),
          new Party("departement-35", "Département d'Ille-et-Vilaine", "DEPARTEMENT"),
          new Party("departement-33", "Département de la Gironde", "DEPARTEMENT"),
          new Party("bordeaux-metropole", "Bordeaux Métropole", "EPCI"));

  private static final Map<String, Party> PRESCRIBERS =
      Map.of(
          "16", new Party("ccas-ruffec", "CCAS de Ruffec", "16"),
          "06", new Party("ccas-nice", "CCAS de Nice", "06"),
          "35", new Party("mission-locale-rennes", "Mission locale de Rennes", "35"),
          "33", new Party("centre-social-bordeaux", "Centre social de Bordeaux", "33"));

  /** Where people of a département of funding spend; the first is the likeliest. */
  private static final Map<String, List<String>> SPENT_IN =
      Map.of(
          "16", List.of("16", "16", "16", "24", "17", "87"),
          "06", List.of("06", "06", "13"),
          "35", List.of("35", "35", "56", "53"),
          "33", List.of("33", "33", "47", "24"));

  /** A cheque in somebody's hand. */
  private record Spendable(String code, String departement, LocalDate from) {}

  DemoProgramme(
      DemoApi api,
      DemoAccounts accounts,
      DemoClock clock,
      ParisCalendar calendar,
      LedgerReader ledger,
      DemoProgress progress,
      LocalDate first) {
    this.api = api;
    this.accounts = accounts;
    this.clock = clock;
    this.calendar = calendar;
    this.ledger = ledger;
    this.progress = progress;
    this.first = first;
    this.today = first;
    this.clerk = accounts.key(Role.CLERK);
  }

  /** Who is to have an account. */
  static List<DemoAccounts.Wanted> accountsWanted() {
    DemoVenues venues = new DemoVenues();
    return List.of(
        new DemoAccounts.Wanted(Role.CLERK, "agent", ""),
        new DemoAccounts.Wanted(Role.CLERK, SECOND_CLERK, ""),
        new DemoAccounts.Wanted(Role.AUDITOR, "auditeur", ""),
        new DemoAccounts.Wanted(Role.FUNDER, "anct", "anct"),
        new DemoAccounts.Wanted(Role.FUNDER, "departement-16", "departement-16"),
        new DemoAccounts.Wanted(Role.VENUE, "bus-charente", venues.in("16").siret()),
        new DemoAccounts.Wanted(Role.VENUE, "la-poste-nice", venues.in("06").siret()),
        new DemoAccounts.Wanted(Role.PRESCRIBER, "ccas-ruffec", "ccas-ruffec"),
        new DemoAccounts.Wanted(Role.PRESCRIBER, "ccas-nice", "ccas-nice"));
  }

  void play() {
    parties();
    agreementsAndOrders();
    venuesAndAccounts();
    LocalDate start = first.plusDays(14).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
    LocalDate firstSettlement = first.plusDays(62);
    LocalDate secondSettlement = first.plusDays(100);
    boolean settled = false;
    boolean settledAgain = false;
    int week = 0;
    for (LocalDate monday = start;
        monday.plusDays(4).isBefore(first.plusDays(DAYS));
        monday = monday.plusDays(7)) {
      week++;
      handOuts(monday.plusDays(1), week);
      slips(monday.plusDays(4), week);
      if (!settled && monday.isAfter(firstSettlement)) {
        settlement("reglement-1", monday.plusDays(5), true);
        settled = true;
      }
      if (!settledAgain && monday.isAfter(secondSettlement)) {
        settlement("reglement-2", monday.plusDays(5), false);
        settledAgain = true;
      }
    }
    goTo(first.plusDays(DAYS - 1), 18, "fin de la période");
  }

  private void parties() {
    goTo(first, 9, "le programme, les financeurs et les prescripteurs");
    post(
        "/api/programmes",
        Map.of(
            "programme",
            PROGRAMME,
            "name",
            "Pass numérique",
            "validityDays",
            180,
            "presentationWindowDays",
            60,
            "eligibleServices",
            List.of(ADMINISTRATIVE, EVERYDAY),
            "eligiblePublics",
            List.of("demandeurs-emploi", "seniors", "jeunes")));
    for (Party funder : FUNDERS) {
      post(
          "/api/funders",
          Map.of("funder", funder.id(), "name", funder.name(), "kind", funder.kind()));
    }
    PRESCRIBERS.values().stream()
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .forEach(
            p ->
                post(
                    "/api/prescribers",
                    Map.of("prescriber", p.id(), "name", p.name(), "departement", p.kind())));
  }

  private void agreementsAndOrders() {
    for (Financing f : FINANCINGS) {
      goTo(first.plusDays(1), 10, "signature de la " + f.agreement().replace('-', ' '));
      List<Map<String, Object>> shares = new ArrayList<>();
      FUNDERS.stream()
          .filter(funder -> f.key().containsKey(funder.id()))
          .forEach(
              funder -> {
                int basisPoints = of(f.key(), funder.id());
                shares.add(
                    Map.of(
                        "funder",
                        funder.id(),
                        "basisPoints",
                        basisPoints,
                        "ceilingCents",
                        f.cheques() * 1_000L * basisPoints / 10_000 + 1,
                        "terms",
                        "PREPAID"));
              });
      post(
          "/api/agreements",
          Map.of(
              "agreement", f.agreement(),
              "programme", PROGRAMME,
              "signedOn", first.plusDays(1).toString(),
              "startsOn", first.toString(),
              "endsOn", first.plusDays(730).toString(),
              "territory", List.of(f.departement()),
              "shares", shares));
    }
    for (Financing f : FINANCINGS) {
      goTo(first.plusDays(4), 11, "fonds reçus pour la " + f.agreement().replace('-', ' '));
      f.key().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              share ->
                  post(
                      "/api/receipts",
                      Map.of(
                          "receipt", "VIR-" + f.departement() + "-" + share.getKey(),
                          "agreement", f.agreement(),
                          "funder", share.getKey(),
                          "amountCents",
                              f.cheques() * 1_000L / f.part() * share.getValue() / 10_000 + 1,
                          "valueDate", first.plusDays(4).toString())));
    }
    for (Financing f : FINANCINGS) {
      goTo(first.plusDays(6), 9, f.cheques() + " chèques émis, " + f.departement());
      JsonNode issued =
          post(
              "/api/orders",
              Map.of(
                  "order", f.order(),
                  "agreement", f.agreement(),
                  "fundingDepartement", f.departement(),
                  "chequeCount", f.cheques(),
                  "endsOn", first.plusDays(400).toString()));
      String batch = issued.path("batch").asString();
      codes.put(f.departement(), codes(f.order()));
      int activated = f.cheques() / f.part();
      post(
          "/api/activations",
          Map.of(
              "activation",
              "activation-" + f.departement(),
              "batch",
              batch,
              "firstOrdinal",
              1,
              "lastOrdinal",
              activated));
      if (activated < f.cheques()) {
        // Beyond the cash matched: the refusal is part of the story, and leaves no trace.
        DemoApi.Answer refused =
            api.tryPost(
                clerk,
                "/api/activations",
                Map.of(
                    "activation",
                    "activation-sans-fonds",
                    "batch",
                    batch,
                    "firstOrdinal",
                    activated + 1,
                    "lastOrdinal",
                    f.cheques()));
        if (refused.accepted()) {
          throw new IllegalStateException("cheques were activated without cash");
        }
        progress.at(percent(), today, "activation refusée faute de fonds : " + refused.code());
      }
      goTo(first.plusDays(9), 14, "livraison à " + of(PRESCRIBERS, f.departement()).name());
      post(
          "/api/deliveries",
          Map.of(
              "delivery",
              "livraison-" + f.departement(),
              "prescriber",
              f.prescriber(),
              "batch",
              batch,
              "firstOrdinal",
              1,
              "lastOrdinal",
              f.cheques() * 4 / 5 / PER_CARNET * PER_CARNET,
              "deliveredOn",
              today.toString()));
    }
  }

  private List<String> codes(String order) {
    return api.get(clerk, "/api/orders/" + order + "/codes")
        .lines()
        .skip(1)
        .map(line -> line.substring(line.indexOf(',') + 1))
        .toList();
  }

  private void venuesAndAccounts() {
    goTo(first.plusDays(10), 9, "import des lieux de médiation (listes LaMednum)");
    for (String list : DemoVenues.LISTS) {
      api.postCsv(clerk, "/api/venues/import", DemoVenues.list(list));
    }
    goTo(first.plusDays(11), 10, "labellisation par le comité");
    List<String> labelledLater = List.of(venues.in("53").siret(), venues.in("47").siret());
    post(
        "/api/labels",
        Map.of(
            "venues",
                venues.all().stream()
                    .map(DemoVenues.Venue::siret)
                    .filter(siret -> !labelledLater.contains(siret))
                    .toList(),
            "labelledFrom", today.toString(),
            "decision", "Comité de labellisation n° 1"));
    goTo(first.plusDays(12), 10, "ouverture des comptes des lieux");
    int number = 0;
    for (DemoVenues.Venue venue : venues.all()) {
      number++;
      if (venue.departement().equals("17")) {
        continue; // Labelled, spends, and cannot be paid until it gives an account.
      }
      // Two venues of one organisation share an account: one transfer pays both.
      boolean shared = List.of("24", "87").contains(venue.departement());
      openAccount(venue, 1, shared ? 1_024 : number);
    }
  }

  /**
   * @param time 1 for the first account that the story has the venue open, 2 for the second
   */
  private void openAccount(DemoVenues.Venue venue, int time, long number) {
    if (accountsOpened(venue) >= time) {
      return;
    }
    String account = "/api/venues/" + venue.siret() + "/account";
    JsonNode proposed = post(account, Map.of("iban", DemoIban.of(number), "holder", holder(venue)));
    post(
        accounts.keyOfLogin(SECOND_CLERK),
        account + "/confirmation",
        Map.of("account", proposed.path("account").asString()));
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

  private void handOuts(LocalDate day, int week) {
    goTo(day, 15, "distribution, semaine " + week);
    for (Financing f : FINANCINGS) {
      int stock = f.cheques() * 4 / 5 / PER_CARNET;
      int people = Math.max(2, stock / 18) + random.nextInt(3);
      for (int person = 0; person < people; person++) {
        int carnet = carnetsGiven.merge(f.departement(), 1, Integer::sum);
        if (carnet > stock) {
          break;
        }
        handOut(f, carnet, week);
      }
    }
  }

  private void handOut(Financing f, int carnet, int week) {
    List<String> all = of(codes, f.departement());
    int from = (carnet - 1) * PER_CARNET;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("handOut", "remise-" + week + "-" + carnet);
    body.put("prescriber", f.prescriber());
    body.put("handedOutOn", today.toString());
    body.put("publicCode", List.of("demandeurs-emploi", "seniors", "jeunes").get(carnet % 3));
    boolean loose = carnet % 11 == 0;
    int given = loose ? 4 : PER_CARNET;
    if (loose) {
      body.put(
          "cheques",
          all.subList(from, from + given).stream().map(c -> c.substring(0, 10)).toList());
    } else {
      body.put(
          "carnets",
          List.of(
              Map.of("batch", all.getFirst().substring(0, 5), "first", carnet, "last", carnet)));
    }
    post(accounts.keyOf(f.prescriber()), "/api/hand-outs", body);
    // Not everybody comes.
    if (random.nextInt(10) < 7) {
      all.subList(from, from + given)
          .forEach(code -> wallets.add(new Spendable(code, f.departement(), today)));
    }
  }

  private void slips(LocalDate day, int week) {
    goTo(day, 17, "bordereaux de la semaine " + week);
    if (week == 8) {
      post(
          "/api/labels",
          Map.of(
              "venues", List.of(venues.in("53").siret(), venues.in("47").siret()),
              "labelledFrom", today.toString(),
              "decision", "Comité de labellisation n° 2"));
    }
    Map<DemoVenues.Venue, List<Map<String, Object>>> slips = new LinkedHashMap<>();
    int spending = wallets.size() / 3;
    for (int i = 0; i < spending; i++) {
      Spendable cheque = wallets.remove(random.nextInt(wallets.size()));
      List<String> places = of(SPENT_IN, cheque.departement());
      DemoVenues.Venue venue = venues.in(places.get(random.nextInt(places.size())));
      LocalDate earliest =
          cheque.from().isAfter(day.minusDays(4)) ? cheque.from() : day.minusDays(4);
      slips
          .computeIfAbsent(venue, _ -> new ArrayList<>())
          .add(line(venue, cheque.code(), earliest.plusDays(random.nextInt(2))));
      spent.add(cheque.code());
    }
    slips.forEach(
        (venue, lines) -> {
          spoil(venue, lines, day);
          post(
              accounts.keyOf(venue.siret()),
              "/api/venues/" + venue.siret() + "/slips",
              Map.of("reference", "BR-%03d".formatted(week), "lines", lines));
        });
  }

  private Map<String, Object> line(DemoVenues.Venue venue, String code, LocalDate servedOn) {
    DemoVenues.Point point = venue.points().get(random.nextInt(venue.points().size()));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("cheque", code);
    line.put("servedOn", servedOn.toString());
    line.put("service", point.services().getFirst());
    line.put("pointOfService", point.id());
    return line;
  }

  /** What goes wrong at a counter: a cheque typed twice, a slip of the pen, one spent before. */
  private void spoil(DemoVenues.Venue venue, List<Map<String, Object>> lines, LocalDate day) {
    switch (random.nextInt(6)) {
      case 0 -> lines.add(new LinkedHashMap<>(lines.getFirst()));
      case 1 -> {
        String code = of(codes, "16").get(2_990);
        char last = code.charAt(code.length() - 1);
        lines.add(
            line(venue, code.substring(0, code.length() - 1) + (last == 'Z' ? 'Y' : 'Z'), day));
      }
      case 2 -> lines.add(line(venue, spent.get(random.nextInt(spent.size())), day));
      case 3 -> lines.add(line(venue, of(codes, "16").get(2_995), day));
      case 4 -> {
        if (venue.points().getFirst().services().size() > 1 && !wallets.isEmpty()) {
          Map<String, Object> line = line(venue, wallets.getFirst().code(), day);
          line.put("service", "Insertion professionnelle via le numérique");
          lines.add(line);
        }
      }
      default -> {}
    }
  }

  private void settlement(String run, LocalDate day, boolean toTheEnd) {
    goTo(day, 8, "règlement : " + run);
    JsonNode opened =
        post(
            "/api/settlement-runs",
            Map.of("run", run, "programme", PROGRAMME, "cutOffDay", day.toString()));
    if (!toTheEnd) {
      return;
    }
    goTo(day, 10, "règlement libéré par un second agent : " + run);
    post(accounts.keyOfLogin(SECOND_CLERK), "/api/settlement-runs/" + run + "/release", Map.of());
    goTo(day.plusDays(1), 9, "relevé de la banque");
    boolean rejected = false;
    for (JsonNode transfer : opened.path("transfers")) {
      String id = transfer.path("transfer").asString();
      String path = "/api/settlement-runs/" + run + "/transfers/" + id;
      boolean nice =
          transfer.path("slips").path(0).path("venue").asString("").equals(venues.in("06").siret());
      if (nice) {
        post(path + "/rejection", Map.of("reason", "AC04", "rejectedOn", today.toString()));
        rejected = true;
      } else {
        post(path + "/confirmation", Map.of("bookedOn", today.toString()));
      }
    }
    if (!rejected) {
      throw new IllegalStateException("no transfer of the first settlement was rejected");
    }
    goTo(day.plusDays(1), 16, "virement rejeté (compte clos) : le lieu donne un autre compte");
    openAccount(venues.in("06"), 2, 2_048);
  }

  private JsonNode post(String path, Map<String, ?> body) {
    return post(clerk, path, body);
  }

  private JsonNode post(String key, String path, Map<String, ?> body) {
    return api.post(key, path, body);
  }

  /** Lets the days pass until an hour of a day in Paris; each midnight becomes a fact. */
  private void goTo(LocalDate day, int hour, String what) {
    while (today.isBefore(day)) {
      today = today.plusDays(1);
      clock.advanceTo(ParisCalendar.startOf(today));
      calendar.openToday();
    }
    clock.advanceTo(day.atTime(LocalTime.of(hour, 0)).atZone(ParisCalendar.ZONE).toInstant());
    progress.at(percent(), today, what);
  }

  private static <V> V of(Map<String, V> all, String key) {
    return requireNonNull(all.get(key), key);
  }

  private int percent() {
    return (int) Math.min(99, 100 * (today.toEpochDay() - first.toEpochDay()) / DAYS);
  }
}
