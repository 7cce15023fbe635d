package fr.passnumerique.ui.funder;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.budget.BudgetQuery;
import fr.passnumerique.clearing.budget.BudgetQuery.Budgets;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.calls.ReceiptsQuery;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.Agreements;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.ui.funds.AgreementFunds;
import fr.passnumerique.ui.home.Brought;
import fr.passnumerique.ui.home.HomeFigures;
import fr.passnumerique.ui.home.HomeMoment;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.words.Names;
import java.util.EnumSet;
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

/** The agreements that a funder takes part in, and all of one of them. */
@Controller
final class AgreementPages {
  static final String AGREEMENTS = "/conventions";
  static final String AGREEMENT = AGREEMENTS + "/{agreementId}";

  private static final int RECEIPTS = 12;

  private final Agreements agreements;
  private final BudgetQuery budgets;
  private final CallsQuery calls;
  private final ReceiptsQuery receipts;
  private final HomeFigures figures;
  private final FlowsBeside flows;
  private final Supplier<Names> names;

  /**
   * @param names by which funders are called, looked up anew for each page
   */
  AgreementPages(
      Agreements agreements,
      BudgetQuery budgets,
      CallsQuery calls,
      ReceiptsQuery receipts,
      HomeFigures figures,
      FlowsBeside flows,
      Supplier<Names> names) {
    this.agreements = agreements;
    this.budgets = budgets;
    this.calls = calls;
    this.receipts = receipts;
    this.figures = figures;
    this.flows = flows;
    this.names = names;
  }

  @GetMapping(AGREEMENTS)
  @Permit({CLERK, AUDITOR, FUNDER})
  @Live
  String list(Actor actor, @ModelAttribute AskedTable asked, Model model) {
    Budgets read = budgets.of(actor, null, null);
    List<AgreementLine> lines =
        AgreementLine.of(agreements.of(actor, null).agreements(), read.budgets(), read.today());
    model.addAttribute("t", AgreementLine.COLUMNS.show(AGREEMENTS, lines, asked));
    model.addAttribute("own", actor.role() == FUNDER);
    model.addAttribute("clerk", actor.role() == CLERK);
    return "agreements";
  }

  @GetMapping(AGREEMENT)
  @Permit({CLERK, AUDITOR, FUNDER})
  @Live
  String show(Actor actor, @PathVariable("agreementId") AgreementId agreement, Model model) {
    Agreements.Sheet sheet =
        agreements
            .find(actor, agreement)
            .orElseThrow(() -> Problem.notFound("agreement " + agreement));
    String id = agreement.value();
    Names called = names.get();
    String owner = actor.role() == FUNDER ? actor.subject() : null;
    Filter filter = new Filter(null, owner, id, null, null, null);
    Balances own = figures.read(filter, EnumSet.of(Grouping.AGREEMENT), HomeMoment.NOW);
    Budgets read = budgets.of(actor, null, null);
    ReceiptsQuery.Rows paidIn = receipts.newest(actor, agreement, RECEIPTS);
    AgreementSheet.Terms terms = AgreementSheet.terms(sheet, called);
    model.addAttribute(
        "sheet",
        new AgreementSheet(
            id,
            programme(own, sheet),
            AgreementLine.badge(terms.startsOn(), terms.endsOn(), read.today()),
            terms,
            sheet.versions().size(),
            Brought.of(own.totals()),
            figures.cover(
                new CoverQuery.Filter(Optional.of(id), Optional.ofNullable(owner)),
                own,
                HomeMoment.NOW),
            // Of a funder that only advances shares of others there is no budget.
            BudgetLot.of(read).stream().filter(lot -> lot.row().agreement().equals(id)).toList(),
            CallLine.of(calls.all(actor, agreement, null).calls()),
            paidIn.receipts().stream().map(AgreementSheet.ReceiptLine::of).toList(),
            paidIn.next().isPresent()));
    model.addAttribute("situation", figures.situation(own, HomeMoment.NOW));
    model.addAttribute("spent", Spent.of(flows.beside(own, filter, HomeMoment.NOW)));
    model.addAttribute("own", owner != null);
    model.addAttribute(
        "acts",
        Stream.concat(AgreementFunds.acts(id, actor).stream(), AgreementDeeds.acts(id, actor))
            .toList());
    model.addAttribute("names", called);
    return "agreement";
  }

  private static String programme(Balances read, Agreements.Sheet sheet) {
    @Nullable List<Balances.OfAgreement> rows = read.agreements();
    return rows == null || rows.isEmpty() ? sheet.programme() : rows.getFirst().programmeName();
  }
}
