package fr.passnumerique.ui.funds;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundingEndpoint;
import fr.passnumerique.clearing.funding.FundsTransferId;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.TransferFunds;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.giveback.GiveBackCredit;
import fr.passnumerique.clearing.giveback.GiveBackEndpoint;
import fr.passnumerique.clearing.giveback.GiveBackId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
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

/** What no cheque asks for of funders' money stands for another agreement, or goes back. */
@Controller
public final class FreeFundsDeeds {
  private static final String CANCEL = "/restitutions/{giveBackId}/annulation";

  private final FundingEndpoint funding;
  private final GiveBackEndpoint giveBacks;
  private final AgreementFunds funds;
  private final LedgerReader ledger;
  private final French french;

  FreeFundsDeeds(
      FundingEndpoint funding,
      GiveBackEndpoint giveBacks,
      AgreementFunds funds,
      LedgerReader ledger,
      French french) {
    this.funding = funding;
    this.giveBacks = giveBacks;
    this.funds = funds;
    this.ledger = ledger;
    this.french = french;
  }

  // -- have it stand for another agreement

  @DeedMapping(AgreementFunds.TRANSFER)
  @Permit(Role.CLERK)
  Deed<Answer<FundsTransferred>> transferring(
      Sent sent, @PathVariable("agreementId") AgreementId agreement, Model model) {
    CallsQuery.CallsForFunds here = funds.of(agreement, sent.by());
    Doing.show(
        model,
        "Transférer des fonds libres",
        "De la convention %s à une autre du même financeur. Rien ne bouge à la banque."
            .formatted(agreement),
        AgreementFunds.page(agreement));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfATransfer(funds.funders(here, _ -> ""), funds.payingFor(here.shares(), sent.by())),
        Map.of("transfer", Field.proposedName("transfert", agreement.value())),
        (entries, dryRun) ->
            funding.transferFunds(
                new TransferFunds(
                    entries.as("transfer", FundsTransferId::new),
                    entries.as("funder", FunderId::new),
                    agreement,
                    entries.as("to", AgreementId::new),
                    entries.cents("amountCents")),
                dryRun,
                sent.by()),
        (_, moved) ->
            Effect.of("Transférer ces fonds")
                .line("Financeur", funds.funder(moved.answer().funder()))
                .line("Transféré", french.money(moved.answer().amountCents()))
                .line("À la convention", moved.answer().to().value())
                .lineIf(
                    moved.answer().repaid().isPresent(),
                    "Dont remboursé à qui l’avait avancé",
                    moved.answer().repaid().map(each -> french.money(each.cents())).orElse(""))
                .afterwards("Il y compte comme un versement, et solde les plus anciens appels.")
                .already(moved.already()),
        moved ->
            new Deed.Done(
                Address.of("/transferts/{id}", moved.answer().transfer()),
                AgreementFunds.told(moved.already(), "Les fonds sont transférés.")));
  }

  static List<Field> fieldsOfATransfer(List<Field.Choice> funders, List<Field.Choice> agreements) {
    return List.of(
        Field.choice("funder", "Financeur", funders),
        Field.choice("to", "À la convention", agreements)
            .hint("La même, pour que son crédit y paie ce qu’il doit pour des chèques utilisés."),
        Field.euros("amountCents", "Montant").hint("Jamais plus que ce qui est libre."),
        Field.name("transfer", "Nom du transfert", FundsTransferId::new));
  }

  // -- give back

  @DeedMapping(AgreementFunds.GIVE_BACK)
  @Permit(Role.CLERK)
  Deed<Answer<GiveBackCredit.Given>> givingBack(
      Sent sent, @PathVariable("agreementId") AgreementId agreement, Model model) {
    Doing.show(
        model,
        "Rendre des fonds libres",
        "Pour la convention %s : ce qu’un financeur a versé, et qu’aucun chèque ne demande."
            .formatted(agreement),
        AgreementFunds.page(agreement));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfAGiveBack(funds.funders(funds.of(agreement, sent.by()), _ -> "")),
        Map.of("giveBack", Field.proposedName("rendu", agreement.value())),
        (entries, dryRun) ->
            giveBacks.giveBackCredit(
                new GiveBackEndpoint.Body(
                    entries.as("giveBack", GiveBackId::new),
                    agreement,
                    entries.as("funder", FunderId::new),
                    entries.cents("amountCents")),
                dryRun,
                sent.by()),
        (_, given) ->
            Effect.of("Rendre ces fonds")
                .line("Financeur", funds.funder(given.answer().funder()))
                .line("Rendu", french.money(given.answer().amountCents()))
                .afterwards(
                    "Un avoir est émis. Une personne ordonne son remboursement, une autre le"
                        + " libère ; rien ne quitte le compte avant.")
                .already(given.already()),
        given ->
            new Deed.Done(
                notePage(given.answer().creditNote()),
                given.answer().cancelledAt().isPresent()
                    ? "Cette restitution a été annulée depuis : donnez un autre nom à une nouvelle."
                    : AgreementFunds.told(
                        given.already(), "L’avoir est émis : ordonnez son remboursement.")));
  }

  static List<Field> fieldsOfAGiveBack(List<Field.Choice> funders) {
    return List.of(
        Field.choice("funder", "Financeur", funders),
        Field.euros("amountCents", "Montant").hint("Jamais plus que ce qui est libre."),
        Field.name("giveBack", "Nom de la restitution", GiveBackId::new));
  }

  @DeedMapping(CANCEL)
  @Permit(Role.CLERK)
  Deed<Answer<GiveBackCancelled>> cancellingAGiveBack(
      Sent sent, @PathVariable("giveBackId") GiveBackId giveBack, Model model) {
    String tag = "give-back:" + giveBack;
    CreditNoteId note =
        ledger.tagged(tag).stream()
            .map(RecordedFact::fact)
            .filter(CreditGivenBack.class::isInstance)
            .map(CreditGivenBack.class::cast)
            .findFirst()
            .orElseThrow(() -> Problem.notFound(tag))
            .creditNote();
    Doing.show(
        model,
        "Annuler la restitution " + giveBack,
        "Son avoir ne sera pas remboursé : ces fonds sont de nouveau libres.",
        notePage(note));
    return new Deed<>(
        Doing.VIEW,
        List.of(),
        (_, dryRun) -> giveBacks.cancelGiveBack(giveBack, dryRun, sent.by()),
        (_, cancelled) ->
            Effect.of("Annuler cette restitution")
                .line("Financeur", funds.funder(cancelled.answer().funder()))
                .line("De nouveau libre", french.money(cancelled.answer().amountCents()))
                .afterwards("Ce que le financeur doit pour des chèques utilisés en est payé.")
                .dangerous()
                .already(cancelled.already()),
        cancelled ->
            new Deed.Done(
                notePage(cancelled.answer().creditNote()), "La restitution est annulée."));
  }

  public static String cancel(GiveBackId giveBack) {
    return Address.of(CANCEL, giveBack);
  }

  private static String notePage(CreditNoteId note) {
    return Address.of("/avoirs/{id}", note);
  }
}
