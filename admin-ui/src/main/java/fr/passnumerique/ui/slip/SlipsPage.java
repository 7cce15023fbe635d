package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.SlipList;
import fr.passnumerique.clearing.settlement.SlipListEndpoint;
import fr.passnumerique.clearing.settlement.SlipState;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.words.CauseWords;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of slips: a venue's own, with the state of each up to the bank transfer. */
@Controller
final class SlipsPage {
  private static final String PATH = "/bordereaux";
  private static final int SHOWN = 25;

  private final SlipListEndpoint slips;
  private final PartiesEndpoint parties;

  SlipsPage(SlipListEndpoint slips, PartiesEndpoint parties) {
    this.slips = slips;
    this.parties = parties;
  }

  /**
   * Texts, since a form sends what nobody has chosen as an empty one.
   *
   * @param reference leads a venue straight to its slip
   */
  @GetMapping(PATH)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  String list(
      Actor actor,
      @RequestParam(defaultValue = "") String reference,
      @RequestParam(defaultValue = "") String venue,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String programme,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(required = false) @Nullable Long before,
      Model model) {
    boolean own = actor.role() == Role.VENUE;
    Optional<String> found =
        own ? named(reference.strip()).flatMap(slip -> page(actor, slip)) : Optional.empty();
    if (found.isPresent()) {
      return "redirect:" + found.get();
    }
    SlipsBoard.Asked asked =
        new SlipsBoard.Asked(
            own ? "" : venue.strip(),
            read("state", state, SlipState::valueOf),
            programme,
            read("from", from, LocalDate::parse),
            read("to", to, LocalDate::parse));
    SlipList.Rows rows =
        slips.readSlips(
            actor,
            new SlipList.Filter(
                read("venue", asked.venue(), VenueId::new),
                asked.state(),
                read("programme", programme, ProgrammeId::new),
                asked.from(),
                asked.to()),
            before,
            SHOWN);
    model.addAttribute(
        "board",
        new SlipsBoard(
            own,
            asked,
            rows.slips().stream().map(slip -> SlipRow.of(slip, actor)).toList(),
            programmes(),
            rows.next().map(next -> asked.address(PATH, next)).orElse(null),
            before == null ? null : asked.address(PATH, null),
            asked.address("/api/slips/export", null)));
    return "slips";
  }

  private Map<String, String> programmes() {
    Map<String, String> names = new LinkedHashMap<>();
    parties
        .readProgrammes()
        .programmes()
        .forEach(programme -> names.put(programme.programme().value(), programme.name()));
    return names;
  }

  private static Optional<String> page(Actor actor, SlipReference reference) {
    return Optional.ofNullable(CauseWords.slip(actor.subject(), reference.value(), actor).page());
  }

  private static Optional<SlipReference> named(String text) {
    try {
      return Optional.of(new SlipReference(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * @return null for an empty text
   */
  private static <T> @Nullable T read(String name, String text, Function<String, T> as) {
    try {
      return text.isEmpty() ? null : as.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      String rule = "the parameter %s cannot be read".formatted(name);
      throw Problem.badRequest(
          "INVALID_PARAMETER",
          rule + "; correct the value",
          List.of(Problem.Fault.of(name, Problem.shown(text), rule, "correct the value")));
    }
  }
}
