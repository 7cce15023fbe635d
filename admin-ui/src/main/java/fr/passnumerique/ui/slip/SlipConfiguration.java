package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.redemption.SlipArchive;
import fr.passnumerique.clearing.redemption.SlipDesk;
import fr.passnumerique.clearing.redemption.SlipEndpoint;
import fr.passnumerique.clearing.settlement.SlipList;
import fr.passnumerique.clearing.settlement.SlipListEndpoint;
import fr.passnumerique.projections.printed.PrintedNames;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.deed.Seal;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.search.Finder;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The pages of slips, put together. */
@Configuration(proxyBeanMethods = false)
public class SlipConfiguration {
  @Bean
  static Menu.Part slipMenu() {
    return Menu.Part.of(
        Menu.Entry.of(Menu.Chapter.SLIPS, "/bordereaux/nouveau", "Nouveau bordereau", Role.VENUE),
        Menu.Entry.of(
            Menu.Chapter.SLIPS, "/bordereaux", "Bordereaux", Role.CLERK, Role.AUDITOR, Role.VENUE));
  }

  @Bean
  SlipPage slipPage(
      SlipDesk desk,
      Commands commands,
      Seal seal,
      SlipArchive archive,
      SlipList list,
      VenueRegister venues,
      SlipDeeds deeds) {
    return new SlipPage(
        new SlipCounter(desk, commands, seal), archive, list, venues, deeds::isOpen);
  }

  @Bean
  SlipDeeds slipDeeds(SlipEndpoint slips, French french) {
    return new SlipDeeds(slips, french);
  }

  @Bean
  SlipsPage slipsPage(
      SlipListEndpoint slips, PartiesEndpoint parties, SlipArchive archive, Supplier<Names> names) {
    return new SlipsPage(slips, parties, archive, names);
  }

  @Bean
  @Order(2)
  Finder slipFinder(PrintedNames printed, SlipArchive archive, Supplier<Names> names) {
    return new SlipFinder(printed, archive, names);
  }
}
