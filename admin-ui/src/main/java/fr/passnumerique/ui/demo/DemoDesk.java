package fr.passnumerique.ui.demo;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import fr.passnumerique.clearing.territory.Paris;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the story is acted: a day, an hour, and whoever does something over HTTP. */
final class DemoDesk {
  /** Who releases what the first clerk opens, and confirms what the first proposes. */
  static final String SECOND_CLERK = "agent-2";

  private final DemoApi api;
  private final DemoAccounts accounts;
  private final DemoClock clock;
  private final ParisCalendar calendar;
  private final DemoProgress progress;
  private final LocalDate first;
  private final int days;
  private LocalDate today;

  /**
   * @param days how many the story has
   */
  DemoDesk(
      DemoApi api,
      DemoAccounts accounts,
      DemoClock clock,
      ParisCalendar calendar,
      DemoProgress progress,
      LocalDate first,
      int days) {
    this.api = api;
    this.accounts = accounts;
    this.clock = clock;
    this.calendar = calendar;
    this.progress = progress;
    this.first = first;
    this.days = days;
    this.today = first;
  }

  /** Lets the days pass until a scene, and plays it; each midnight of Paris becomes a fact. */
  void play(Scene scene) {
    LocalDate day = day(scene.day());
    while (today.isBefore(day)) {
      today = today.plusDays(1);
      clock.advanceTo(Paris.startOf(today));
      calendar.openToday();
    }
    clock.advanceTo(day.atTime(LocalTime.of(scene.hour(), 0)).atZone(Paris.ZONE).toInstant());
    tell(scene.what());
    scene.played().run();
  }

  void tell(String what) {
    int passed = (int) (today.toEpochDay() - first.toEpochDay());
    progress.at(Math.min(99, 100 * passed / days), today, what);
  }

  LocalDate day(int day) {
    return first.plusDays(day);
  }

  LocalDate today() {
    return today;
  }

  /** What the first clerk does. */
  JsonNode post(String path, Map<String, ?> body) {
    return api.post(accounts.key(Role.CLERK), path, body);
  }

  JsonNode postAsSecondClerk(String path, Map<String, ?> body) {
    return api.post(accounts.keyOfLogin(SECOND_CLERK), path, body);
  }

  /**
   * @param party a funder, venue or prescriber; one without an account in the demo has the clerk do
   *     it
   */
  JsonNode postAs(String party, String path, Map<String, ?> body) {
    return api.post(accounts.keyOf(party), path, body);
  }

  DemoApi.Answer tryPost(String path, Map<String, ?> body) {
    return api.tryPost(accounts.key(Role.CLERK), path, body);
  }

  JsonNode postFile(String path, String contentType, String content) {
    return api.postFile(accounts.key(Role.CLERK), path, contentType, content);
  }

  JsonNode getJson(String path) {
    return JsonMapper.shared().readTree(get(path));
  }

  String get(String path) {
    return api.get(accounts.key(Role.CLERK), path);
  }
}
