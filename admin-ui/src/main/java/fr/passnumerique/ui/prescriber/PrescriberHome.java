package fr.passnumerique.ui.prescriber;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.registers.RegistersEndpoint;
import fr.passnumerique.projections.registers.StockRegister;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.figures.Standings;
import fr.passnumerique.ui.home.Home;
import fr.passnumerique.ui.home.HomeFigures;
import fr.passnumerique.ui.home.HomeMoment;
import fr.passnumerique.ui.words.French;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.ui.Model;

/** What a prescriber sees first: its stock, how long that lasts, and the way to hand out of it. */
final class PrescriberHome implements Home {
  private static final String[] BALANCES = {HomeFigures.ACCOUNTS, HomeFigures.REGISTERS};
  private static final String[] STOCK = {HomeFigures.REGISTERS};

  private final StockRegister stocks;
  private final BalancesQuery balances;
  private final Standings standings;
  private final RegistersEndpoint registers;
  private final HandOutForms forms;
  private final French french;

  PrescriberHome(
      StockRegister stocks,
      BalancesQuery balances,
      Standings standings,
      RegistersEndpoint registers,
      HandOutForms forms,
      French french) {
    this.stocks = stocks;
    this.balances = balances;
    this.standings = standings;
    this.registers = registers;
    this.forms = forms;
    this.french = french;
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
    StockBoard board = stock(actor.subject(), when);
    model.addAttribute("board", board);
    // What can be done is of now.
    if (when.now() && board.delivered() > 0) {
      model.addAttribute(
          "lasts",
          StockLasts.of(registers.readStockOutlook(actor, OwnPrescriber.of(actor)), french));
      model.addAttribute("handOut", forms.of(actor));
    }
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
