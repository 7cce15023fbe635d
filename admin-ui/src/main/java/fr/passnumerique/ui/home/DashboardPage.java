package fr.passnumerique.ui.home;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.worklist.WorklistQuery;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.registers.StockRegister;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.figures.PageMoment;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.figures.Standings;
import fr.passnumerique.ui.todo.ToDo;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What each role sees first: the operator and auditors everything, the others what is their own.
 */
@Controller
final class DashboardPage {
  private static final int TASKS = 12;
  private static final String[] BALANCES = {"accounts", "registers"};
  private static final String[] STOCK = {"registers"};

  private static final Set<Grouping> OF_A_FUNDER =
      EnumSet.of(
          Grouping.FUNDER,
          Grouping.AGREEMENT,
          Grouping.VENUE,
          Grouping.FUNDING_DEPARTEMENT,
          Grouping.SPENDING_DEPARTEMENT,
          Grouping.FLOW);

  private final BalancesQuery balances;
  private final CoverQuery covers;
  private final VenueRegister venues;
  private final StockRegister stocks;
  private final Standings standings;
  private final WorklistQuery worklist;
  private final Clock clock;
  private final DataSource reader;

  DashboardPage(
      BalancesQuery balances,
      CoverQuery covers,
      VenueRegister venues,
      StockRegister stocks,
      Standings standings,
      WorklistQuery worklist,
      Clock clock,
      DataSource reader) {
    this.balances = balances;
    this.covers = covers;
    this.venues = venues;
    this.stocks = stocks;
    this.standings = standings;
    this.worklist = worklist;
    this.clock = clock;
    this.reader = reader;
  }

  /**
   * @param moment as of which the figures are shown
   * @param shownBefore the rebuild before which they were: of the accounts, and for a prescriber of
   *     the registers. Cover is folded from the ledger, and no rebuild changes it
   */
  @GetMapping("/")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  String dashboard(
      Actor actor,
      @ModelAttribute PageMoment moment,
      @RequestParam(required = false) @Nullable RebuildId shownBefore,
      Model model) {
    Asked when =
        new Asked(
            moment.which(),
            new ShownBefore(shownBefore)
                .generation(reader, actor.role() == PRESCRIBER ? STOCK[0] : BALANCES[0]));
    // What there is to do is of now.
    if (when.now()) {
      model.addAttribute(
          "todo",
          ToDo.Listed.of(worklist.of(actor, null, TASKS), actor, Paris.dayOf(clock.instant())));
    }
    return switch (actor.role()) {
      case CLERK, AUDITOR -> {
        Balances all = read(Filter.ALL, EnumSet.allOf(Grouping.class), when);
        Cover cover = cover(CoverQuery.Filter.ALL, all, when);
        model.addAttribute("dashboard", Dashboard.of(all, cover, situation(all, when), null));
        yield "dashboard";
      }
      case FUNDER -> {
        Balances own = read(Filter.ofFunder(actor.subject()), OF_A_FUNDER, when);
        Cover cover = cover(CoverQuery.Filter.ofFunder(actor.subject()), own, when);
        model.addAttribute(
            "dashboard", Dashboard.of(own, cover, situation(own, when), actor.subject()));
        model.addAttribute("funder", actor.subject());
        yield "dashboard";
      }
      case VENUE -> {
        Balances own =
            read(Filter.ofVenue(actor.subject()), EnumSet.of(Grouping.SPENDING_DEPARTEMENT), when);
        model.addAttribute(
            "board",
            VenueBoard.of(
                actor.subject(), own, situation(own, when), venues.find(actor.subject())));
        yield "dashboard-venue";
      }
      case PRESCRIBER -> {
        model.addAttribute("board", stock(actor.subject(), when));
        yield "dashboard-prescriber";
      }
    };
  }

  /**
   * @param before whose tables answer; null for those of now
   */
  private record Asked(WhichMoment moment, @Nullable Generation before) {
    boolean now() {
      return moment.equals(WhichMoment.NOW) && before == null;
    }
  }

  private StockBoard stock(String prescriber, Asked when) {
    StockRegister shown = stocks.of(when.before());
    if (when.moment().equals(WhichMoment.NOW)) {
      long head = standings.awaitHead(STOCK);
      return StockBoard.of(
          prescriber,
          shown.find(prescriber),
          (at, recordedAt) ->
              when.now()
                  ? standings.of(at, recordedAt, head, STOCK)
                  : Situation.asAsked(at, recordedAt));
    }
    long head = standings.awaitHead(BALANCES);
    return StockBoard.of(
        prescriber,
        when.moment().ask(head, asOf -> shown.find(prescriber, asOf, balances::position)),
        (at, recordedAt) -> Situation.asAsked(at, recordedAt, when.moment().businessDate()));
  }

  private Balances read(Filter filter, Set<Grouping> groupings, Asked when) {
    long head = standings.awaitHead(BALANCES);
    BalancesQuery shown = balances.of(when.before());
    return when.moment().ask(head, asOf -> shown.read(filter, groupings, head, asOf));
  }

  /** Of the position of the figures beside it: what is covered has no business day. */
  private Cover cover(CoverQuery.Filter filter, Balances beside, Asked when) {
    WhichMoment same =
        when.now() ? WhichMoment.NOW : new WhichMoment(beside.position(), null, null);
    return Cover.of(same.ask(0, asOf -> covers.read(filter, asOf)));
  }

  private Situation situation(Balances read, Asked when) {
    return (when.now()
            ? standings.of(read.position(), read.recordedAt(), read.ledgerPosition(), BALANCES)
            : Situation.asAsked(read.position(), read.recordedAt(), read.businessDate()))
        .with(read.caveats());
  }
}
