package fr.passnumerique.ui.words;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The words that pages use, put together. */
@Configuration(proxyBeanMethods = false)
public class WordsConfiguration {
  @Bean
  French french() {
    return new French();
  }
}
