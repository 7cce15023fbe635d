package fr.passnumerique.ui.todo;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.worklist.Task;
import fr.passnumerique.ui.PagesOpened;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Whatever waits for somebody leads to a page that he may open, and names no program's way. */
class EveryTaskLeadsToItsPageTest {
  /** Whose they are, other than the operator's. */
  private static final Map<Role, Set<Task.Kind>> THEIRS =
      new EnumMap<>(
          Map.of(
              Role.FUNDER,
              EnumSet.of(
                  Task.Kind.APPROVE_EXPIRY,
                  Task.Kind.ACKNOWLEDGE_EXPIRY,
                  Task.Kind.SIGN_STATEMENT,
                  Task.Kind.PAY_CALL),
              Role.VENUE,
              EnumSet.of(Task.Kind.ANSWER_REVERSAL, Task.Kind.GIVE_ACCOUNT)));

  /** Of a prescriber's tasks the pages are its own. */
  private static final Set<Task.Kind> OF_PRESCRIBERS =
      EnumSet.of(
          Task.Kind.STOP_HANDING_OUT,
          Task.Kind.HAND_OUT_BEFORE_END,
          Task.Kind.HAND_OVER_REPLACEMENT);

  private static final Set<Task.Kind> NOT_THE_OPERATORS =
      EnumSet.of(
          Task.Kind.APPROVE_EXPIRY,
          Task.Kind.ACKNOWLEDGE_EXPIRY,
          Task.Kind.PAY_CALL,
          Task.Kind.ANSWER_REVERSAL,
          Task.Kind.GIVE_ACCOUNT);

  @Test
  void everyTaskLeadsToAPageThatItsReaderMayOpen() {
    Map<PathPattern, Permit> pages = pages();
    List<String> lost = new ArrayList<>();
    for (Role role : Role.values()) {
      for (Task.Kind kind : kinds(role)) {
        String page = shown(kind, role).page();
        if (page == null || !opens(pages, page, role)) {
          lost.add("%s of a %s leads to %s".formatted(kind, role, page));
        }
      }
    }

    assertThat(pages).isNotEmpty();
    assertThat(lost).isEmpty();
  }

  @Test
  void noTaskSendsAPersonToTheApi() {
    for (Task.Kind kind : Task.Kind.values()) {
      assertThat(shown(kind, Role.CLERK).what()).doesNotContain("API", kind.remedy());
    }
  }

  private static Set<Task.Kind> kinds(Role role) {
    return switch (role) {
      case CLERK, AUDITOR -> {
        Set<Task.Kind> kinds = EnumSet.allOf(Task.Kind.class);
        kinds.removeAll(NOT_THE_OPERATORS);
        kinds.removeAll(OF_PRESCRIBERS);
        yield kinds;
      }
      case FUNDER, VENUE -> THEIRS.getOrDefault(role, Set.of());
      case PRESCRIBER -> Set.of();
    };
  }

  private static ToDo shown(Task.Kind kind, Role role) {
    String about =
        switch (kind) {
          case CONFIRM_IDENTIFICATION -> "W161000119/40109226700020";
          case ISSUE_DEBIT_NOTE -> "40109226700020/pass-numerique";
          case CONFIRM_FACT_ASIDE, CONFIRM_LIFTING -> "registers/12";
          default -> "x-1";
        };
    Task task =
        new Task(
            kind,
            about,
            Instant.parse("2026-04-01T09:00:00Z"),
            700,
            Optional.empty(),
            Optional.empty());
    return ToDo.Listed.of(
            new Page<>(1, List.of(task), Optional.empty()),
            new Actor("somebody", role, "x-1"),
            LocalDate.of(2026, 4, 2))
        .shown()
        .getFirst();
  }

  /** The one whose pattern fits most exactly decides, as it does for a request. */
  private static boolean opens(Map<PathPattern, Permit> pages, String address, Role role) {
    PathContainer path = PathContainer.parsePath(address.split("\\?", 2)[0]);
    return pages.entrySet().stream()
        .filter(page -> page.getKey().matches(path))
        .min(Map.Entry.comparingByKey(PathPattern.SPECIFICITY_COMPARATOR))
        .map(Map.Entry::getValue)
        .filter(permit -> permit.everyone() || Set.of(permit.value()).contains(role))
        .isPresent();
  }

  private static Map<PathPattern, Permit> pages() {
    Map<PathPattern, Permit> pages = new HashMap<>();
    PagesOpened.permits()
        .forEach(
            (address, permit) ->
                pages.put(PathPatternParser.defaultInstance.parse(address), permit));
    return pages;
  }
}
