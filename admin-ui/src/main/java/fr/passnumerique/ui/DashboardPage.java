package fr.passnumerique.ui;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import fr.passnumerique.clearing.worklist.WorklistQuery;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.projections.registers.StockRegister;
import fr.passnumerique.projections.registers.VenueRegister;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * What each role sees first: the operator and auditors everything, the others what is their own.
 */
@Controller
final class DashboardPage {
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

  DashboardPage(
      BalancesQuery balances,
      CoverQuery covers,
      VenueRegister venues,
      StockRegister stocks,
      Standings standings,
      WorklistQuery worklist,
      Clock clock) {
    this.balances = balances;
    this.covers = covers;
    this.venues = venues;
    this.stocks = stocks;
    this.standings = standings;
    this.worklist = worklist;
    this.clock = clock;
  }

  @GetMapping("/")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  String dashboard(Actor actor, Model model) {
    model.addAttribute(
        "todo", ToDo.Listed.of(worklist.of(actor), actor, ParisCalendar.dayOf(clock.instant())));
    return switch (actor.role()) {
      case CLERK, AUDITOR -> {
        Balances all = read(Filter.ALL, EnumSet.allOf(Grouping.class));
        model.addAttribute(
            "dashboard", Dashboard.of(all, cover(CoverQuery.Filter.ALL), situation(all), null));
        yield "dashboard";
      }
      case FUNDER -> {
        Balances own = read(Filter.ofFunder(actor.subject()), OF_A_FUNDER);
        Cover cover = cover(CoverQuery.Filter.ofFunder(actor.subject()));
        model.addAttribute("dashboard", Dashboard.of(own, cover, situation(own), actor.subject()));
        yield "dashboard";
      }
      case VENUE -> {
        Balances own =
            read(Filter.ofVenue(actor.subject()), EnumSet.of(Grouping.SPENDING_DEPARTEMENT));
        model.addAttribute(
            "board",
            VenueBoard.of(actor.subject(), own, situation(own), venues.find(actor.subject())));
        yield "dashboard-venue";
      }
      case PRESCRIBER -> {
        long head = standings.awaitHead(STOCK);
        model.addAttribute(
            "board",
            StockBoard.of(
                actor.subject(),
                stocks.find(actor.subject()),
                (position, recordedAt) -> standings.of(position, recordedAt, head, STOCK)));
        yield "dashboard-prescriber";
      }
    };
  }

  private Balances read(Filter filter, Set<Grouping> groupings) {
    return balances.read(filter, groupings, standings.awaitHead(BALANCES));
  }

  private Cover cover(CoverQuery.Filter filter) {
    return Cover.of(covers.read(filter));
  }

  private Situation situation(Balances read) {
    return standings.of(read.position(), read.recordedAt(), read.ledgerPosition(), BALANCES);
  }
}
