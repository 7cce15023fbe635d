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
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.Names;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Where a funder is refunded. */
@Controller
public final class FunderAccountPages {
  private static final String ONE = "/financeurs/{funderId}/compte";

  private final PayeeAccountEndpoint accounts;
  private final Supplier<Names> names;
  private final UnaryOperator<String> logins;

  /**
   * @param logins the login of an account's identifier
   */
  FunderAccountPages(
      PayeeAccountEndpoint accounts, Supplier<Names> names, UnaryOperator<String> logins) {
    this.accounts = accounts;
    this.names = names;
    this.logins = logins;
  }

  public static String address(String funder) {
    return Address.of(ONE, funder);
  }

  @GetMapping(ONE)
  @Permit({Role.CLERK, Role.AUDITOR})
  String show(Sent sent, @PathVariable("funderId") String funderId, Model model) {
    sheet(sent, funderId, model);
    return "payee-account";
  }

  @DeedMapping(ONE + "/proposition")
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<PayeeAccount>> proposing(
      Sent sent, @PathVariable("funderId") String funderId, Model model) {
    return AccountDeeds.proposing(
        sheet(sent, funderId, model),
        (rib, dryRun) -> accounts.proposeFunderAccount(funder(funderId), rib, dryRun, sent.by()),
        model);
  }

  @DeedMapping(ONE + "/{account}/confirmation")
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<PayeeAccount>> confirming(
      Sent sent,
      @PathVariable("funderId") String funderId,
      @PathVariable("account") String account,
      Model model) {
    return AccountDeeds.confirming(
        sheet(sent, funderId, model),
        account,
        (proposed, dryRun) ->
            accounts.confirmFunderAccount(funder(funderId), proposed, dryRun, sent.by()),
        model);
  }

  @DeedMapping(ONE + "/{account}/refus")
  @Permit(Role.CLERK)
  Deed<Answer<PayeeAccount>> dropping(
      Sent sent,
      @PathVariable("funderId") String funderId,
      @PathVariable("account") String account,
      Model model) {
    return AccountDeeds.dropping(
        sheet(sent, funderId, model),
        account,
        (proposed, dryRun) ->
            accounts.dropFunderAccount(funder(funderId), proposed, dryRun, sent.by()),
        model);
  }

  private AccountSheet sheet(Sent sent, String funderId, Model model) {
    AccountSheet sheet =
        AccountSheet.of(
            PaidOut.FUNDER,
            funderId,
            names.get().funder(funderId),
            accounts.readFunderAccount(funder(funderId)),
            logins,
            sent.by());
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
