package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.redemption.SlipArchive;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.SlipList;
import fr.passnumerique.clearing.settlement.SlipListEndpoint;
import fr.passnumerique.clearing.settlement.SlipSort;
import fr.passnumerique.clearing.settlement.SlipState;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.frame.Parameter;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.Names;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of slips: a venue's own, with the state of each up to the bank transfer. */
@Controller
final class SlipsPage {
  static final String PATH = "/bordereaux";
  private static final int SHOWN = 25;

  private final SlipListEndpoint slips;
  private final PartiesEndpoint parties;
  private final SlipArchive archive;
  private final Supplier<Names> names;

  SlipsPage(
      SlipListEndpoint slips, PartiesEndpoint parties, SlipArchive archive, Supplier<Names> names) {
    this.slips = slips;
    this.parties = parties;
    this.archive = archive;
    this.names = names;
  }

  /**
   * Texts, since a form sends what nobody has chosen as an empty one.
   *
   * @param reference leads a venue straight to its slip, and finds nothing if it has none of it
   */
  @GetMapping(PATH)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  @Live
  String list(
      Actor actor,
      @RequestParam(defaultValue = "") String reference,
      @RequestParam(defaultValue = "") String venue,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String programme,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "false") boolean withRejected,
      @RequestParam(defaultValue = "NEWEST") SlipSort sort,
      @RequestParam(required = false) @Nullable Long before,
      Model model) {
    boolean own = actor.role() == Role.VENUE;
    String wanted = own ? reference.strip() : "";
    if (sent(actor, wanted)) {
      return "redirect:" + CauseWords.slip(actor.subject(), wanted, actor).page();
    }
    SlipsBoard.Asked asked =
        new SlipsBoard.Asked(
            Problem.shown(wanted),
            own ? "" : venue.strip(),
            Parameter.read("state", state, SlipState::valueOf),
            programme,
            Parameter.read("from", from, LocalDate::parse),
            Parameter.read("to", to, LocalDate::parse),
            withRejected,
            sort);
    SlipList.Rows rows =
        !wanted.isEmpty()
            ? new SlipList.Rows(List.of(), Optional.empty())
            : slips.readSlips(
                actor,
                new SlipList.Filter(
                    Parameter.read("venue", asked.venue(), VenueId::new),
                    asked.state(),
                    Parameter.read("programme", programme, ProgrammeId::new),
                    asked.from(),
                    asked.to(),
                    withRejected ? true : null),
                sort,
                before,
                SHOWN);
    Names names = this.names.get();
    if (!own) {
      names.ahead(rows.slips().stream().map(slip -> slip.venue().value()));
    }
    model.addAttribute(
        "board",
        new SlipsBoard(
            own,
            asked,
            rows.slips().stream()
                .map(slip -> SlipRow.of(slip, own ? id -> id : names::venue, actor))
                .toList(),
            programmes(),
            rows.next().map(asked::page).orElse(null),
            before == null ? null : asked.page(null),
            asked.export()));
    return "slips";
  }

  private boolean sent(Actor actor, String reference) {
    try {
      return !reference.isEmpty()
          && archive.find(new VenueId(actor.subject()), new SlipReference(reference)).isPresent();
    } catch (IllegalArgumentException e) {
      // No slip can be called so.
      return false;
    }
  }

  private Map<String, String> programmes() {
    Map<String, String> names = new LinkedHashMap<>();
    parties
        .readProgrammes()
        .programmes()
        .forEach(programme -> names.put(programme.programme().value(), programme.name()));
    return names;
  }
}
