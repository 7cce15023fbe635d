package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.settlement.Releasable;
import fr.passnumerique.clearing.settlement.RemittanceAdvice;
import fr.passnumerique.clearing.settlement.RemittanceAdvices;
import fr.passnumerique.clearing.settlement.RunList;
import fr.passnumerique.clearing.settlement.RunPage;
import fr.passnumerique.clearing.settlement.SettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRuns;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.ui.ledger.MoneyIn;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.payee.PayeeAccountPages;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.Names;
import fr.passnumerique.ui.words.PostingLinks;
import fr.passnumerique.ui.words.RefusalWords;
import fr.passnumerique.ui.words.TransferWords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * From a settlement run to its transfers, from each to the lines that it pays, to what the bank did
 * with it, and to the receipts whose money it is.
 */
@Controller
final class SettlementPages {
  private static final int SHOWN = 100;

  /** Fewer: each row has links to its slip and its cheque, which take longer to draw. */
  private static final int LINES = 50;

  private static final int RECEIPTS = 5;

  private final RunList list;
  private final SettlementRuns runs;
  private final RemittanceAdvices advices;
  private final RunSheets sheets;
  private final Releasable releasable;
  private final LedgerReader ledger;
  private final PostingsQuery postings;
  private final Supplier<Names> names;

  SettlementPages(
      RunList list,
      SettlementRuns runs,
      RunSheets sheets,
      Releasable releasable,
      RemittanceAdvices advices,
      LedgerReader ledger,
      PostingsQuery postings,
      Supplier<Names> names) {
    this.list = list;
    this.runs = runs;
    this.sheets = sheets;
    this.releasable = releasable;
    this.advices = advices;
    this.ledger = ledger;
    this.postings = postings;
    this.names = names;
  }

  @GetMapping("/reglements")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Live
  String runs(Actor actor, @RequestParam(required = false) @Nullable Long before, Model model) {
    model.addAttribute("board", RunsBoard.of(list.newest(before, SHOWN), actor));
    return "runs";
  }

  @GetMapping("/reglements/{runId}")
  @Permit({Role.CLERK, Role.AUDITOR})
  @Live
  String run(
      Actor actor,
      @PathVariable("runId") String runId,
      @RequestParam(defaultValue = "0") int after,
      @RequestParam(name = "reportes", defaultValue = "0") int afterCarried,
      Model model) {
    PageSize.require(after, SHOWN, SHOWN);
    PageSize.require(afterCarried, SHOWN, SHOWN);
    RunSheet.Shown shown = new RunSheet.Shown(after, SHOWN, afterCarried, SHOWN);
    RunPage found = sheets.find(runId, shown);
    model.addAttribute("run", sheets.of(found, shown, actor));
    if (found.run().stage() == SettlementRun.Stage.OPENED) {
      releasable
          .refusal(new SettlementRunId(runId))
          .ifPresent(
              refused ->
                  model.addAttribute(
                      "unreleasable",
                      RefusalWords.of(refused).under("Sa libération serait refusée")));
    }
    return "run";
  }

  @GetMapping(TransferDeeds.TRANSFER)
  @Permit({Role.CLERK, Role.AUDITOR})
  @Live
  String transfer(
      Actor actor,
      @PathVariable("runId") String runId,
      @PathVariable("transferId") String transferId,
      @RequestParam(defaultValue = "0") int after,
      Model model) {
    PageSize.require(after, LINES, LINES);
    SettlementRuns.FoundTransfer found = find(runId, transferId);
    SettlementRun.Order order = found.order();
    Names names = this.names.get();
    Optional<RemittanceAdvice> advice =
        found.released() ? advice(runId, transferId, after) : Optional.empty();
    List<TransferWords.Step> steps = TransferWords.steps(ledger.tagged("transfer:" + transferId));
    model.addAttribute("acts", acts(actor, runId, found, steps));
    model.addAttribute(
        "transfer",
        new TransferSheet(
            runId,
            String.valueOf(CauseWords.run(runId, actor).page()),
            transferId,
            found.position(),
            TransferWords.state(order.state()),
            order.amountCents(),
            found.executionOn(),
            order.venues().stream().map(names::venue).toList(),
            order.slips().stream().map(slip -> slip(slip, names, actor)).toList(),
            steps,
            money(found, names, actor),
            advice.map(RemittanceAdvice::lineCount).orElse(0),
            advice.map(RemittanceAdvice::lines).orElse(List.of()).stream()
                .map(line -> line(line, names, actor))
                .toList(),
            advice.flatMap(RemittanceAdvice::next).map(Integer::valueOf).orElse(null),
            switch (order.state()) {
              case REJECTED, RETURNED ->
                  order.venues().stream()
                      .map(
                          venue ->
                              new CauseWords(
                                  "Compte de",
                                  names.venue(venue),
                                  PayeeAccountPages.ofVenue(venue)))
                      .toList();
              case ORDERED, EXECUTED, CONFIRMED, CANCELLED -> List.of();
            }));
    return "transfer";
  }

  /** Of what the bank has shown, nothing is taken back by hand. */
  private static List<ThingActs.Act> acts(
      Actor reader,
      String run,
      SettlementRuns.FoundTransfer found,
      List<TransferWords.Step> steps) {
    SettlementRun.Order order = found.order();
    if (reader.role() != Role.CLERK || !found.released()) {
      return List.of();
    }
    ThingActs.Act takeBack =
        new ThingActs.Act(
            "Retirer la confirmation",
            TransferDeeds.takeBack(run, order.transfer(), order.endedOn()));
    boolean shown = steps.stream().anyMatch(step -> step.booked() != null);
    return switch (order.state()) {
      // Before it has the file the bank has heard of nothing.
      case ORDERED ->
          found.handedOut()
              ? List.of(
                  new ThingActs.Act("Confirmer", TransferDeeds.confirm(run, order.transfer())),
                  new ThingActs.Act("Saisir un rejet", TransferDeeds.reject(run, order.transfer())))
              : List.of();
      case EXECUTED ->
          List.of(
              new ThingActs.Act("Confirmer", TransferDeeds.confirm(run, order.transfer())),
              takeBack);
      case CONFIRMED -> shown ? List.of() : List.of(takeBack);
      case REJECTED, RETURNED, CANCELLED -> List.of();
    };
  }

  private SettlementRuns.FoundTransfer find(String runId, String transferId) {
    try {
      return runs.find(new SettlementRunId(runId), new TransferId(transferId))
          .orElseThrow(() -> Problem.notFound("the transfer"));
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the transfer");
    }
  }

  /** Nothing is paid, and no line is told, before the run is released. */
  private Optional<RemittanceAdvice> advice(String run, String transfer, int after) {
    return advices.page(
        new RemittanceAdvices.Asked(
            new SettlementRunId(run), Optional.empty(), Optional.of(new TransferId(transfer))),
        after,
        LINES);
  }

  private List<TransferSheet.Pool> money(
      SettlementRuns.FoundTransfer found, Names names, Actor actor) {
    return TransferSheet.owned(found.ordered()).entrySet().stream()
        .map(
            owned ->
                new TransferSheet.Pool(
                    owned.getKey().agreement(),
                    names.funder(owned.getKey().owner()),
                    owned.getValue(),
                    Address.of(
                        "/ecritures?agreement={agreement}&funder={funder}&kind=FUNDER_CREDIT",
                        owned.getKey().agreement(),
                        owned.getKey().owner()),
                    receipts(owned.getKey(), found.position(), names, actor)))
        .toList();
  }

  private List<MoneyIn> receipts(TransferSheet.Owned of, long position, Names names, Actor actor) {
    List<Posting> arrived =
        postings.arrived("FundsReceived", of.agreement(), of.owner(), position, RECEIPTS);
    PostingLinks readable =
        PostingLinks.of(actor, postings, arrived.stream().map(Posting::position).toList());
    Map<String, Long> takenBack =
        arrived.isEmpty() ? Map.of() : postings.takenBack(of.agreement(), of.owner());
    return arrived.stream().map(came -> MoneyIn.of(came, takenBack, readable, names)).toList();
  }

  private TransferSheet.Slip slip(SettlementRun.Slip slip, Names names, Actor actor) {
    return new TransferSheet.Slip(
        CauseWords.slip(slip.venue(), slip.reference(), actor),
        names.venue(slip.venue()),
        slip.cents(),
        slip.payBy().orElse(null),
        slip.late());
  }

  private TransferSheet.Line line(RemittanceAdvice.Line line, Names names, Actor actor) {
    return new TransferSheet.Line(
        line.cheque(),
        CauseWords.slip(line.venue(), line.slip(), actor),
        line.line(),
        line.servedOn(),
        names.point(line.venue(), line.pointOfService()),
        TransferSheet.state(line.state()),
        line.cents());
  }
}
