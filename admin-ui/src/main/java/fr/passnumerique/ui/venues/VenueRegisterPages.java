package fr.passnumerique.ui.venues;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.projections.histories.ConflictsOfInterest;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.table.ListPart;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The venues that are listed, and the lines of those that handed their cheques out themselves. */
@Controller
final class VenueRegisterPages {
  static final String REGISTER = "/registre-des-lieux";
  static final String CONFLICTS = "/conflits-d-interets";

  /** So many are sorted and searched together. */
  private static final int TOGETHER = 1_000;

  private final VenueRegister venues;
  private final ConflictsOfInterest conflicts;
  private final Supplier<Names> names;
  private final French french;

  VenueRegisterPages(
      VenueRegister venues, ConflictsOfInterest conflicts, Supplier<Names> names, French french) {
    this.venues = venues;
    this.conflicts = conflicts;
    this.names = names;
    this.french = french;
  }

  /**
   * @param name its identifier if it has none that is public
   * @param departements of its points of service
   */
  record VenueRow(
      String id, String name, String departements, int points, Badge label, Badge account) {
    static VenueRow of(VenueRegister.Venue venue, French french) {
      return new VenueRow(
          venue.venue(),
          venue.name().isEmpty() ? venue.venue() : venue.name(),
          venue.pointsOfService().stream()
              .map(VenueRegister.PointOfService::departement)
              .distinct()
              .map(French::departement)
              .collect(Collectors.joining(", ")),
          venue.pointsOfService().size(),
          venue.labelledFrom() == null
              ? Badge.calm("Non labellisé")
              : Badge.good("Labellisé depuis le " + french.date(venue.labelledFrom())),
          !venue.payable()
              ? Badge.warn("Sans SIRET")
              : Boolean.TRUE.equals(venue.accountOpen())
                  ? Badge.good("Ouvert")
                  : Badge.warn("Aucun"));
    }
  }

  static final Columns<VenueRow> VENUES =
      Columns.<VenueRow>of()
          .text("lieu", "Lieu", row -> row.name() + " " + row.id())
          .text("departement", "Départements", VenueRow::departements)
          .number("points", "Points d’accueil", VenueRow::points)
          .text("label", "Label", row -> row.label().words())
          .text("compte", "Compte", row -> row.account().words());

  @GetMapping(REGISTER)
  @Permit({CLERK, AUDITOR})
  String register(
      Actor actor,
      @RequestParam(defaultValue = "") String after,
      @ModelAttribute AskedTable asked,
      Model model) {
    VenueRegister.Page read = venues.read(VenueRegister.Filter.ALL, after, TOGETHER);
    ListPart part = ListPart.byName(REGISTER, after, read.next());
    List<VenueRow> rows = read.venues().stream().map(venue -> VenueRow.of(venue, french)).toList();
    model.addAttribute("clerk", actor.role() == CLERK);
    model.addAttribute("part", part);
    model.addAttribute("table", VENUES.show(part.address(), rows, asked));
    return "venue-register";
  }

  record ConflictRow(ConflictsOfInterest.Case of, String venue, String prescriber, Badge state) {}

  static final Columns<ConflictRow> OF_INTEREST =
      Columns.<ConflictRow>of()
          .text("lieu", "Lieu", row -> row.venue() + " " + row.of().venue())
          .text("bordereau", "Bordereau", row -> row.of().slip())
          .text("cheque", "Chèque", row -> row.of().cheque())
          .text("prescripteur", "Prescripteur", ConflictRow::prescriber)
          .<Instant>order("enregistre", "Enregistré le", row -> row.of().recordedAt())
          .text("etat", "État", row -> row.state().words());

  @GetMapping(CONFLICTS)
  @Permit({CLERK, AUDITOR})
  String conflicts(
      @RequestParam(required = false) @Nullable Long before,
      @ModelAttribute AskedTable asked,
      Model model) {
    ConflictsOfInterest.Page read =
        conflicts.read(Objects.requireNonNullElse(before, Long.MAX_VALUE), TOGETHER);
    ListPart part = ListPart.of(CONFLICTS, before, Optional.ofNullable(read.next()));
    Names known = names.get();
    List<ConflictRow> rows =
        read.cases().stream()
            .map(
                each ->
                    new ConflictRow(
                        each,
                        known.venue(each.venue()),
                        known.prescriber(each.prescriber()),
                        state(each)))
            .toList();
    model.addAttribute("part", part);
    model.addAttribute("table", OF_INTEREST.show(part.address(), rows, asked));
    return "conflicts-of-interest";
  }

  private static Badge state(ConflictsOfInterest.Case of) {
    if (of.withdrawn()) {
      return Badge.calm("Bordereau retiré");
    }
    return of.accepted() ? Badge.warn("Acceptée") : Badge.bad("Refusée");
  }
}
