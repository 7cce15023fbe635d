package fr.passnumerique.ui.ledger;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.accounts.AskedAccounts;
import fr.passnumerique.projections.accounts.Reconciliation;
import fr.passnumerique.projections.accounts.ReconciliationQuery;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.ui.figures.PageMoment;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.figures.Standings;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The co-financing of an agreement, reconciled between its funders. */
@Controller
final class ReconciliationPage {
  private static final String[] BALANCES = {"accounts", "registers"};

  private final ReconciliationQuery reconciliations;
  private final AskedAccounts asked;
  private final Standings standings;
  private final DataSource reader;

  ReconciliationPage(
      ReconciliationQuery reconciliations,
      AskedAccounts asked,
      Standings standings,
      DataSource reader) {
    this.reconciliations = reconciliations;
    this.asked = asked;
    this.standings = standings;
    this.reader = reader;
  }

  /** A funder of the agreement reads it as a whole, as in the API. */
  @GetMapping("/conventions/{agreementId}/rapprochement")
  @Permit({CLERK, AUDITOR, FUNDER})
  String reconciliation(
      Actor actor,
      @PathVariable("agreementId") AgreementId agreement,
      @ModelAttribute PageMoment moment,
      @RequestParam(required = false) @Nullable RebuildId shownBefore,
      Model model) {
    WhichMoment when = moment.which();
    long head = standings.awaitHead(BALANCES);
    Generation generation = new ShownBefore(shownBefore).generation(reader);
    asked.requireAgreement(actor, agreement, generation);
    ReconciliationQuery shown = reconciliations.of(generation);
    Reconciliation read = when.ask(head, asOf -> shown.read(agreement.value(), asOf));
    Situation situation =
        when.equals(WhichMoment.NOW) && generation == null
            ? standings.of(read.position(), read.recordedAt(), head, BALANCES)
            : Situation.asAsked(read.position(), read.recordedAt(), read.businessDate());
    model.addAttribute("sheet", ReconciliationSheet.of(read, situation.with(read.caveats())));
    return "reconciliation";
  }
}
