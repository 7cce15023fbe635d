package fr.passnumerique.ui.todo;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.worklist.Task;
import fr.passnumerique.clearing.worklist.WorklistQuery;
import fr.passnumerique.ui.live.Live;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All that waits for whoever looks, page by page; a dashboard shows what comes first. */
@Controller
final class ToDoPage {
  private static final int SHOWN = 50;

  private final WorklistQuery worklist;
  private final Clock clock;

  ToDoPage(WorklistQuery worklist, Clock clock) {
    this.worklist = worklist;
    this.clock = clock;
  }

  /**
   * @param after as the page before links to it
   */
  @GetMapping("/a-traiter")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  @Live
  String show(
      Actor actor,
      @RequestParam(name = "apres", required = false) @Nullable String after,
      Model model) {
    Page<Task> page = worklist.of(actor, after, SHOWN);
    model.addAttribute("todo", ToDo.Listed.of(page, actor, Paris.dayOf(clock.instant())));
    model.addAttribute("count", page.count());
    model.addAttribute("next", page.next().orElse(null));
    model.addAttribute("first", after == null);
    return "todo";
  }
}
