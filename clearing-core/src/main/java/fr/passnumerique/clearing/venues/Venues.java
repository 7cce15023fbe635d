package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.vault.Vault;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Venues {
  public static final List<FactType> FACTS =
      List.of(
          FactType.v1(VenueListed.class),
          FactType.v1(VenueLabelled.class),
          FactType.v1(VenueAccountOpened.class));

  @Bean
  VenueRegister venueRegister() {
    return new VenueRegister();
  }

  @Bean
  ImportVenuesDecision importVenuesDecision(VenueRegister venues) {
    return new ImportVenuesDecision(venues);
  }

  @Bean
  LabelVenuesDecision labelVenuesDecision(VenueRegister venues) {
    return new LabelVenuesDecision(venues);
  }

  @Bean
  OpenVenueAccountDecision openVenueAccountDecision(VenueRegister venues) {
    return new OpenVenueAccountDecision(venues);
  }

  @Bean
  VenueImport venueImport(Commands commands, Vault vault) {
    return new VenueImport(commands, vault);
  }

  @Bean
  VenueAccounts venueAccounts(Commands commands, Vault vault) {
    return new VenueAccounts(commands, vault);
  }

  @Bean
  VenueEndpoint venueEndpoint(Commands commands, VenueImport imports, VenueAccounts accounts) {
    return new VenueEndpoint(commands, imports, accounts);
  }
}
