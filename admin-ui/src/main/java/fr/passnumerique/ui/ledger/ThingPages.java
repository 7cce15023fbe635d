package fr.passnumerique.ui.ledger;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.ui.figures.PageMoment;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.figures.Standings;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * What a fact is about, one page each: all that is recorded of it, at any moment, and from there on
 * to what that names. What is another's is as if it were not.
 */
@Controller
final class ThingPages {
  private static final int SHOWN = 50;

  private final ThingFacts facts;
  private final LedgerReader ledger;
  private final BalancesQuery balances;
  private final Standings standings;
  private final Supplier<Names> names;
  private final List<ThingActs> acts;
  private final French french;

  ThingPages(
      LedgerReader ledger,
      BalancesQuery balances,
      Standings standings,
      Supplier<Names> names,
      List<ThingActs> acts,
      French french) {
    this.facts = new ThingFacts(ledger);
    this.ledger = ledger;
    this.balances = balances;
    this.standings = standings;
    this.names = names;
    this.acts = List.copyOf(acts);
    this.french = french;
  }

  /**
   * Which of its facts are shown.
   *
   * @param after position of the last fact of the page before
   */
  record Asked(
      @Nullable Long asOfPosition,
      @Nullable Instant asOf,
      @Nullable Long position,
      @Nullable Long after) {
    WhichMoment when() {
      return PageMoment.of(asOfPosition, asOf, null, position);
    }
  }

  @GetMapping({
    Thing.BANK_ENTRIES,
    Thing.ORDERS,
    Thing.BATCHES,
    Thing.ACTIVATIONS,
    Thing.DELIVERIES,
    Thing.OPPOSITIONS,
    Thing.REFUND_ORDERS
  })
  @Permit({CLERK, AUDITOR})
  String ofTheOperator(
      Actor actor,
      @PathVariable("id") String id,
      @ModelAttribute Asked asked,
      HttpServletRequest request,
      Model model) {
    return show(id, id, actor, asked, request, model);
  }

  @GetMapping({Thing.HAND_OUTS, Thing.CORRECTIONS})
  @Permit({CLERK, AUDITOR})
  String ofAPrescriber(
      Actor actor,
      @PathVariable("prescriber") String prescriber,
      @PathVariable("id") String id,
      @ModelAttribute Asked asked,
      HttpServletRequest request,
      Model model) {
    return show(prescriber + "/" + id, id, actor, asked, request, model);
  }

  @GetMapping({Thing.FUNDS_TRANSFERS, Thing.CALLS, Thing.CREDIT_NOTES})
  @Permit({CLERK, AUDITOR, FUNDER})
  String ofAFunder(
      Actor actor,
      @PathVariable("id") String id,
      @ModelAttribute Asked asked,
      HttpServletRequest request,
      Model model) {
    return show(id, id, actor, asked, request, model);
  }

  @GetMapping({Thing.REVERSALS, Thing.DEBIT_NOTES})
  @Permit({CLERK, AUDITOR, VENUE})
  String ofAVenue(
      Actor actor,
      @PathVariable("id") String id,
      @ModelAttribute Asked asked,
      HttpServletRequest request,
      Model model) {
    return show(id, id, actor, asked, request, model);
  }

  /**
   * @param named by its facts
   */
  private String show(
      String named, String id, Actor actor, Asked asked, HttpServletRequest request, Model model) {
    Thing thing = Thing.at(request);
    WhichMoment when = asked.when();
    boolean now = when.equals(WhichMoment.NOW);
    long until =
        now ? ledger.head() : when.ask(standings.awaitHead("accounts"), balances::position);
    ThingFacts.Found found =
        facts
            .find(thing, named, until, actor)
            .orElseThrow(() -> Problem.notFound("what is asked for"));
    long after = asked.after() == null ? 0 : asked.after();
    List<RecordedFact> page = facts.page(found, after, until, SHOWN + 1);
    List<RecordedFact> shown = page.subList(0, Math.min(SHOWN, page.size()));
    Names known = names.get();
    ThingDetails details =
        new ThingDetails(
            found.head().stream()
                .map(RecordedFact::fact)
                .filter(fact -> ThingFacts.tells(fact, actor))
                .toList(),
            known,
            actor);
    Situation situation =
        now
            ? new Situation(until, recordedAt(until), 0, false)
            : Situation.asAsked(until, recordedAt(until));
    String address = request.getRequestURI().substring(request.getContextPath().length());
    ThingActs.Shown acted =
        new ThingActs.Shown(thing, id, found.head().stream().map(RecordedFact::fact).toList());
    // What can be done is done now: of a moment that is past nothing is.
    model.addAttribute(
        "acts",
        now ? acts.stream().flatMap(each -> each.of(acted, actor).stream()).toList() : List.of());
    model.addAttribute(
        "papers",
        Paper.of(
            thing,
            found.head().stream().map(RecordedFact::fact).toList(),
            facts::batch,
            actor,
            french));
    model.addAttribute(
        "sheet",
        new ThingSheet(
            situation,
            thing.words(),
            id,
            details.state(thing).orElse(null),
            details.cents().orElse(null),
            details.rows(thing).stream().filter(row -> !address.equals(row.page())).toList(),
            shown.stream()
                .filter(recorded -> ThingFacts.tells(recorded.fact(), actor))
                .map(
                    recorded ->
                        ThingSheet.Step.of(recorded, fact -> told(fact, address, known, actor)))
                .toList(),
            actor.role() == CLERK || actor.role() == AUDITOR,
            address,
            page.size() > SHOWN
                ? address
                    + "?after="
                    + shown.getLast().position()
                    + (now ? "" : "&" + situation.query())
                : null));
    return "thing";
  }

  /** Without links to the page itself, and without what is others' of a movement. */
  private static Told told(Fact fact, String address, Names names, Actor actor) {
    return Stream.of(
            new ToldCheques(names, actor).of(fact),
            new ToldFunds(names, actor).of(fact),
            new ToldBank(names, actor).of(fact),
            new ToldReversals(names, actor).of(fact))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(Told.NOTHING)
        .to(actor)
        .without(address);
  }

  private @Nullable Instant recordedAt(long position) {
    return position == 0 ? null : ledger.read(position - 1, 1).getFirst().recordedAt();
  }
}
