package fr.passnumerique.ui.demo;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Week after week: people are handed cheques on Tuesday, venues send their slips on Friday. */
final class DemoCounters {
  private static final long SEED = 20_240_124;
  private static final int FIRST_MONDAY_FROM = 14;
  private static final int TUESDAY = 1;
  private static final int FRIDAY = 4;

  /** How many weeks a prescriber's stock is meant to last. */
  private static final int WEEKS_OF_STOCK = 44;

  /** The last before an order's end on which its cheques are handed out: J − 15. */
  private static final int STOP_BEFORE_END = 15;

  /** Where people of a département of funding spend; the first is the likeliest. */
  private static final Map<String, List<String>> SPENT_IN =
      Map.of(
          "16", List.of("16", "16", "16", "24", "17", "87"),
          "06", List.of("06", "06", "13"),
          "35", List.of("35", "35", "56", "53"),
          "33", List.of("33", "33", "47", "24"));

  /** A cheque in somebody's hand. */
  private record Spendable(String code, String departement, LocalDate from) {}

  /**
   * A slip that was judged.
   *
   * @param accepted numbers of its accepted lines
   */
  record Judged(String venue, String reference, List<Integer> accepted) {}

  private final DemoDesk desk;
  private final DemoStock stock;
  private final DemoVenues venues;
  private final int monday;
  private final int weeks;
  private final Random random = new Random(SEED);
  private final Map<String, Integer> carnetsGiven = new HashMap<>();
  private final List<Spendable> wallets = new ArrayList<>();
  private final List<String> spent = new ArrayList<>();
  private final List<String> opposed = new ArrayList<>();
  private final Map<String, Judged> slips = new HashMap<>();

  /**
   * @param days of the story
   */
  DemoCounters(DemoDesk desk, DemoStock stock, DemoVenues venues, int days) {
    this.desk = desk;
    this.stock = stock;
    this.venues = venues;
    LocalDate start = desk.day(FIRST_MONDAY_FROM);
    this.monday =
        FIRST_MONDAY_FROM
            + (int)
                ChronoUnit.DAYS.between(
                    start, start.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY)));
    this.weeks = (days - 1 - FRIDAY - monday) / 7 + 1;
  }

  int weeks() {
    return weeks;
  }

  /**
   * @param week from 1
   * @param weekday 0 for Monday
   * @return the day of the story
   */
  int day(int week, int weekday) {
    return monday + 7 * (week - 1) + weekday;
  }

  List<Scene> scenes() {
    List<Scene> scenes = new ArrayList<>();
    for (int week = 1; week <= weeks; week++) {
      int number = week;
      scenes.add(
          new Scene(
              day(week, TUESDAY), 15, "distribution, semaine " + week, () -> handOuts(number)));
      scenes.add(
          new Scene(
              day(week, FRIDAY), 17, "bordereaux de la semaine " + week, () -> slips(number)));
    }
    return scenes;
  }

  private void handOuts(int week) {
    List<DemoStock.Order> orders = new ArrayList<>(DemoStock.FIRST_ORDERS);
    orders.add(DemoStock.AFTER_AMENDMENT);
    for (DemoStock.Order order : orders) {
      boolean stopped =
          desk.today().isAfter(desk.day(order.endsOn()).minusDays(STOP_BEFORE_END + 1L));
      if (!stock.isDelivered(order) || stopped) {
        continue;
      }
      int people = Math.max(1, stock.carnets(order) / WEEKS_OF_STOCK) + random.nextInt(2);
      for (int person = 0; person < people; person++) {
        int carnet = nextCarnet(order);
        if (carnet == 0) {
          break;
        }
        handOut(order, carnet, week);
      }
    }
  }

  /**
   * @return 0 if there is none left
   */
  int nextCarnet(DemoStock.Order order) {
    int carnet = carnetsGiven.merge(order.id(), 1, Integer::sum);
    return carnet > stock.carnets(order) ? 0 : carnet;
  }

  private void handOut(DemoStock.Order order, int carnet, int week) {
    List<String> all = stock.codes(order);
    int from = (carnet - 1) * DemoStock.PER_CARNET;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("handOut", "remise-%d-%s-%d".formatted(week, stock.batch(order), carnet));
    body.put("prescriber", order.prescriber());
    body.put("handedOutOn", desk.today().toString());
    body.put("publicCode", DemoFunding.PUBLICS.get(carnet % DemoFunding.PUBLICS.size()));
    boolean loose = carnet % 11 == 0;
    int given = loose ? 4 : DemoStock.PER_CARNET;
    if (loose) {
      body.put(
          "cheques", all.subList(from, from + given).stream().map(DemoCounters::serialOf).toList());
    } else {
      body.put(
          "carnets", List.of(Map.of("batch", stock.batch(order), "first", carnet, "last", carnet)));
    }
    desk.postAs(order.prescriber(), "/api/hand-outs", body);
    // Not everybody comes.
    if (random.nextInt(10) < 7) {
      comesWith(all.subList(from, from + given), order.departement());
    }
  }

  /** Somebody of this département will spend these. */
  void comesWith(List<String> codes, String departement) {
    codes.forEach(code -> wallets.add(new Spendable(code, departement, desk.today())));
  }

  /** These are lost: whoever found them will try one. */
  void isLost(List<String> codes) {
    wallets.removeIf(cheque -> codes.contains(cheque.code()));
    opposed.addAll(codes);
  }

  /** The next cheque that somebody of this département would spend; it stays in that hand. */
  String spendableIn(String departement) {
    return wallets.stream()
        .filter(cheque -> cheque.departement().equals(departement))
        .findFirst()
        .orElseThrow()
        .code();
  }

  private static String serialOf(String code) {
    return code.substring(0, code.lastIndexOf('-'));
  }

  private void slips(int week) {
    LocalDate day = desk.today();
    Map<DemoVenues.Venue, List<Map<String, Object>>> lines = new LinkedHashMap<>();
    int spending = wallets.size() / 3;
    for (int i = 0; i < spending; i++) {
      Spendable cheque = wallets.remove(random.nextInt(wallets.size()));
      List<String> places = requireNonNull(SPENT_IN.get(cheque.departement()));
      DemoVenues.Venue venue = venues.in(places.get(random.nextInt(places.size())));
      LocalDate earliest =
          cheque.from().isAfter(day.minusDays(4)) ? cheque.from() : day.minusDays(4);
      lines
          .computeIfAbsent(venue, _ -> new ArrayList<>())
          .add(line(venue, cheque.code(), earliest.plusDays(random.nextInt(2))));
      spent.add(cheque.code());
    }
    lines.forEach(
        (venue, ofVenue) -> {
          spoil(venue, ofVenue, day);
          submit(venue, "BR-%03d".formatted(week), ofVenue);
        });
  }

  void submit(DemoVenues.Venue venue, String reference, List<Map<String, Object>> lines) {
    JsonNode judged =
        desk.postAs(
            venue.siret(),
            "/api/venues/" + venue.siret() + "/slips",
            Map.of("reference", reference, "lines", lines));
    List<Integer> accepted = new ArrayList<>();
    for (JsonNode line : judged.path("lines")) {
      if (line.path("verdict").asString("").equals("ACCEPTED")) {
        accepted.add(line.path("line").asInt());
      }
    }
    slips.put(venue.siret() + "/" + reference, new Judged(venue.siret(), reference, accepted));
  }

  /**
   * @return a slip of a week; its lines may be none if nobody came
   */
  Judged slip(DemoVenues.Venue venue, int week) {
    String reference = "BR-%03d".formatted(week);
    return slips.getOrDefault(
        venue.siret() + "/" + reference, new Judged(venue.siret(), reference, List.of()));
  }

  Map<String, Object> line(DemoVenues.Venue venue, String code, LocalDate servedOn) {
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
    List<String> neverHandedOut = stock.codes(DemoStock.CHARENTE);
    switch (random.nextInt(8)) {
      case 0 -> lines.add(new LinkedHashMap<>(lines.getFirst()));
      case 1 -> {
        String code = neverHandedOut.get(2_990);
        char last = code.charAt(code.length() - 1);
        lines.add(
            line(venue, code.substring(0, code.length() - 1) + (last == 'Z' ? 'Y' : 'Z'), day));
      }
      case 2 -> lines.add(line(venue, spent.get(random.nextInt(spent.size())), day));
      case 3 -> lines.add(line(venue, neverHandedOut.get(2_995), day));
      case 4 -> {
        if (venue.points().getFirst().services().size() > 1 && !wallets.isEmpty()) {
          Map<String, Object> line = line(venue, wallets.getFirst().code(), day);
          line.put("service", "Insertion professionnelle via le numérique");
          lines.add(line);
        }
      }
      case 5 -> {
        if (!opposed.isEmpty()) {
          lines.add(line(venue, opposed.getFirst(), day));
        }
      }
      default -> {}
    }
  }
}
