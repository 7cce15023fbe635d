package fr.passnumerique.ui.upkeep;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.upkeep.ConfirmFactAside;
import fr.passnumerique.clearing.upkeep.SetAsideReason;
import fr.passnumerique.clearing.upkeep.SetFactAside;
import fr.passnumerique.clearing.upkeep.SettingAside;
import fr.passnumerique.clearing.upkeep.SettingsAsideWaiting;
import fr.passnumerique.clearing.upkeep.Stops;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.RefusalWords;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Letting a projection pass over the fact at which it stands: one person proposes it with a reason,
 * another confirms it, on the same page.
 */
@Controller
final class FactAsidePage {
  private static final String PATH = "/projections/faits-ecartes/{projection}/{position}";

  private final Stops stops;
  private final SettingsAsideWaiting waiting;
  private final Commands commands;
  private final UnaryOperator<String> logins;

  /**
   * @param logins the login of an account's identifier
   */
  FactAsidePage(
      Stops stops, SettingsAsideWaiting waiting, Commands commands, UnaryOperator<String> logins) {
    this.stops = stops;
    this.waiting = waiting;
    this.commands = commands;
    this.logins = logins;
  }

  static String address(String projection, long position) {
    return Address.of(PATH, projection, position);
  }

  @GetMapping(PATH)
  @Permit(Role.CLERK)
  String ask(
      Actor actor,
      @PathVariable("projection") String projection,
      @PathVariable("position") long position,
      Model model) {
    Optional<SettingsAsideWaiting.Waiting> proposed = proposed(projection, position);
    if (proposed.isEmpty() && !stopped(projection).contains(position)) {
      // It goes on, or never stood there: the page of all says how each is doing.
      return "redirect:/projections";
    }
    return show(actor, projection, position, model);
  }

  /** As {@code setFactAside}: sent again it is as it was. */
  @PostMapping(PATH)
  @Permit(Role.CLERK)
  String propose(
      Actor actor,
      @PathVariable("projection") String projection,
      @PathVariable("position") long position,
      @RequestParam("reason") SetAsideReason reason,
      @RequestParam("liftedAt") long liftedAt,
      HttpServletResponse response,
      RedirectAttributes redirected,
      Model model) {
    return decided(
        new SetFactAside(
            projection,
            position,
            reason,
            stopped(projection).contains(position),
            liftedAt,
            actor.account()),
        actor,
        projection,
        position,
        response,
        redirected,
        model);
  }

  /** As {@code confirmFactAside}: the projection goes on by itself. */
  @PostMapping(PATH + "/confirmation")
  @Permit(Role.CLERK)
  String confirm(
      Actor actor,
      @PathVariable("projection") String projection,
      @PathVariable("position") long position,
      @RequestParam("liftedAt") long liftedAt,
      HttpServletResponse response,
      RedirectAttributes redirected,
      Model model) {
    stopped(projection);
    return decided(
        new ConfirmFactAside(projection, position, liftedAt, actor.account()),
        actor,
        projection,
        position,
        response,
        redirected,
        model);
  }

  private String decided(
      Command<SettingAside> command,
      Actor actor,
      String projection,
      long position,
      HttpServletResponse response,
      RedirectAttributes redirected,
      Model model) {
    return switch (commands.send(command, actor)) {
      case Outcome.Recorded<SettingAside>(var answer, _, _) -> {
        redirected.addFlashAttribute("aside", answer.status().name());
        yield "redirect:/projections";
      }
      case Outcome.Refused<SettingAside>(var refusal) -> {
        model.addAttribute("trouble", RefusalWords.of(refusal));
        response.setStatus(Problem.of(refusal).status());
        yield show(actor, projection, position, model);
      }
    };
  }

  private String show(Actor actor, String projection, long position, Model model) {
    Optional<SettingsAsideWaiting.Waiting> proposed = proposed(projection, position);
    long liftedAt =
        proposed
            .map(SettingsAsideWaiting.Waiting::liftedAt)
            .orElseGet(() -> waiting.liftedAt(projection, position));
    model.addAttribute(
        "fact",
        FactAside.of(
            projection,
            position,
            liftedAt,
            proposed,
            proposed.flatMap(_ -> reason(projection, position, liftedAt)),
            logins,
            actor));
    model.addAttribute("reasons", FactAside.REASONS);
    return "fact-aside";
  }

  /** By nobody in particular: what a second person would confirm. */
  private Optional<SetAsideReason> reason(String projection, long position, long liftedAt) {
    return commands.rehearse(new ConfirmFactAside(projection, position, liftedAt, ""))
            instanceof Outcome.Recorded<SettingAside>(var answer, _, _)
        ? Optional.of(answer.reason())
        : Optional.empty();
  }

  private Optional<SettingsAsideWaiting.Waiting> proposed(String projection, long position) {
    return waiting.read().stream()
        .filter(each -> !each.lifts())
        .filter(each -> each.projection().equals(projection) && each.position() == position)
        .findFirst();
  }

  private Set<Long> stopped(String projection) {
    return stops.of(projection).orElseThrow(() -> Problem.notFound("the projection"));
  }
}
