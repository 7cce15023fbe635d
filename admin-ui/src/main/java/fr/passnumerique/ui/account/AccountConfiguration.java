package fr.passnumerique.ui.account;

import fr.passnumerique.clearing.access.AccountEndpoint;
import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Administration;
import fr.passnumerique.clearing.access.DisclosureEndpoint;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.SecondFactors;
import fr.passnumerique.clearing.access.Sessions;
import fr.passnumerique.ui.frame.Logins;
import fr.passnumerique.ui.frame.Menu;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages about logins, put together. */
@Configuration(proxyBeanMethods = false)
public class AccountConfiguration {
  @Bean
  static Menu.Part accountMenu() {
    return Menu.Part.of(
        Menu.Entry.of(Menu.Chapter.ADMINISTRATION, "/comptes", "Comptes", Role.CLERK, Role.AUDITOR),
        Menu.Entry.of(Menu.Chapter.ADMINISTRATION, DisclosuresPage.PATH, "Lectures", Role.AUDITOR));
  }

  @Bean
  LoginPage loginPage() {
    return new LoginPage();
  }

  @Bean
  MyAccountPages myAccountPages(
      Sessions sessions, AccountEndpoint accounts, SecondFactors factors) {
    return new MyAccountPages(sessions, accounts, factors);
  }

  @Bean
  DisclosuresPage disclosuresPage(DisclosureEndpoint disclosures, Logins logins) {
    return new DisclosuresPage(disclosures, logins::of);
  }

  @Bean
  AccountKeyPages accountKeyPages(Accounts accounts, AccountEndpoint endpoint) {
    return new AccountKeyPages(accounts, endpoint);
  }

  @Bean
  AccountPages accountPages(
      Accounts accounts,
      AccountEndpoint endpoint,
      Sessions sessions,
      SecondFactors factors,
      Administration trail,
      Logins logins) {
    return new AccountPages(accounts, endpoint, sessions, factors, trail, logins::of);
  }
}
