package fr.passnumerique.ui.bank;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankEndpoint;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.work.LargeFiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of the bank's files, put together. */
@Configuration(proxyBeanMethods = false)
public class BankPagesConfiguration {
  @Bean
  static Menu.Part bankMenu() {
    return Menu.Part.of(
        Menu.Entry.of(
            Menu.Chapter.MONEY, BankFilePage.PATH, "Importer un fichier de la banque", Role.CLERK));
  }

  @Bean
  BankFilePage bankFilePage(BankEndpoint bank, French french, LargeFiles large) {
    return new BankFilePage(bank, new BankFileWords(french), large);
  }
}
