package fr.passnumerique.ui.frame;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.notices.NoticeQuery;
import fr.passnumerique.ui.words.French;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What stands around every page, put together. */
@Configuration(proxyBeanMethods = false)
public class FrameConfiguration {
  @Bean
  Logins logins(Accounts accounts) {
    return new Logins(accounts);
  }

  @Bean
  Explained explained(French french) {
    return new Explained(french);
  }

  @Bean
  WebMvcConfigurer frames(
      LedgerReader ledger,
      Logins logins,
      French french,
      List<Menu.Part> parts,
      NoticeQuery notices) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(
            new Frames(ledger, logins::of, french, new Menu(parts), notices::unseen));
      }
    };
  }
}
