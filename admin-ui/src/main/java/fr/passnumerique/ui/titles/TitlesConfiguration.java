package fr.passnumerique.ui.titles;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.OppositionEndpoint;
import fr.passnumerique.ui.deed.Deeds;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.words.French;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of cheques before they are spent, put together. */
@Configuration(proxyBeanMethods = false)
public class TitlesConfiguration {
  @Bean
  OppositionDeeds oppositionDeeds(OppositionEndpoint oppositions, Deeds deeds, French french) {
    return new OppositionDeeds(oppositions, deeds, french);
  }

  @Bean
  ThingActs oppositionActs() {
    return (shown, reader) ->
        shown.thing() == Thing.OPPOSITION
                && reader.role() == Role.CLERK
                && shown.facts().stream().noneMatch(ChequesOpposed.class::isInstance)
            ? List.of(new ThingActs.Act("Approuver", OppositionDeeds.approve(shown.id())))
            : List.of();
  }
}
