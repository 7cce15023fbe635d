package fr.passnumerique.ui.payee;

import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.payee.PayeeAccount;
import fr.passnumerique.clearing.payee.PayeeAccountEndpoint;
import fr.passnumerique.clearing.payee.Reopening;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;

/**
 * An account is proposed, then confirmed or dropped, whosever it is; the operation says by whom.
 */
final class AccountDeeds {
  private static final String VIEW = "payee-account-deed";

  static final List<Field> RIB =
      List.of(
          Field.text("iban", "IBAN")
              .hint("Celui du RIB, avec ou sans espaces : FR14 2004 1010 0505 0001 3M02 606."),
          Field.text("holder", "Titulaire").hint("Tel qu’il est écrit sur le RIB."),
          Field.choice("reopening", "Réouverture", Reopening.values(), AccountSheet::words)
              .hint("Seulement si la banque a fermé ce même compte : pourquoi y payer de nouveau.")
              .ifAny());

  private AccountDeeds() {}

  /** One of the operations that propose an account. */
  interface Proposal {
    ResponseEntity<Answer<PayeeAccount>> of(PayeeAccountEndpoint.Rib rib, boolean dryRun);
  }

  /** One of the operations that confirm or drop the account which the address names. */
  interface Answering {
    ResponseEntity<Answer<PayeeAccount>> to(
        PayeeAccountEndpoint.ProposedAccount account, boolean dryRun);
  }

  static Deed<Answer<PayeeAccount>> proposing(AccountSheet sheet, Proposal proposal, Model model) {
    model.addAttribute("question", "Proposer un compte bancaire");
    return new Deed<>(
        VIEW,
        RIB,
        (rib, dryRun) ->
            proposal.of(
                new PayeeAccountEndpoint.Rib(
                    rib.text("iban"),
                    rib.text("holder"),
                    rib.given("reopening").map(Reopening::valueOf).orElse(null)),
                dryRun),
        (rib, proposed) ->
            Effect.of("Proposer ce compte")
                .line(sheet.whose().label(), sheet.name())
                .line("IBAN", rib.text("iban"))
                .line("Titulaire", rib.text("holder"))
                .line("Compte en vigueur d’ici là", ends(sheet.inForce()))
                .afterwards(
                    "Un agent de l’opérateur, qui n’est pas vous, le compare au RIB et le confirme."
                        + " Rien n’y est %s avant.".formatted(sheet.whose().done()))
                .already(proposed.already()),
        proposed ->
            new Deed.Done(
                sheet.page(),
                proposed.answer().standing() == PayeeAccount.Standing.IN_FORCE
                    ? "Ce compte est déjà en vigueur."
                    : "Le compte est proposé. Une autre personne le confirme."));
  }

  static Deed<Answer<PayeeAccount>> confirming(
      AccountSheet sheet, String account, Answering confirmation, Model model) {
    model.addAttribute("question", "Confirmer un compte bancaire");
    return new Deed<>(
        VIEW,
        List.of(),
        (_, dryRun) -> confirmation.to(named(account), dryRun),
        (_, confirmed) ->
            told(Effect.of("Confirmer ce compte"), sheet)
                .line("Remplace", ends(sheet.inForce()))
                .afterwards("À comparer au RIB d’abord : %s.".formatted(sheet.whose().next()))
                .already(confirmed.already()),
        _ ->
            new Deed.Done(
                sheet.page(), "Le compte est confirmé : %s.".formatted(sheet.whose().next())));
  }

  static Deed<Answer<PayeeAccount>> dropping(
      AccountSheet sheet, String account, Answering refusal, Model model) {
    AccountSheet.Account proposed = sheet.proposed();
    boolean own = proposed != null && proposed.own();
    model.addAttribute(
        "question", own ? "Retirer ma proposition de compte" : "Écarter un compte proposé");
    return new Deed<>(
        VIEW,
        List.of(),
        (_, dryRun) -> refusal.to(named(account), dryRun),
        (_, dropped) ->
            told(Effect.of(own ? "Retirer ma proposition" : "Écarter ce compte"), sheet)
                .line("Compte en vigueur", ends(sheet.inForce()))
                .afterwards(
                    "Rien n’y sera %s. Un autre compte peut alors être proposé."
                        .formatted(sheet.whose().done()))
                .dangerous()
                .already(dropped.already()),
        dropped ->
            new Deed.Done(
                sheet.page(),
                dropped.answer().standing() == PayeeAccount.Standing.WITHDRAWN
                    ? "Votre proposition est retirée."
                    : "Le compte proposé est écarté."));
  }

  private static Effect told(Effect effect, AccountSheet sheet) {
    AccountSheet.Account proposed = sheet.proposed();
    Effect named = effect.line(sheet.whose().label(), sheet.name());
    return proposed == null
        ? named
        : named
            .line("IBAN", proposed.ends())
            .line("Titulaire", proposed.holder())
            .line("Proposé par", proposed.by())
            .lineIf(
                !proposed.reopening().isEmpty(), "Que la banque avait fermé", proposed.reopening());
  }

  private static String ends(AccountSheet.@Nullable Account account) {
    return account == null ? "Aucun" : account.ends();
  }

  private static PayeeAccountEndpoint.ProposedAccount named(String account) {
    try {
      return new PayeeAccountEndpoint.ProposedAccount(new VaultReference(account));
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the proposed account");
    }
  }
}
