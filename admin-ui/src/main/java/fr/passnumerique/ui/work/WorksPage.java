package fr.passnumerique.ui.work;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.ui.live.Live;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** One's own works: how far each is, and what came of it. */
@Controller
public final class WorksPage {
  public static final String PATH = "/travaux";

  /** The file that came of one. */
  static final String RESULT = PATH + "/{workId}/fichier";

  /** What was asked on the page is confirmed. */
  static final String GO_ON = PATH + "/{workId}/suite/{questionId}";

  private final Works works;
  private final Clock clock;

  WorksPage(Works works, Clock clock) {
    this.works = works;
    this.clock = clock;
  }

  @GetMapping(PATH)
  @Permit(Role.CLERK)
  @Live(byItself = true)
  String list(Actor actor, Model model) {
    Instant now = clock.instant();
    List<WorkRow> rows = works.of(actor).stream().map(work -> WorkRow.of(work, now)).toList();
    model.addAttribute("works", rows);
    model.addAttribute("atWork", rows.stream().anyMatch(WorkRow::goesOn));
    return "works";
  }

  @GetMapping(RESULT)
  @Permit(Role.CLERK)
  ResponseEntity<byte[]> result(Actor actor, @PathVariable("workId") String workId) {
    return works.result(actor, workId).orElseThrow(() -> Problem.notFound("the result"));
  }

  @PostMapping(GO_ON)
  @Permit(Role.CLERK)
  String goOn(
      Actor actor,
      @PathVariable("workId") String workId,
      @PathVariable("questionId") String questionId) {
    works.goOn(actor, workId, questionId);
    return "redirect:" + PATH;
  }
}
