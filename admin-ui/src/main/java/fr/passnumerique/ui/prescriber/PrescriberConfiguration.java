package fr.passnumerique.ui.prescriber;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.DeliveriesEndpoint;
import fr.passnumerique.clearing.distribution.DistributionEndpoint;
import fr.passnumerique.clearing.distribution.HandOutListEndpoint;
import fr.passnumerique.clearing.distribution.HeldCarnetsEndpoint;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.redemption.OppositionEndpoint;
import fr.passnumerique.clearing.redemption.OppositionListEndpoint;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.registers.RegistersEndpoint;
import fr.passnumerique.projections.registers.StockRegister;
import fr.passnumerique.ui.figures.Standings;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.words.French;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The home and the pages of a prescriber, put together. */
@Configuration(proxyBeanMethods = false)
public class PrescriberConfiguration {
  @Bean
  static Menu.Part prescriberMenu() {
    return Menu.Part.of(
        own(Menu.Chapter.HAND_OUTS, HandOutPage.ADDRESS, "Remettre des chèques"),
        own(Menu.Chapter.HAND_OUTS, StockLists.HAND_OUTS, "Mes remises"),
        own(Menu.Chapter.HAND_OUTS, TakeBackPages.CORRECTION, "Corriger une remise"),
        own(Menu.Chapter.STOCK, StockLists.STOCK, "Mon stock"),
        own(Menu.Chapter.STOCK, StockLists.DELIVERIES, "Mes livraisons"),
        own(Menu.Chapter.STOCK, TakeBackPages.RETURN, "Rendre des chèques"),
        own(Menu.Chapter.LOSSES, LossPages.OPPOSE, "Faire opposition"),
        own(Menu.Chapter.LOSSES, StockLists.OPPOSITIONS, "Mes oppositions"),
        own(Menu.Chapter.LOSSES, LossPages.REPLACE, "Faire remplacer"));
  }

  private static Menu.Entry own(Menu.Chapter chapter, String path, String label) {
    return Menu.Entry.of(chapter, path, label, Role.PRESCRIBER);
  }

  @Bean
  HandOutForms handOutForms(HeldCarnetsEndpoint held, PartiesEndpoint parties) {
    return new HandOutForms(held, parties);
  }

  @Bean
  PrescriberHome prescriberHome(
      StockRegister stocks,
      BalancesQuery balances,
      Standings standings,
      RegistersEndpoint registers,
      HandOutForms forms,
      French french) {
    return new PrescriberHome(stocks, balances, standings, registers, forms, french);
  }

  @Bean
  HandOutPage handOutPage(
      DistributionEndpoint distribution,
      HeldCarnetsEndpoint held,
      HandOutForms forms,
      French french,
      Clock clock) {
    return new HandOutPage(distribution, held, forms, french, clock);
  }

  @Bean
  TakeBackPages takeBackPages(DistributionEndpoint distribution, French french) {
    return new TakeBackPages(distribution, french);
  }

  @Bean
  LossPages lossPages(OppositionEndpoint oppositions, French french) {
    return new LossPages(oppositions, french);
  }

  @Bean
  StockLists stockLists(
      HeldCarnetsEndpoint held,
      HandOutListEndpoint handOuts,
      DeliveriesEndpoint deliveries,
      OppositionListEndpoint oppositions,
      French french) {
    return new StockLists(held, handOuts, deliveries, oppositions, french);
  }
}
