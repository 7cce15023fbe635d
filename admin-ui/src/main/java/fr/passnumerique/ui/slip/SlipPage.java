package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TextUpload;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipArchive;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SubmitSlip;
import fr.passnumerique.clearing.settlement.SlipList;
import fr.passnumerique.clearing.settlement.SlipPart;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.frame.Camera;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.reversal.ReversalDeeds;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Places;
import fr.passnumerique.ui.words.RefusalWords;
import fr.passnumerique.ui.words.Trouble;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Where a venue writes a slip, tries it, mends it and hands it in. The draft travels with the page,
 * so that a node may be restarted meanwhile. Beside that the session keeps it until it is sent:
 * each step is a page of its own that a browser goes back to, and finds what was typed.
 */
@Controller
final class SlipPage {
  private static final String NEW = "/bordereaux/nouveau";
  private static final String CHECK = "/bordereaux/controle";
  private static final String DRAFT = SlipDraft.class.getName();

  /** Of a thousand lines none is as long; what is longer goes through all the same, unkept. */
  private static final int MOST_KEPT = 250_000;

  private static final SlipDraft.Line NOTHING = new SlipDraft.Line("", "", "", "");

  private static final String SAMPLE =
      """
      \uFEFFChèque;Date du service;Service;Point d’accueil
      00000-0000-000000;31/12/2026;Aide aux démarches administratives;identifiant-du-point
      """;

  private final SlipCounter counter;
  private final SlipArchive archive;
  private final SlipList list;
  private final VenueRegister venues;
  private final Withdrawal withdrawal;

  /** Whether somebody may take a slip back now. */
  @FunctionalInterface
  interface Withdrawal {
    boolean isOpen(String venueId, String reference, Actor asker);
  }

  SlipPage(
      SlipCounter counter,
      SlipArchive archive,
      SlipList list,
      VenueRegister venues,
      Withdrawal withdrawal) {
    this.withdrawal = withdrawal;
    this.counter = counter;
    this.archive = archive;
    this.list = list;
    this.venues = venues;
  }

  /**
   * @param from a slip with rejected lines, to be presented again in this one
   * @param blank whether it begins anew though another was begun
   */
  @GetMapping(NEW)
  @Permit(Role.VENUE)
  String blank(
      Actor actor,
      @RequestParam(name = "lignes-de", defaultValue = "") String from,
      @RequestParam(name = "vide", defaultValue = "false") boolean blank,
      HttpSession session,
      HttpServletResponse response,
      Model model) {
    Optional<SlipDraft> rejected = reference(from).flatMap(named -> rejected(actor, named));
    if (rejected.isPresent()) {
      model.addAttribute("again", from);
      return form(typed(rejected.get()), null, actor, response, model);
    }
    Optional<SlipDraft> begun = blank ? Optional.empty() : begun(session);
    begun.ifPresent(draft -> model.addAttribute("begun", draft.reference()));
    return form(
        begun.map(SlipPage::typed).orElseGet(() -> new Typed("", "", NOTHING)),
        null,
        actor,
        response,
        model);
  }

  /** Their numbers: the last six characters of a code are kept nowhere. */
  private Optional<SlipDraft> rejected(Actor actor, SlipReference reference) {
    return archive
        .find(venue(actor), reference)
        .map(
            found ->
                SlipSheet.of((SlipJudged) found.fact(), found.position(), found.recordedAt(), null))
        .map(
            slip ->
                new SlipDraft(
                    "",
                    slip.rejected().stream()
                        .map(
                            row ->
                                new SlipDraft.Line(
                                    row.cheque().isEmpty() ? "?" : row.cheque(),
                                    row.servedOn().toString(),
                                    row.service(),
                                    row.pointOfService()))
                        .toList()));
  }

  private static Typed typed(SlipDraft draft) {
    return new Typed(draft.reference(), draft.codes(), draft.shared());
  }

  private static Optional<SlipDraft> begun(HttpSession session) {
    return Optional.ofNullable((SlipDraft) session.getAttribute(DRAFT));
  }

  /** Shows what would become of it, on a page that may be gone back to. */
  private String kept(SlipDraft draft, HttpSession session, Actor actor, Model model) {
    if (draft.text().length() > MOST_KEPT) {
      session.removeAttribute(DRAFT);
      return review(counter.examine(venue(actor), draft), actor, model);
    }
    session.setAttribute(DRAFT, draft);
    return "redirect:" + CHECK;
  }

  /** What stands in the fields of the form. */
  record Typed(String reference, String codes, SlipDraft.Line defaults) {}

  /**
   * @param file instead of the codes, if one is chosen
   */
  @PostMapping(NEW)
  @Permit(Role.VENUE)
  String enter(
      Actor actor,
      @RequestParam String reference,
      @RequestParam(defaultValue = "") String codes,
      @RequestParam(defaultValue = "") String servedOn,
      @RequestParam(defaultValue = "") String service,
      @RequestParam(defaultValue = "") String pointOfService,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpSession session,
      HttpServletResponse response,
      Model model) {
    Typed typed =
        new Typed(
            reference.strip(), codes, new SlipDraft.Line("", servedOn, service, pointOfService));
    if (reference(typed.reference()).isEmpty()) {
      return form(typed, badReference(), actor, response, model);
    }
    SlipDraft draft;
    try {
      draft =
          file == null || file.isEmpty()
              ? SlipDraft.typed(typed.reference(), codes, typed.defaults())
              : SlipDraft.uploaded(typed.reference(), TextUpload.decode(file));
    } catch (Problem problem) {
      return form(typed, RefusalWords.of(problem), actor, response, model);
    }
    if (draft.lines().isEmpty()) {
      return form(
          typed,
          Trouble.of(
              "Le bordereau est vide", "Saisissez au moins un code, ou choisissez un fichier."),
          actor,
          response,
          model);
    }
    if (draft.lines().size() > SubmitSlip.MOST_LINES) {
      return form(typed, tooLong(draft.lines().size()), actor, response, model);
    }
    return kept(draft, session, actor, model);
  }

  /** Told before anything is judged: a page of all lines could not be used. */
  private static Trouble tooLong(int lines) {
    French french = new French();
    return Trouble.of(
        "Le bordereau est trop long",
        "Il compte %s, un bordereau %s au plus. Faites-en plusieurs, chacun sous sa référence."
            .formatted(
                french.counted(lines, "ligne", "lignes"), french.count(SubmitSlip.MOST_LINES)));
  }

  private static Trouble badReference() {
    return Trouble.of(
        "La référence ne convient pas",
        "Une référence compte 1 à 40 lettres sans accent, chiffres, points, tirets ou soulignés, et"
            + " commence par une lettre ou un chiffre.");
  }

  /** Of what was typed last; without that, as after it was sent, the form. */
  @GetMapping(CHECK)
  @Permit(Role.VENUE)
  String examined(Actor actor, HttpSession session, Model model) {
    return begun(session)
        .map(draft -> review(counter.examine(venue(actor), draft), actor, model))
        .orElse("redirect:" + NEW);
  }

  /**
   * @param fields {@code reference}, {@code kept}, {@code seen} and {@code action}; and for each
   *     line to mend its fields with the line's number behind, and {@code drop-…} to take it out
   */
  @PostMapping(CHECK)
  @Permit(Role.VENUE)
  String check(
      Actor actor,
      @RequestParam Map<String, String> fields,
      HttpSession session,
      HttpServletResponse response,
      Model model,
      RedirectAttributes redirected) {
    String reference = fields.getOrDefault("reference", "").strip();
    SlipDraft draft = mended(reference, fields);
    if (fields.getOrDefault("action", "").equals("back")) {
      return form(typed(draft), null, actor, response, model);
    }
    Trouble trouble =
        draft.lines().size() > SubmitSlip.MOST_LINES
            ? tooLong(draft.lines().size())
            : reference(reference).isEmpty() ? badReference() : null;
    if (trouble != null) {
      return review(
          new SlipReview(reference, draft.text(), List.of(), 0, false, false, "", trouble),
          actor,
          model);
    }
    VenueId venue = venue(actor);
    if (!fields.getOrDefault("action", "").equals("send")) {
      return kept(draft, session, actor, model);
    }
    return switch (counter.handIn(venue, draft, fields.getOrDefault("seen", ""), actor)) {
      case SlipCounter.Handed.Held(SlipReview held) -> review(held, actor, model);
      case SlipCounter.Handed.Unseen(SlipReview unseen) -> {
        response.setStatus(HttpServletResponse.SC_CONFLICT);
        yield review(unseen, actor, model);
      }
      case SlipCounter.Handed.Taken(SlipReference taken) -> {
        session.removeAttribute(DRAFT);
        redirected.addFlashAttribute("taken", true);
        yield "redirect:" + address(venue, taken.value());
      }
    };
  }

  private static SlipDraft mended(String reference, Map<String, String> fields) {
    List<SlipDraft.Line> lines = new ArrayList<>();
    int number = 1;
    for (SlipDraft.Line line : SlipDraft.kept(reference, fields.getOrDefault("kept", "")).lines()) {
      if (!fields.containsKey("drop-" + number)) {
        lines.add(
            new SlipDraft.Line(
                fields.getOrDefault("cheque-" + number, line.cheque()).strip(),
                fields.getOrDefault("servedOn-" + number, line.servedOn()).strip(),
                fields.getOrDefault("service-" + number, line.service()).strip(),
                fields.getOrDefault("pointOfService-" + number, line.pointOfService()).strip()));
      }
      number++;
    }
    return new SlipDraft(reference, lines);
  }

  /** A table to fill in, as a spreadsheet opens it. */
  @GetMapping("/bordereaux/modele.csv")
  @Permit(Role.VENUE)
  ResponseEntity<byte[]> sample() {
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("bordereau.csv").build().toString())
        .body(SAMPLE.getBytes(StandardCharsets.UTF_8));
  }

  @GetMapping("/lieux/{venueId}/bordereaux/{reference}")
  @Permit(
      value = {Role.VENUE, Role.CLERK, Role.AUDITOR},
      owner = "venueId")
  @Live
  String recorded(
      Actor actor,
      @PathVariable("venueId") String venueId,
      @PathVariable("reference") String reference,
      Model model) {
    RecordedFact found =
        reference(reference)
            .flatMap(named -> venueOf(venueId).flatMap(venue -> archive.find(venue, named)))
            .orElseThrow(() -> Problem.notFound("the slip"));
    SlipJudged slip = (SlipJudged) found.fact();
    model.addAttribute(
        "slip",
        SlipSheet.of(
            slip,
            found.position(),
            found.recordedAt(),
            archive.withdrawnAt(slip.venue(), slip.reference()).orElse(null)));
    List<SlipPart> parts = list.states(slip, found.position());
    model.addAttribute(
        "steps", parts.stream().map(part -> SlipStep.of(part, slip.venue(), actor)).toList());
    model.addAttribute("own", actor.role() == Role.VENUE);
    model.addAttribute(
        "reverse",
        actor.role() == Role.CLERK && slip.acceptedCents() != 0
            ? ReversalDeeds.reverse(venueId, reference)
            : null);
    model.addAttribute(
        "withdraw",
        actor.role() != Role.AUDITOR && withdrawal.isOpen(venueId, reference, actor)
            ? SlipDeeds.withdraw(venueId, reference)
            : null);
    model.addAttribute("places", Places.of(venues.find(venueId)));
    return "slip";
  }

  private String form(
      Typed typed,
      @Nullable Trouble trouble,
      Actor actor,
      HttpServletResponse response,
      Model model) {
    Camera.allow(response);
    model.addAttribute("typed", typed);
    model.addAttribute("trouble", trouble);
    model.addAttribute("places", Places.of(venues.find(actor.subject())));
    return "slip-new";
  }

  private String review(SlipReview review, Actor actor, Model model) {
    if (review.recorded()) {
      return "redirect:" + address(venue(actor), review.reference());
    }
    model.addAttribute("review", review);
    model.addAttribute("places", Places.of(venues.find(actor.subject())));
    return "slip-review";
  }

  private static String address(VenueId venue, String reference) {
    return Address.of("/lieux/{venue}/bordereaux/{reference}", venue, reference);
  }

  private static VenueId venue(Actor actor) {
    return new VenueId(actor.subject());
  }

  private static Optional<VenueId> venueOf(String text) {
    try {
      return Optional.of(new VenueId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<SlipReference> reference(String text) {
    try {
      return Optional.of(new SlipReference(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
