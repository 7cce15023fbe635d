package fr.passnumerique.ui.upkeep;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.upkeep.AcceptRebuildDifferences;
import fr.passnumerique.clearing.upkeep.AcceptedDifferences;
import fr.passnumerique.clearing.upkeep.ConfirmRebuildDifferences;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.upkeep.RebuildsWaiting;
import fr.passnumerique.clearing.upkeep.Stops;
import fr.passnumerique.projections.upkeep.Rebuild;
import fr.passnumerique.projections.upkeep.Rebuilder;
import fr.passnumerique.projections.upkeep.Rebuilds;
import fr.passnumerique.ui.frame.Refused;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.words.Address;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * How one rebuild goes on, ending it by hand, and accepting by two people what differs: asked
 * first, then done, each a page of its own, so that neither needs a script.
 */
@Controller
public final class RebuildPage {
  private static final String PATH = "/projections/reconstructions/{rebuildId}";
  private static final String ACCEPT = "/acceptation";
  private static final int SHOWN = 50;

  private final Rebuilds rebuilds;
  private final Rebuilder rebuilder;
  private final RebuildsWaiting waiting;
  private final Stops stops;
  private final Commands commands;
  private final UnaryOperator<String> logins;
  private final Clock clock;

  /**
   * @param logins the login of an account's identifier
   */
  RebuildPage(
      Rebuilds rebuilds,
      Rebuilder rebuilder,
      RebuildsWaiting waiting,
      Stops stops,
      Commands commands,
      UnaryOperator<String> logins,
      Clock clock) {
    this.rebuilds = rebuilds;
    this.rebuilder = rebuilder;
    this.waiting = waiting;
    this.stops = stops;
    this.commands = commands;
    this.logins = logins;
    this.clock = clock;
  }

  public static String address(String rebuild) {
    return Address.of(PATH, rebuild);
  }

  @GetMapping(PATH)
  @Permit({Role.CLERK, Role.AUDITOR})
  @Live(byItself = true)
  String show(Actor actor, @PathVariable("rebuildId") String rebuildId, Model model) {
    model.addAttribute("sheet", sheet(known(rebuildId), actor));
    return "rebuild";
  }

  @GetMapping(PATH + "/annulation")
  @Permit(Role.CLERK)
  String ask(Actor actor, @PathVariable("rebuildId") String rebuildId, Model model) {
    RebuildSheet sheet = sheet(known(rebuildId), actor);
    if (sheet.cancel() == null) {
      // It ended while its page was looked at: that page says how.
      return "redirect:" + address(rebuildId);
    }
    model.addAttribute("sheet", sheet);
    return "rebuild-cancel";
  }

  /** Sent again it is as it was; one that was switched in meanwhile is refused, and shown. */
  @PostMapping(PATH + "/annulation")
  @Permit(Role.CLERK)
  String cancel(
      Actor actor,
      @PathVariable("rebuildId") String rebuildId,
      HttpServletResponse response,
      RedirectAttributes redirected,
      Model model) {
    Rebuild known = known(rebuildId);
    try {
      rebuilder.cancel(known.id(), actor.account());
    } catch (Problem problem) {
      if (!problem.code().equals("REBUILD_ENDED")) {
        throw problem;
      }
      Refused.show(problem, response, model);
      return show(actor, rebuildId, model);
    }
    redirected.addFlashAttribute("cancelled", true);
    return "redirect:" + address(known.id());
  }

  /** What a person would accept, by the side of what that comes to. */
  @GetMapping(PATH + ACCEPT)
  @Permit(Role.CLERK)
  String read(Actor actor, @PathVariable("rebuildId") String rebuildId, Model model) {
    RebuildSheet sheet = sheet(known(rebuildId), actor);
    if (sheet.acceptance() == null || sheet.acceptance().page() == null) {
      return "redirect:" + address(rebuildId);
    }
    model.addAttribute("sheet", sheet);
    return "rebuild-accept";
  }

  /** As {@code acceptRebuildDifferences}: sent again it is as it was. */
  @PostMapping(PATH + ACCEPT)
  @Permit(Role.CLERK)
  String propose(
      Actor actor,
      @PathVariable("rebuildId") String rebuildId,
      @RequestParam("digest") String digest,
      HttpServletResponse response,
      RedirectAttributes redirected,
      Model model) {
    RebuildId id = new RebuildId(known(rebuildId).id());
    return decided(
        () -> new AcceptRebuildDifferences(stops.differences(id, digest), actor.account()),
        actor,
        id,
        response,
        redirected,
        model);
  }

  /** As {@code confirmRebuildDifferences}: the switch follows by itself. */
  @PostMapping(PATH + ACCEPT + "/confirmation")
  @Permit(Role.CLERK)
  String confirm(
      Actor actor,
      @PathVariable("rebuildId") String rebuildId,
      @RequestParam("digest") String digest,
      HttpServletResponse response,
      RedirectAttributes redirected,
      Model model) {
    RebuildId id = new RebuildId(known(rebuildId).id());
    return decided(
        () -> new ConfirmRebuildDifferences(id, digest, actor.account()),
        actor,
        id,
        response,
        redirected,
        model);
  }

  private String decided(
      Supplier<Command<AcceptedDifferences>> command,
      Actor actor,
      RebuildId id,
      HttpServletResponse response,
      RedirectAttributes redirected,
      Model model) {
    try {
      return switch (commands.send(command.get(), actor)) {
        case Outcome.Recorded<AcceptedDifferences>(var answer, _, _) -> {
          redirected.addFlashAttribute("accepted", answer.status().name());
          yield "redirect:" + address(id.value());
        }
        case Outcome.Refused<AcceptedDifferences>(var refusal) -> throw Problem.of(refusal);
      };
    } catch (Problem problem) {
      Refused.show(problem, response, model);
      return show(actor, id.value(), model);
    }
  }

  private RebuildSheet sheet(Rebuild rebuild, Actor actor) {
    List<Rebuilds.Difference> differing =
        rebuild.differences() == 0 ? List.of() : rebuilds.differences(rebuild, SHOWN);
    Acceptance acceptance =
        rebuild.state() == Rebuild.State.DIFFERS
            ? Acceptance.of(
                rebuild.digest(),
                waiting.read().stream()
                    .filter(each -> each.rebuild().value().equals(rebuild.id()))
                    .findFirst(),
                address(rebuild.id()) + ACCEPT,
                logins,
                actor)
            : null;
    return RebuildSheet.of(rebuild, differing, acceptance, clock.instant(), logins, actor);
  }

  private Rebuild known(String rebuildId) {
    return rebuilds.find(rebuildId).orElseThrow(() -> Problem.notFound("the rebuild"));
  }
}
