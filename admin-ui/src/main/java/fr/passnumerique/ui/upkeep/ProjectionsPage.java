package fr.passnumerique.ui.upkeep;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.projections.upkeep.Lags;
import fr.passnumerique.projections.upkeep.Progress;
import fr.passnumerique.projections.upkeep.Rebuilds;
import fr.passnumerique.ui.live.Live;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How far each projection has followed the ledger, and how rebuilds go on. */
@Controller
final class ProjectionsPage {
  private static final int LATEST = 10;

  private final Lags lags;
  private final Rebuilds rebuilds;
  private final Clock clock;

  ProjectionsPage(Lags lags, Rebuilds rebuilds, Clock clock) {
    this.lags = lags;
    this.rebuilds = rebuilds;
    this.clock = clock;
  }

  @GetMapping("/projections")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Live(byItself = true)
  String show(Actor actor, Model model) {
    List<Progress> latest =
        rebuilds.latest(LATEST).stream()
            .map(rebuild -> Progress.of(rebuild, clock.instant()))
            .toList();
    model.addAttribute("decides", actor.role() == Role.CLERK);
    model.addAttribute("board", ProjectionsBoard.of(lags.read(), latest));
    return "projections";
  }
}
