package fr.passnumerique.ui.home;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.ui.figures.PageMoment;
import fr.passnumerique.ui.table.AskedTable;
import java.util.EnumSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** All rows of a table of which the operator's home shows the first. */
@Controller
final class BalancesPage {
  private final HomeFigures figures;
  private final DataSource reader;

  BalancesPage(HomeFigures figures, DataSource reader) {
    this.figures = figures;
    this.reader = reader;
  }

  /**
   * @param moment as of which the figures are shown
   * @param shownBefore the rebuild of the accounts before which they were
   * @throws Problem 404 if there is no such table
   */
  @GetMapping("/soldes/{table}")
  @Permit({Role.CLERK, Role.AUDITOR})
  String show(
      @PathVariable("table") String path,
      @ModelAttribute PageMoment moment,
      @RequestParam(required = false) @Nullable RebuildId shownBefore,
      @ModelAttribute AskedTable asked,
      Model model) {
    BalanceTable table =
        BalanceTable.named(path).orElseThrow(() -> Problem.notFound("the table of balances"));
    HomeMoment when =
        new HomeMoment(
            moment.which(), new ShownBefore(shownBefore).generation(reader, HomeFigures.ACCOUNTS));
    Balances read = figures.read(Filter.ALL, EnumSet.of(table.grouping()), when);
    return table.show(read, figures.situation(read, when), asked, model);
  }
}
