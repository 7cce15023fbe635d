package fr.passnumerique.ui.payee;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.payee.PayeeAccount;
import fr.passnumerique.clearing.payee.PayeeAccountEndpoint;
import fr.passnumerique.clearing.payee.Reopening;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Where a venue is paid. Which account is confirmed or dropped stands in the address: another one
 * that is proposed meanwhile is not confirmed by a page that showed the first.
 */
@Controller
public final class VenueAccountPages {
  private static final String ONE = "/lieux/{venueId}/compte";
  private static final String PROPOSE = ONE + "/proposition";
  private static final String CONFIRM = ONE + "/{account}/confirmation";
  private static final String DROP = ONE + "/{account}/refus";

  static final List<Field> RIB =
      List.of(
          Field.text("iban", "IBAN")
              .hint("Celui du RIB, avec ou sans espaces : FR14 2004 1010 0505 0001 3M02 606."),
          Field.text("holder", "Titulaire").hint("Tel qu’il est écrit sur le RIB."),
          Field.choice(
                  "reopening",
                  "Réouverture",
                  Stream.of(Reopening.values())
                      .map(each -> new Field.Choice(each.name(), VenueAccountSheet.words(each)))
                      .toList())
              .hint("Seulement si la banque a fermé ce même compte : pourquoi y payer de nouveau.")
              .ifAny());

  private final PayeeAccountEndpoint accounts;
  private final Supplier<Names> names;
  private final UnaryOperator<String> logins;
  private final Deeds deeds;

  /**
   * @param logins the login of an account's identifier
   */
  VenueAccountPages(
      PayeeAccountEndpoint accounts,
      Supplier<Names> names,
      UnaryOperator<String> logins,
      Deeds deeds) {
    this.accounts = accounts;
    this.names = names;
    this.logins = logins;
    this.deeds = deeds;
  }

  public static String address(String venue) {
    return Address.of(ONE, venue);
  }

  static String proposing(String venue) {
    return Address.of(PROPOSE, venue);
  }

  static String confirming(String venue, String account) {
    return Address.of(CONFIRM, venue, account);
  }

  static String dropping(String venue, String account) {
    return Address.of(DROP, venue, account);
  }

  @GetMapping(ONE)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venueId")
  String show(Sent sent, @PathVariable("venueId") String venueId, Model model) {
    sheet(sent, venueId, model);
    return "venue-account";
  }

  // -- propose

  @GetMapping(PROPOSE)
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId",
      secondFactor = true)
  String askToPropose(Sent sent, @PathVariable("venueId") String venueId, Model model) {
    return deeds.form(sent, proposing(sent, venueId, model), model);
  }

  @PostMapping(PROPOSE)
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId",
      secondFactor = true)
  String propose(Sent sent, @PathVariable("venueId") String venueId, Model model) {
    return deeds.step(sent, proposing(sent, venueId, model), model);
  }

  private Deed<Answer<PayeeAccount>> proposing(Sent sent, String venueId, Model model) {
    VenueAccountSheet sheet = sheet(sent, venueId, model);
    model.addAttribute("question", "Proposer un compte bancaire");
    return new Deed<>(
        "venue-account-deed",
        RIB,
        (rib, dryRun) ->
            accounts.openVenueAccount(
                venueId,
                new PayeeAccountEndpoint.Rib(
                    rib.text("iban"),
                    rib.text("holder"),
                    rib.given("reopening").map(Reopening::valueOf).orElse(null)),
                dryRun,
                sent.by()),
        (rib, proposed) ->
            Effect.of("Proposer ce compte")
                .line("Lieu", sheet.name())
                .line("IBAN", rib.text("iban"))
                .line("Titulaire", rib.text("holder"))
                .line("Compte en vigueur d’ici là", ends(sheet.inForce()))
                .afterwards(
                    "Un agent de l’opérateur, qui n’est pas vous, le compare au RIB et le confirme."
                        + " Rien n’y est payé avant.")
                .already(proposed.already()),
        proposed ->
            new Deed.Done(
                address(venueId),
                proposed.answer().standing() == PayeeAccount.Standing.IN_FORCE
                    ? "Ce compte est déjà en vigueur."
                    : "Le compte est proposé. Une autre personne le confirme."));
  }

  // -- confirm

  @GetMapping(CONFIRM)
  @Permit(value = Role.CLERK, secondFactor = true)
  String askToConfirm(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("account") String account,
      Model model) {
    return deeds.form(sent, confirming(sent, venueId, account, model), model);
  }

  @PostMapping(CONFIRM)
  @Permit(value = Role.CLERK, secondFactor = true)
  String confirm(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("account") String account,
      Model model) {
    return deeds.step(sent, confirming(sent, venueId, account, model), model);
  }

  private Deed<Answer<PayeeAccount>> confirming(
      Sent sent, String venueId, String account, Model model) {
    VenueAccountSheet sheet = sheet(sent, venueId, model);
    model.addAttribute("question", "Confirmer un compte bancaire");
    return new Deed<>(
        "venue-account-deed",
        List.of(),
        (_, dryRun) -> accounts.confirmVenueAccount(venueId, proposed(account), dryRun, sent.by()),
        (_, confirmed) ->
            told(Effect.of("Confirmer ce compte"), sheet)
                .line("Remplace", ends(sheet.inForce()))
                .afterwards("À comparer au RIB d’abord : le prochain règlement y paie le lieu.")
                .already(confirmed.already()),
        confirmed ->
            new Deed.Done(
                address(venueId),
                "Le compte est confirmé : le prochain règlement y paie le lieu."));
  }

  // -- drop

  @GetMapping(DROP)
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId")
  String askToDrop(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("account") String account,
      Model model) {
    return deeds.form(sent, dropping(sent, venueId, account, model), model);
  }

  @PostMapping(DROP)
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId")
  String drop(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("account") String account,
      Model model) {
    return deeds.step(sent, dropping(sent, venueId, account, model), model);
  }

  private Deed<Answer<PayeeAccount>> dropping(
      Sent sent, String venueId, String account, Model model) {
    VenueAccountSheet sheet = sheet(sent, venueId, model);
    VenueAccountSheet.Account proposed = sheet.proposed();
    boolean own = proposed != null && proposed.own();
    model.addAttribute(
        "question", own ? "Retirer ma proposition de compte" : "Écarter un compte proposé");
    return new Deed<>(
        "venue-account-deed",
        List.of(),
        (_, dryRun) -> accounts.dropVenueAccount(venueId, proposed(account), dryRun, sent.by()),
        (_, dropped) ->
            told(Effect.of(own ? "Retirer ma proposition" : "Écarter ce compte"), sheet)
                .line("Compte en vigueur", ends(sheet.inForce()))
                .afterwards("Rien n’y sera payé. Un autre compte peut alors être proposé.")
                .dangerous()
                .already(dropped.already()),
        dropped ->
            new Deed.Done(
                address(venueId),
                dropped.answer().standing() == PayeeAccount.Standing.WITHDRAWN
                    ? "Votre proposition est retirée."
                    : "Le compte proposé est écarté."));
  }

  private VenueAccountSheet sheet(Sent sent, String venueId, Model model) {
    VenueAccountSheet sheet =
        VenueAccountSheet.of(
            venueId,
            names.get().venue(venueId),
            accounts.readVenueAccount(venueId),
            logins,
            sent.by());
    model.addAttribute("sheet", sheet);
    return sheet;
  }

  private static Effect told(Effect effect, VenueAccountSheet sheet) {
    VenueAccountSheet.Account proposed = sheet.proposed();
    Effect named = effect.line("Lieu", sheet.name());
    return proposed == null
        ? named
        : named
            .line("IBAN", proposed.ends())
            .line("Titulaire", proposed.holder())
            .line("Proposé par", proposed.by())
            .lineIf(
                !proposed.reopening().isEmpty(), "Que la banque avait fermé", proposed.reopening());
  }

  private static String ends(VenueAccountSheet.@Nullable Account account) {
    return account == null ? "Aucun" : account.ends();
  }

  private static PayeeAccountEndpoint.ProposedAccount proposed(String account) {
    try {
      return new PayeeAccountEndpoint.ProposedAccount(new VaultReference(account));
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the proposed account");
    }
  }
}
