package fr.passnumerique.ui.venues;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.venues.LabelEndpoint;
import fr.passnumerique.clearing.venues.VenueEndpoint;
import fr.passnumerique.projections.histories.ConflictsOfInterest;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import fr.passnumerique.ui.work.LargeFiles;
import java.time.Clock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of the register of venues, put together. */
@Configuration(proxyBeanMethods = false)
public class VenueRegisterConfiguration {
  @Bean
  static Menu.Part venueRegisterMenu() {
    return Menu.Part.of(
        Menu.Entry.of(
            Menu.Chapter.SLIPS,
            VenueRegisterPages.REGISTER,
            "Registre des lieux",
            Role.CLERK,
            Role.AUDITOR),
        Menu.Entry.of(
            Menu.Chapter.CONTROL,
            VenueRegisterPages.CONFLICTS,
            "Conflits d’intérêts",
            Role.CLERK,
            Role.AUDITOR));
  }

  @Bean
  VenueRegisterPages venueRegisterPages(
      VenueRegister venues,
      Supplier<Names> names,
      @Qualifier("reader") DataSource reader,
      French french) {
    return new VenueRegisterPages(venues, new ConflictsOfInterest(reader), names, french);
  }

  @Bean
  VenueDeeds venueDeeds(
      VenueEndpoint endpoint, Supplier<Names> names, French french, LargeFiles large) {
    return new VenueDeeds(endpoint, names, french, large);
  }

  @Bean
  LabelDeeds labelDeeds(LabelEndpoint labels, French french, Clock clock) {
    return new LabelDeeds(labels, french, clock);
  }
}
