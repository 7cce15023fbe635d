package fr.passnumerique.ui.home;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.worklist.WorklistQuery;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.ui.figures.PageMoment;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.todo.ToDo;
import java.time.Clock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** What waits for whoever looks, and the home of its role. */
@Controller
final class DashboardPage {
  private static final int TASKS = 12;

  private final Map<Role, Home> homes = new EnumMap<>(Role.class);
  private final WorklistQuery worklist;
  private final Clock clock;
  private final DataSource reader;

  /**
   * @param homes exactly one for each role
   */
  DashboardPage(List<Home> homes, WorklistQuery worklist, Clock clock, DataSource reader) {
    homes.forEach(home -> home.roles().forEach(role -> put(role, home)));
    if (!this.homes.keySet().equals(EnumSet.allOf(Role.class))) {
      throw new IllegalStateException("roles without a home: have " + this.homes.keySet());
    }
    this.worklist = worklist;
    this.clock = clock;
    this.reader = reader;
  }

  private void put(Role role, Home home) {
    if (homes.putIfAbsent(role, home) != null) {
      throw new IllegalStateException("two homes for " + role);
    }
  }

  /**
   * @param moment as of which the figures are shown
   * @param shownBefore the rebuild before which they were: of the accounts, and for a prescriber of
   *     the registers. Cover is folded from the ledger, and no rebuild changes it
   */
  @GetMapping("/")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  @Live
  String dashboard(
      Actor actor,
      @ModelAttribute PageMoment moment,
      @RequestParam(required = false) @Nullable RebuildId shownBefore,
      Model model) {
    Home home = Objects.requireNonNull(homes.get(actor.role()));
    HomeMoment when =
        new HomeMoment(
            moment.which(), new ShownBefore(shownBefore).generation(reader, home.projection()));
    // What there is to do is of now.
    if (when.now()) {
      model.addAttribute(
          "todo",
          ToDo.Listed.of(worklist.of(actor, null, TASKS), actor, Paris.dayOf(clock.instant())));
    }
    return home.show(actor, when, model);
  }
}
