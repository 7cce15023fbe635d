package fr.passnumerique.ui.payee;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.payee.PayeeAccount;
import fr.passnumerique.clearing.payee.PayeeAccountEndpoint;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.Names;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Where a venue is paid, and where a funder is refunded: who may do what differs alone. */
@Controller
public final class PayeeAccountPages {
  static final String OF_A_VENUE = "/lieux/{venueId}/compte";
  static final String OF_A_FUNDER = "/financeurs/{funderId}/compte";

  private static final String VIEW = "payee-account";
  private static final String PROPOSAL = "/proposition";
  private static final String CONFIRMATION = "/{account}/confirmation";
  private static final String REFUSAL = "/{account}/refus";

  private final PayeeAccountEndpoint accounts;
  private final Supplier<Names> names;
  private final UnaryOperator<String> logins;

  /**
   * @param logins the login of an account's identifier
   */
  PayeeAccountPages(
      PayeeAccountEndpoint accounts, Supplier<Names> names, UnaryOperator<String> logins) {
    this.accounts = accounts;
    this.names = names;
    this.logins = logins;
  }

  public static String ofVenue(String venue) {
    return Address.of(OF_A_VENUE, venue);
  }

  public static String ofFunder(String funder) {
    return Address.of(OF_A_FUNDER, funder);
  }

  // --- look

  @GetMapping(OF_A_VENUE)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venueId")
  @Live
  String show(Sent sent, @PathVariable("venueId") String venueId, Model model) {
    venue(venueId, sent, model);
    return VIEW;
  }

  @GetMapping(OF_A_FUNDER)
  @Permit({Role.CLERK, Role.AUDITOR})
  String showFunders(Sent sent, @PathVariable("funderId") String funderId, Model model) {
    funder(funderId, sent, model);
    return VIEW;
  }

  // --- propose

  @DeedMapping(OF_A_VENUE + PROPOSAL)
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId",
      secondFactor = true)
  Deed<Answer<PayeeAccount>> proposing(
      Sent sent, @PathVariable("venueId") String venueId, Model model) {
    return AccountDeeds.proposing(
        venue(venueId, sent, model),
        (rib, dryRun) -> accounts.openVenueAccount(venueId, rib, dryRun, sent.by()),
        model);
  }

  @DeedMapping(OF_A_FUNDER + PROPOSAL)
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<PayeeAccount>> proposingFunders(
      Sent sent, @PathVariable("funderId") String funderId, Model model) {
    return AccountDeeds.proposing(
        funder(funderId, sent, model),
        (rib, dryRun) -> accounts.proposeFunderAccount(funder(funderId), rib, dryRun, sent.by()),
        model);
  }

  // --- confirm

  @DeedMapping(OF_A_VENUE + CONFIRMATION)
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<PayeeAccount>> confirming(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("account") String account,
      Model model) {
    return AccountDeeds.confirming(
        venue(venueId, sent, model),
        account,
        (proposed, dryRun) -> accounts.confirmVenueAccount(venueId, proposed, dryRun, sent.by()),
        model);
  }

  @DeedMapping(OF_A_FUNDER + CONFIRMATION)
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<PayeeAccount>> confirmingFunders(
      Sent sent,
      @PathVariable("funderId") String funderId,
      @PathVariable("account") String account,
      Model model) {
    return AccountDeeds.confirming(
        funder(funderId, sent, model),
        account,
        (proposed, dryRun) ->
            accounts.confirmFunderAccount(funder(funderId), proposed, dryRun, sent.by()),
        model);
  }

  // --- drop

  @DeedMapping(OF_A_VENUE + REFUSAL)
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId")
  Deed<Answer<PayeeAccount>> dropping(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("account") String account,
      Model model) {
    return AccountDeeds.dropping(
        venue(venueId, sent, model),
        account,
        (proposed, dryRun) -> accounts.dropVenueAccount(venueId, proposed, dryRun, sent.by()),
        model);
  }

  @DeedMapping(OF_A_FUNDER + REFUSAL)
  @Permit(Role.CLERK)
  Deed<Answer<PayeeAccount>> droppingFunders(
      Sent sent,
      @PathVariable("funderId") String funderId,
      @PathVariable("account") String account,
      Model model) {
    return AccountDeeds.dropping(
        funder(funderId, sent, model),
        account,
        (proposed, dryRun) ->
            accounts.dropFunderAccount(funder(funderId), proposed, dryRun, sent.by()),
        model);
  }

  private AccountSheet venue(String id, Sent sent, Model model) {
    String name = names.get().venue(id);
    return sheet(PaidOut.VENUE, id, name, accounts.readVenueAccount(id, sent.by()), sent, model);
  }

  private AccountSheet funder(String id, Sent sent, Model model) {
    String name = names.get().funder(id);
    return sheet(
        PaidOut.FUNDER, id, name, accounts.readFunderAccount(funder(id), sent.by()), sent, model);
  }

  private AccountSheet sheet(
      PaidOut whose,
      String id,
      String name,
      PayeeAccountEndpoint.Accounting accounting,
      Sent sent,
      Model model) {
    AccountSheet sheet = AccountSheet.of(whose, id, name, accounting, logins, sent.by());
    model.addAttribute("sheet", sheet);
    return sheet;
  }

  private static FunderId funder(String id) {
    try {
      return new FunderId(id);
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the funder");
    }
  }
}
