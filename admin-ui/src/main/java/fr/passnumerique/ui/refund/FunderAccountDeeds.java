package fr.passnumerique.ui.refund;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.payee.PayeeAccount;
import fr.passnumerique.clearing.payee.PayeeAccountEndpoint;
import fr.passnumerique.clearing.payee.PayeeAccounts;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.Deeds;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.Names;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Where a funder is refunded. Which account is confirmed or refused stands in the address: another
 * one that is proposed meanwhile is not confirmed by a page that showed the first.
 */
@Controller
public final class FunderAccountDeeds {
  private static final String ONE = "/financeurs/{funderId}/compte";
  private static final String PROPOSE = ONE + "/proposition";
  private static final String CONFIRM = ONE + "/{account}/confirmation";
  private static final String DROP = ONE + "/{account}/refus";

  private final PayeeAccountEndpoint accounts;
  private final Supplier<Names> names;
  private final Deeds deeds;

  FunderAccountDeeds(PayeeAccountEndpoint accounts, Supplier<Names> names, Deeds deeds) {
    this.accounts = accounts;
    this.names = names;
    this.deeds = deeds;
  }

  /**
   * @param ibanEnds of the account; the IBAN is shown to nobody whole
   */
  record Sheet(
      String funder,
      String name,
      PayeeAccounts.@Nullable Shown inForce,
      PayeeAccounts.@Nullable Shown proposed,
      @Nullable String propose,
      @Nullable String confirm,
      @Nullable String drop) {}

  @GetMapping(ONE)
  @Permit({Role.CLERK, Role.AUDITOR})
  String show(Sent sent, @PathVariable("funderId") String funderId, Model model) {
    PayeeAccountEndpoint.Accounting found = accounts.readFunderAccount(funder(funderId));
    boolean clerk = sent.by().role() == Role.CLERK;
    PayeeAccounts.@Nullable Shown proposed = found.proposed().orElse(null);
    String account = proposed == null ? "" : proposed.account().value();
    boolean own = proposed != null && proposed.proposedBy().equals(sent.by().account());
    model.addAttribute(
        "sheet",
        new Sheet(
            funderId,
            names.get().funder(funderId),
            found.inForce().orElse(null),
            proposed,
            clerk && proposed == null ? Address.of(PROPOSE, funderId) : null,
            clerk && proposed != null && !own ? Address.of(CONFIRM, funderId, account) : null,
            clerk && proposed != null ? Address.of(DROP, funderId, account) : null));
    return "funder-account";
  }

  // -- propose

  @GetMapping(PROPOSE)
  @Permit(value = Role.CLERK, secondFactor = true)
  String askToPropose(Sent sent, @PathVariable("funderId") String funderId, Model model) {
    return deeds.form(sent, proposing(sent, funderId, model), model);
  }

  @PostMapping(PROPOSE)
  @Permit(value = Role.CLERK, secondFactor = true)
  String propose(Sent sent, @PathVariable("funderId") String funderId, Model model) {
    return deeds.step(sent, proposing(sent, funderId, model), model);
  }

  private Deed<Answer<PayeeAccount>> proposing(Sent sent, String funderId, Model model) {
    about("Proposer le compte d’un financeur", funderId, model);
    return new Deed<>(
        "refund-deed",
        RIB,
        (rib, dryRun) ->
            accounts.proposeFunderAccount(
                funder(funderId),
                new PayeeAccountEndpoint.Rib(rib.text("iban"), rib.text("holder"), null),
                dryRun,
                sent.by()),
        (rib, proposed) ->
            Effect.of("Proposer ce compte")
                .line("IBAN", rib.text("iban"))
                .line("Titulaire", rib.text("holder"))
                .afterwards("Un autre agent le compare au RIB et le confirme.")
                .already(proposed.already()),
        _ ->
            new Deed.Done(
                Address.of(ONE, funderId), "Le compte est proposé. Un autre agent le confirme."));
  }

  static final List<Field> RIB =
      List.of(
          Field.text("iban", "IBAN")
              .hint("Celui du RIB, avec ou sans espaces : FR14 2004 1010 0505 0001 3M02 606."),
          Field.text("holder", "Titulaire").hint("Tel qu’il est écrit sur le RIB."));

  // -- confirm

  @GetMapping(CONFIRM)
  @Permit(value = Role.CLERK, secondFactor = true)
  String askToConfirm(
      Sent sent,
      @PathVariable("funderId") String funderId,
      @PathVariable("account") String account,
      Model model) {
    return deeds.form(sent, confirming(sent, funderId, account, model), model);
  }

  @PostMapping(CONFIRM)
  @Permit(value = Role.CLERK, secondFactor = true)
  String confirm(
      Sent sent,
      @PathVariable("funderId") String funderId,
      @PathVariable("account") String account,
      Model model) {
    return deeds.step(sent, confirming(sent, funderId, account, model), model);
  }

  private Deed<Answer<PayeeAccount>> confirming(
      Sent sent, String funderId, String account, Model model) {
    about("Confirmer le compte d’un financeur", funderId, model);
    return new Deed<>(
        "refund-deed",
        List.of(),
        (_, dryRun) ->
            accounts.confirmFunderAccount(funder(funderId), proposed(account), dryRun, sent.by()),
        (_, confirmed) ->
            told(Effect.of("Confirmer ce compte"), funderId)
                .afterwards("À comparer au RIB d’abord : ses avoirs y sont remboursés.")
                .already(confirmed.already()),
        _ -> new Deed.Done(Address.of(ONE, funderId), "Le compte est confirmé."));
  }

  // -- drop

  @GetMapping(DROP)
  @Permit(Role.CLERK)
  String askToDrop(
      Sent sent,
      @PathVariable("funderId") String funderId,
      @PathVariable("account") String account,
      Model model) {
    return deeds.form(sent, dropping(sent, funderId, account, model), model);
  }

  @PostMapping(DROP)
  @Permit(Role.CLERK)
  String drop(
      Sent sent,
      @PathVariable("funderId") String funderId,
      @PathVariable("account") String account,
      Model model) {
    return deeds.step(sent, dropping(sent, funderId, account, model), model);
  }

  private Deed<Answer<PayeeAccount>> dropping(
      Sent sent, String funderId, String account, Model model) {
    about("Écarter le compte proposé pour un financeur", funderId, model);
    return new Deed<>(
        "refund-deed",
        List.of(),
        (_, dryRun) ->
            accounts.dropFunderAccount(funder(funderId), proposed(account), dryRun, sent.by()),
        (_, dropped) ->
            told(Effect.of("Écarter ce compte"), funderId)
                .afterwards("Rien n’y sera remboursé. Un autre compte peut alors être proposé.")
                .dangerous()
                .already(dropped.already()),
        _ -> new Deed.Done(Address.of(ONE, funderId), "Le compte proposé est écarté."));
  }

  private Effect told(Effect effect, String funderId) {
    return accounts
        .readFunderAccount(funder(funderId))
        .proposed()
        .map(
            proposed ->
                effect.line("IBAN", proposed.ibanEnds()).line("Titulaire", proposed.holder()))
        .orElse(effect);
  }

  private void about(String doing, String funderId, Model model) {
    model.addAttribute("doing", doing);
    model.addAttribute("what", names.get().funder(funderId));
    model.addAttribute("back", Address.of(ONE, funderId));
  }

  private static FunderId funder(String id) {
    try {
      return new FunderId(id);
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the funder");
    }
  }

  private static PayeeAccountEndpoint.ProposedAccount proposed(String account) {
    try {
      return new PayeeAccountEndpoint.ProposedAccount(new VaultReference(account));
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the account");
    }
  }

  public static String address(String funder) {
    return Address.of(ONE, funder);
  }
}
