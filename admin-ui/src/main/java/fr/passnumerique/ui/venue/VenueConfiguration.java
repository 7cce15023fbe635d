package fr.passnumerique.ui.venue;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.payee.PayeeAccountEndpoint;
import fr.passnumerique.clearing.redemption.ChequeCheckEndpoint;
import fr.passnumerique.clearing.reversal.ReversalEndpoint;
import fr.passnumerique.clearing.settlement.SettlementCalendarEndpoint;
import fr.passnumerique.clearing.settlement.SlipListEndpoint;
import fr.passnumerique.projections.labels.OrganisationsEndpoint;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.home.HomeFigures;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of a venue, put together. */
@Configuration(proxyBeanMethods = false)
public class VenueConfiguration {
  @Bean
  static Menu.Part venueMenu() {
    return Menu.Part.of(
        Menu.Entry.of(
            Menu.Chapter.CHEQUES,
            "/verification",
            "Vérifier un chèque",
            Role.CLERK,
            Role.PRESCRIBER,
            Role.VENUE),
        Menu.Entry.of(Menu.Chapter.SLIPS, "/mon-lieu", "Mon compte et mon label", Role.VENUE));
  }

  @Bean
  VenueAffairs venueAffairs(
      PayeeAccountEndpoint accounts,
      OrganisationsEndpoint organisations,
      ReversalEndpoint reversals,
      SettlementCalendarEndpoint calendars,
      PartiesEndpoint parties,
      Clock clock) {
    return new VenueAffairs(accounts, organisations, reversals, calendars, parties, clock);
  }

  @Bean
  VenueHome venueHome(
      HomeFigures figures, VenueRegister venues, VenueAffairs affairs, SlipListEndpoint slips) {
    return new VenueHome(figures, venues, affairs, slips);
  }

  @Bean
  VenuePage venuePage(VenueAffairs affairs) {
    return new VenuePage(affairs);
  }

  @Bean
  ChequeCheckPage chequeCheckPage(ChequeCheckEndpoint checks, VenueRegister venues) {
    return new ChequeCheckPage(checks, venues);
  }
}
