package fr.passnumerique.ui.funds;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.calls.CallsEndpoint;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;

/** Funders' money for an agreement is called. */
@Controller
final class CallDeeds {
  private static final String CANCEL = "/appels/{callId}/annulation";

  private final CallsEndpoint calls;
  private final AgreementFunds funds;
  private final French french;

  CallDeeds(CallsEndpoint calls, AgreementFunds funds, French french) {
    this.calls = calls;
    this.funds = funds;
    this.french = french;
  }

  @DeedMapping(AgreementFunds.CALL)
  @Permit(Role.CLERK)
  Deed<Answer<FundsCalled>> calling(
      Sent sent, @PathVariable("agreementId") AgreementId agreement, Model model) {
    CallsQuery.CallsForFunds now = funds.of(agreement, sent.by());
    Doing.show(
        model,
        "Appeler des fonds",
        "Pour la convention %s. Un appel demande un versement ; aucun argent ne bouge avant qu’il"
                .formatted(agreement)
            + " n’arrive.",
        AgreementFunds.page(agreement));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfACall(
            funds.funders(
                now,
                share ->
                    share.callableCents() == 0
                        ? "rien à appeler aujourd’hui"
                        : "au plus " + french.money(share.callableCents()))),
        Map.of("call", Field.proposedName("appel", agreement.value())),
        (entries, dryRun) ->
            calls.callFunds(
                new CallsEndpoint.CallBody(
                    entries.as("call", CallId::new),
                    agreement,
                    entries.as("funder", FunderId::new),
                    entries.cents("amountCents"),
                    entries.day("dueOn")),
                dryRun,
                sent.by()),
        (_, call) ->
            Effect.of("Appeler ces fonds")
                .line("Financeur", funds.funder(call.answer().funder()))
                .line("Appelé", french.money(call.answer().amountCents()))
                .line("À payer jusqu’au", french.date(call.answer().dueOn()))
                .line(
                    "Au titre de",
                    switch (call.answer().basis()) {
                      case CEILING -> "Sa part, payée d’avance";
                      case USE -> "Les chèques utilisés";
                    })
                .afterwards(
                    "Le financeur voit l’appel, et la référence que son virement doit porter.")
                .already(call.already()),
        call ->
            new Deed.Done(
                callPage(call.answer().call()),
                AgreementFunds.told(
                    call.already(),
                    "Les fonds sont appelés. Imprimez l’appel, et envoyez-le au financeur.")));
  }

  static List<Field> fieldsOfACall(List<Field.Choice> funders) {
    return List.of(
        Field.choice("funder", "Financeur", funders),
        Field.euros("amountCents", "Montant"),
        Field.day("dueOn", "À payer jusqu’au").hint("Le dernier jour où il est à l’heure."),
        Field.name("call", "Nom de l’appel", CallId::new));
  }

  @DeedMapping(CANCEL)
  @Permit(Role.CLERK)
  Deed<Answer<FundsCallCancelled>> cancellingACall(
      Sent sent, @PathVariable("callId") CallId call, Model model) {
    funds.requireTold("call:" + call);
    String page = callPage(call);
    Doing.show(
        model,
        "Annuler l’appel " + call,
        "Ce qui en reste n’est plus demandé ; ce qui en est payé reste payé.",
        page);
    return new Deed<>(
        Doing.VIEW,
        fieldsOfACancellation(),
        (entries, dryRun) ->
            calls.cancelCall(
                call,
                new CallsEndpoint.CancellationBody(
                    entries.as("reason", FundsCallCancelled.Reason::valueOf)),
                dryRun,
                sent.by()),
        (_, cancelled) ->
            Effect.of("Annuler cet appel")
                .line("Financeur", funds.funder(cancelled.answer().funder()))
                .line("N’est plus demandé", french.money(cancelled.answer().remainingCents()))
                .line("Motif", FundsWords.of(cancelled.answer().reason()))
                .afterwards(
                    "Un virement qui porte sa référence solde alors le plus ancien appel ouvert.")
                .dangerous()
                .already(cancelled.already()),
        _ -> new Deed.Done(page, "L’appel est annulé."));
  }

  static List<Field> fieldsOfACancellation() {
    return List.of(
        Field.choice("reason", "Motif", FundsCallCancelled.Reason.values(), FundsWords::of));
  }

  static String cancel(CallId call) {
    return Address.of(CANCEL, call);
  }

  private static String callPage(CallId call) {
    return Address.of("/appels/{id}", call);
  }
}
