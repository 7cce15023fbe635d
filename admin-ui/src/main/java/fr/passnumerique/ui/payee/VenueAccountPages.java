package fr.passnumerique.ui.payee;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
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

/** Where a venue is paid. */
@Controller
public final class VenueAccountPages {
  private static final String ONE = "/lieux/{venueId}/compte";

  private final PayeeAccountEndpoint accounts;
  private final Supplier<Names> names;
  private final UnaryOperator<String> logins;

  /**
   * @param logins the login of an account's identifier
   */
  VenueAccountPages(
      PayeeAccountEndpoint accounts, Supplier<Names> names, UnaryOperator<String> logins) {
    this.accounts = accounts;
    this.names = names;
    this.logins = logins;
  }

  public static String address(String venue) {
    return Address.of(ONE, venue);
  }

  @GetMapping(ONE)
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venueId")
  @Live
  String show(Sent sent, @PathVariable("venueId") String venueId, Model model) {
    sheet(sent, venueId, model);
    return "payee-account";
  }

  @DeedMapping(ONE + "/proposition")
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId",
      secondFactor = true)
  Deed<Answer<PayeeAccount>> proposing(
      Sent sent, @PathVariable("venueId") String venueId, Model model) {
    return AccountDeeds.proposing(
        sheet(sent, venueId, model),
        (rib, dryRun) -> accounts.openVenueAccount(venueId, rib, dryRun, sent.by()),
        model);
  }

  @DeedMapping(ONE + "/{account}/confirmation")
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<PayeeAccount>> confirming(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("account") String account,
      Model model) {
    return AccountDeeds.confirming(
        sheet(sent, venueId, model),
        account,
        (proposed, dryRun) -> accounts.confirmVenueAccount(venueId, proposed, dryRun, sent.by()),
        model);
  }

  @DeedMapping(ONE + "/{account}/refus")
  @Permit(
      value = {Role.CLERK, Role.VENUE},
      owner = "venueId")
  Deed<Answer<PayeeAccount>> dropping(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("account") String account,
      Model model) {
    return AccountDeeds.dropping(
        sheet(sent, venueId, model),
        account,
        (proposed, dryRun) -> accounts.dropVenueAccount(venueId, proposed, dryRun, sent.by()),
        model);
  }

  private AccountSheet sheet(Sent sent, String venueId, Model model) {
    AccountSheet sheet =
        AccountSheet.of(
            PaidOut.VENUE,
            venueId,
            names.get().venue(venueId),
            accounts.readVenueAccount(venueId),
            logins,
            sent.by());
    model.addAttribute("sheet", sheet);
    return sheet;
  }
}
