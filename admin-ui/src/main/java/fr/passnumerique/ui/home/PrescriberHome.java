package fr.passnumerique.ui.home;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.registers.StockRegister;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.figures.Standings;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.ui.Model;

/** What a prescriber sees first: its stock. */
final class PrescriberHome implements Home {
  private static final String[] BALANCES = {HomeFigures.ACCOUNTS, HomeFigures.REGISTERS};
  private static final String[] STOCK = {HomeFigures.REGISTERS};

  private final StockRegister stocks;
  private final BalancesQuery balances;
  private final Standings standings;

  PrescriberHome(StockRegister stocks, BalancesQuery balances, Standings standings) {
    this.stocks = stocks;
    this.balances = balances;
    this.standings = standings;
  }

  @Override
  public Set<Role> roles() {
    return EnumSet.of(Role.PRESCRIBER);
  }

  @Override
  public String projection() {
    return HomeFigures.REGISTERS;
  }

  @Override
  public String show(Actor actor, HomeMoment when, Model model) {
    model.addAttribute("board", stock(actor.subject(), when));
    return "dashboard-prescriber";
  }

  private StockBoard stock(String prescriber, HomeMoment when) {
    StockRegister shown = stocks.of(when.before());
    if (when.which().equals(WhichMoment.NOW)) {
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
        when.which().ask(head, asOf -> shown.find(prescriber, asOf, balances::position)),
        (at, recordedAt) -> Situation.asAsked(at, recordedAt, when.which().businessDate()));
  }
}
