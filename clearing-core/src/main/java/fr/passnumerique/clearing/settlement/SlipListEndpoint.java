package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of slips: of all venues for clerks and auditors, a venue's own for it. */
@RestController
@RequestMapping("/api/slips")
public final class SlipListEndpoint {
  private static final int LONGEST_PAGE = 200;

  /**
   * A part of a slip, with the slip that it is of.
   *
   * @param first of the slip's parts: what is of the whole slip stands there once, or a column of
   *     it would sum to more than there is
   */
  private record Told(SlipList.Row slip, SlipPart part, boolean first) {
    private <V> @Nullable V once(Function<SlipList.Row, V> value) {
      return first ? value.apply(slip) : null;
    }
  }

  private static final Table<SlipList.Row> SLIPS =
      Table.<SlipList.Row>of()
          .code("venue", "Lieu", row -> row.venue().value())
          .code("reference", "Bordereau", row -> row.reference().value())
          .count("position", "Position", SlipList.Row::position)
          .instant("presentedAt", "Présenté le", SlipList.Row::presentedAt);

  private static final Table<SlipPart> PARTS =
      Table.<SlipPart>of()
          .text("state", "État", part -> part.state().name(), part -> part.state().label())
          .code(
              "programme",
              "Dispositif",
              part -> part.programme().map(Object::toString).orElse(null))
          .cents("cents", "Montant", SlipPart::cents)
          .cents("reversedCents", "Dont à rendre", SlipPart::reversedCents)
          .code("run", "Règlement", part -> part.runId().map(Object::toString).orElse(null))
          .code(
              "transfer", "Virement", part -> part.transferId().map(Object::toString).orElse(null))
          .code("reason", "Motif", part -> part.reason().orElse(null))
          .day("on", "Le", part -> part.on().orElse(null));

  private static final Table<Told> TABLE =
      Table.<Told>of()
          .all(SLIPS, Told::slip)
          .count("accepted", "Lignes acceptées", told -> told.once(row -> (long) row.accepted()))
          .count("refused", "Lignes rejetées", told -> told.once(row -> (long) row.refused()))
          .cents("acceptedCents", "Accepté", told -> told.once(SlipList.Row::acceptedCents))
          .all(PARTS, Told::part);

  private final SlipList slips;
  private final ListedVenues venues;

  SlipListEndpoint(SlipList slips, ListedVenues venues) {
    this.slips = slips;
    this.venues = venues;
  }

  @GetMapping
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  @Operation(
      operationId = "readSlips",
      summary = "The slips, and how far the money of each is on its way",
      description =
          """
          A slip has several `states` where its money goes several ways: it has cheques of two \
          programmes, a part of it was netted or reversed. Their `cents` sum to `acceptedCents`. \
          `reversedCents` of a state are of lines that were reversed since a run took them: the \
          venue owes them back once it has them. They are told until a released run has netted \
          them or a debit note asks for them. `GIVEN_BACK` is below zero: a lifted reversal has \
          the venue owed again what it had given back. A venue reads its own.\
          """)
  public SlipList.Rows readSlips(
      Actor actor,
      @ModelAttribute SlipList.Filter filter,
      @Parameter(description = "In which order, on all pages")
          @RequestParam(defaultValue = "NEWEST")
          SlipSort sort,
      @Parameter(
              description =
                  "What the page before, in the same order, names as next; left out for the first")
          @RequestParam(required = false)
          @Nullable Long before,
      @Parameter(description = "Slips a page, at most 200") @RequestParam(defaultValue = "50")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    return slips.page(own(actor, filter), sort, before, limit);
  }

  @TableExport(
      path = "/export",
      operationId = "exportSlips",
      summary = "The slips of readSlips as a file, all of them: a row for each state of each",
      description =
          """
          What is of the whole slip, `accepted`, `refused` and `acceptedCents`, stands in its \
          first row and is empty in the others, so that columns can be summed.\
          """)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  void exportSlips(Actor actor, @ModelAttribute SlipList.Filter filter, TableDownload file)
      throws IOException {
    SlipList.Filter own = own(actor, filter);
    file.send(
        TABLE,
        row ->
            NewestPage.each(
                before -> slips.page(own, SlipSort.NEWEST, before, LONGEST_PAGE),
                SlipList.Rows::slips,
                SlipList.Rows::next,
                slip -> {
                  for (int i = 0; i < slip.states().size(); i++) {
                    row.accept(new Told(slip, slip.states().get(i), i == 0));
                  }
                }),
        "bordereaux");
  }

  private SlipList.Filter own(Actor actor, SlipList.Filter filter) {
    return filter.whose(venues.whose(actor, filter.venue()));
  }
}
