package fr.passnumerique.ui.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Every four weeks what is owed is paid: opened by one clerk, released by another, executed by the
 * bank. One transfer is rejected, one comes back, some lines are reversed. The last run waits for
 * its release.
 */
final class DemoSettlements {
  private static final int WEEKS_BETWEEN = 4;
  private static final int SATURDAY = 5;
  private static final int MONDAY = 7;

  /** In the first run: its account is closed. */
  private static final String REJECTED = "06";

  /** After the first the venue gives another account; after the second it has not yet. */
  private static final List<Integer> REJECTED_IN_RUNS = List.of(1, 11);

  private static final int RETURNED_IN_RUN = 6;
  private static final String RETURNED = "35";
  private static final String ACCOUNT_CLOSED = "AC04";

  /** Reversed by one clerk alone, and more than one may: see application-demo.yaml. */
  private static final int LINES = 2;

  private static final int MANY_LINES = 4;

  private final DemoDesk desk;
  private final DemoVenues venues;
  private final DemoCounters counters;
  private final DemoLabels labels;
  private final DemoBank bank;

  DemoSettlements(
      DemoDesk desk, DemoVenues venues, DemoCounters counters, DemoLabels labels, DemoBank bank) {
    this.desk = desk;
    this.venues = venues;
    this.counters = counters;
    this.labels = labels;
    this.bank = bank;
  }

  List<Scene> scenes() {
    List<Scene> scenes = new ArrayList<>();
    int runs = (counters.weeks() - 1) / WEEKS_BETWEEN;
    for (int run = 1; run <= runs; run++) {
      int number = run;
      String name = "reglement-" + run;
      int week = run * WEEKS_BETWEEN;
      boolean last = run == runs;
      scenes.add(
          new Scene(counters.day(week, SATURDAY), 8, "ouverture du " + name, () -> open(name)));
      if (last) {
        continue;
      }
      scenes.add(
          new Scene(
              counters.day(week, SATURDAY),
              10,
              "le second agent libère le " + name,
              () -> desk.postAsSecondClerk(path(name) + "/release", Map.of())));
      scenes.add(
          new Scene(
              counters.day(week, MONDAY) + 1,
              9,
              "la banque exécute le " + name,
              () -> executed(number, name)));
    }
    scenes.add(
        new Scene(
            counters.day(WEEKS_BETWEEN, MONDAY) + 2,
            16,
            "virement rejeté (compte clos) : le lieu donne un autre compte",
            () -> labels.openAccount(venues.in(REJECTED), 2, 2_048)));
    scenes.add(
        new Scene(
            counters.day(RETURNED_IN_RUN * WEEKS_BETWEEN, MONDAY) + 9,
            16,
            "virement revenu : le lieu donne un autre compte",
            () -> labels.openAccount(venues.in(RETURNED), 2, 3_535)));
    scenes.addAll(reversals());
    scenes.add(
        new Scene(
            counters.day(counters.weeks(), 3),
            10,
            "un calendrier de règlement est fixé",
            this::calendar));
    return scenes;
  }

  /** From the second month to come, so that no run opens by itself meanwhile. */
  private void calendar() {
    desk.post(
        "/api/programmes/" + DemoFunding.PROGRAMME + "/settlement-calendar",
        Map.of(
            "from",
            desk.today().plusMonths(2).withDayOfMonth(1).toString(),
            "every",
            "MONTH",
            "days",
            List.of(1, 16),
            "minimumCents",
            2_000));
  }

  private static String path(String run) {
    return "/api/settlement-runs/" + run;
  }

  private void open(String run) {
    desk.post(
        "/api/settlement-runs",
        Map.of(
            "run", run, "programme", DemoFunding.PROGRAMME, "cutOffDay", desk.today().toString()));
  }

  private void executed(int number, String run) {
    desk.get(path(run) + "/credit-transfer-file");
    JsonNode read = desk.getJson(path(run));
    LocalDate booked = LocalDate.parse(read.path("executionOn").asString());
    List<JsonNode> returned = new ArrayList<>();
    for (JsonNode transfer : read.path("transfers")) {
      String id = transfer.path("transfer").asString();
      if (REJECTED_IN_RUNS.contains(number) && pays(transfer, REJECTED)) {
        bank.reject(run, id, ACCOUNT_CLOSED);
        continue;
      }
      bank.debit(booked, transfer.path("amountCents").asLong(), id);
      if (number == RETURNED_IN_RUN && pays(transfer, RETURNED)) {
        returned.add(transfer);
      }
    }
    bank.statement(booked);
    for (JsonNode transfer : returned) {
      bank.comesBack(
          desk.today(),
          transfer.path("amountCents").asLong(),
          transfer.path("transfer").asString(),
          ACCOUNT_CLOSED);
      bank.statement(desk.today());
    }
  }

  private boolean pays(JsonNode transfer, String departement) {
    return transfer
        .path("venues")
        .valueStream()
        .anyMatch(venue -> venue.asString().equals(venues.in(departement).siret()));
  }

  private List<Scene> reversals() {
    return List.of(
        new Scene(
            counters.day(22, 2),
            10,
            "contrôle : deux lignes reprises",
            () -> reverse(1, 11, LINES, "ENTERED_BY_MISTAKE")),
        new Scene(
            counters.day(23, 2),
            10,
            "contrôle : une autre ligne reprise",
            () -> reverse(2, 13, LINES, "SERVICE_NOT_GIVEN")),
        new Scene(counters.day(23, 3), 10, "le lieu conteste la reprise", () -> contest(2)),
        new Scene(counters.day(24, 3), 10, "la contestation est admise", this::lifted),
        new Scene(
            counters.day(48, 2),
            10,
            "contrôle : une ligne reprise, que le lieu conteste",
            () -> {
              reverse(3, 15, LINES, "SERVICE_NOT_GIVEN");
              contest(3);
            }),
        new Scene(
            counters.day(49, 2),
            10,
            "contrôle : deux lignes reprises, à lire par le lieu",
            () -> reverse(4, 17, LINES, "ENTERED_BY_MISTAKE")),
        new Scene(
            counters.day(50, 2),
            10,
            "contrôle : une reprise que le second agent doit confirmer",
            () -> reverse(5, 19, MANY_LINES, "SERVICE_NOT_GIVEN")));
  }

  private void reverse(int number, int week, int lines, String reason) {
    DemoCounters.Judged slip = counters.slip(venues.in("16"), week);
    desk.post(
        "/api/reversals",
        Map.of(
            "reversal", "indu-" + number,
            "venue", slip.venue(),
            "slip", slip.reference(),
            "lines", slip.accepted().subList(0, lines),
            "reason", reason));
  }

  private void contest(int number) {
    String bus = venues.in("16").siret();
    desk.postAs(
        bus,
        "/api/venues/%s/reversals/indu-%d/contest".formatted(bus, number),
        Map.of("note", "Le service a été rendu, feuille d'émargement jointe."));
  }

  private void lifted() {
    desk.postAsSecondClerk("/api/reversals/indu-2/decision", Map.of("outcome", "LIFTED"));
  }
}
