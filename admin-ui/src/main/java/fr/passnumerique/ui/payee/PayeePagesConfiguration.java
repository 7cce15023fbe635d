package fr.passnumerique.ui.payee;

import fr.passnumerique.clearing.payee.PayeeAccountEndpoint;
import fr.passnumerique.ui.frame.Logins;
import fr.passnumerique.ui.words.Names;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of accounts that are paid to, put together. */
@Configuration(proxyBeanMethods = false)
public class PayeePagesConfiguration {
  @Bean
  PayeeAccountPages payeeAccountPages(
      PayeeAccountEndpoint accounts, Supplier<Names> names, Logins logins) {
    return new PayeeAccountPages(accounts, names, logins::of);
  }
}
