package fr.passnumerique.clearing.vault;

import fr.passnumerique.clearing.database.DataDirectory;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The vault as a bean. Needs what {@code DatabaseConfiguration} offers. */
@Configuration(proxyBeanMethods = false)
public class VaultConfiguration {
  @Bean
  Vault vault(@Qualifier("ledger") DataSource dataSource, DataDirectory directory) {
    return PostgresVault.open(dataSource, directory);
  }
}
