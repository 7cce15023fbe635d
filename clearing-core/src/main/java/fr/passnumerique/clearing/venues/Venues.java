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
          FactType.v1(VenueIdentified.class),
          FactType.v1(VenueIdentificationProposed.class),
          FactType.v1(VenueIdentificationDropped.class),
          FactType.v1(VatRegimeSet.class),
          FactType.v1(VenueWaived.class),
          FactType.v1(VenueWaiverEnded.class),
          FactType.v1(VenueLabelled.class),
          FactType.v1(LabelDecided.class));

  @Bean
  static VenueRegister venueRegister() {
    return new VenueRegister();
  }

  @Bean
  ImportVenuesDecision importVenuesDecision(VenueRegister venues) {
    return new ImportVenuesDecision(venues);
  }

  @Bean
  IdentifyVenueDecision identifyVenueDecision(VenueRegister venues) {
    return new IdentifyVenueDecision(venues);
  }

  @Bean
  ConfirmIdentificationDecision confirmIdentificationDecision(VenueRegister venues) {
    return new ConfirmIdentificationDecision(venues);
  }

  @Bean
  DropIdentificationDecision dropIdentificationDecision(VenueRegister venues) {
    return new DropIdentificationDecision(venues);
  }

  @Bean
  SetWaiverDecision setWaiverDecision(VenueRegister venues) {
    return new SetWaiverDecision(venues);
  }

  @Bean
  SetVatRegimeDecision setVatRegimeDecision(VenueRegister venues) {
    return new SetVatRegimeDecision(venues);
  }

  @Bean
  LabelVenuesDecision labelVenuesDecision(VenueRegister venues) {
    return new LabelVenuesDecision(venues);
  }

  @Bean
  DecideLabelDecision decideLabelDecision(VenueRegister venues) {
    return new DecideLabelDecision(venues);
  }

  @Bean
  VenueImport venueImport(Commands commands, Vault vault) {
    return new VenueImport(commands, vault);
  }

  @Bean
  LabelEndpoint labelEndpoint(Commands commands, Vault vault) {
    return new LabelEndpoint(commands, new LabelDesk(commands, vault));
  }

  @Bean
  VenueEndpoint venueEndpoint(Commands commands, VenueImport imports) {
    return new VenueEndpoint(commands, imports);
  }
}
