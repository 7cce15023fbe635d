package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.ui.figures.Standings;
import fr.passnumerique.ui.funds.ReceiptDeeds;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.Names;
import fr.passnumerique.ui.words.PostingLinks;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Money that came in, and from there what it was used for. */
@Controller
final class ReceiptPage {
  private static final int SHOWN = 20;

  private final LedgerReader ledger;
  private final PostingsQuery postings;
  private final Standings standings;
  private final Supplier<Names> names;

  ReceiptPage(
      LedgerReader ledger, PostingsQuery postings, Standings standings, Supplier<Names> names) {
    this.ledger = ledger;
    this.postings = postings;
    this.standings = standings;
    this.names = names;
  }

  /** A funder reads its own; what others paid in is as if it were not. */
  @GetMapping("/versements/{receiptId}")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER})
  String receipt(Actor actor, @PathVariable("receiptId") String receiptId, Model model) {
    standings.awaitHead("accounts");
    ToldReceipt told =
        ToldReceipt.of(ledger.asked().tagged("receipt:" + receiptId), actor)
            .orElseThrow(() -> Problem.notFound("the receipt"));
    RecordedFact recorded = told.recorded();
    FundsReceived fact = told.fact();
    List<Posting> drawn =
        postings.drawn(
            fact.agreement().value(), fact.funder().value(), recorded.position(), SHOWN + 1);
    PostingLinks readable =
        PostingLinks.of(actor, postings, drawn.stream().map(Posting::position).toList());
    model.addAttribute(
        "receipt",
        ReceiptSheet.of(
            recorded,
            call(recorded, actor),
            told.entry(),
            drawn.stream()
                .limit(SHOWN)
                .map(use -> ReceiptSheet.Use.of(use, CauseWords.of(use, readable, actor)))
                .toList(),
            credit("/ecritures", fact),
            credit("/api/postings/export", fact),
            drawn.size() > SHOWN,
            names.get(),
            actor));
    model.addAttribute("takenBack", told.takenBackAt());
    model.addAttribute(
        "acts",
        actor.role() == Role.CLERK && told.entry().isEmpty() && told.takenBackAt() == null
            ? List.of(new ThingActs.Act("Retirer ce versement", ReceiptDeeds.takeBack(receiptId)))
            : List.of());
    return "receipt";
  }

  private @Nullable CauseWords call(RecordedFact recorded, Actor actor) {
    FundsReceived fact = (FundsReceived) recorded.fact();
    return fact.reference().stream()
        .flatMap(
            reference ->
                new ThingFacts(ledger)
                    .called(fact.agreement(), recorded.position()).calls().stream()
                        .filter(call -> call.fact().reference().equals(reference)))
        .map(call -> Thing.CALL.link(call.fact().call().value(), actor, true))
        .findFirst()
        .orElse(null);
  }

  /** The postings of the credit that it is part of. */
  private static String credit(String path, FundsReceived fact) {
    return Address.of(
        path + "?agreement={agreement}&funder={funder}&kind=FUNDER_CREDIT",
        fact.agreement(),
        fact.funder());
  }
}
