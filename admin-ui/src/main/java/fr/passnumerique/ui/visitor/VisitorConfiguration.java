package fr.passnumerique.ui.visitor;

import fr.passnumerique.clearing.redemption.HoldersCounter;
import fr.passnumerique.projections.labels.LabelledPlaces;
import fr.passnumerique.projections.printed.PrintedNames;
import fr.passnumerique.ui.search.Finder;
import fr.passnumerique.ui.words.French;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The pages for anybody, put together. */
@Configuration(proxyBeanMethods = false)
public class VisitorConfiguration {
  @Bean
  PlacesPage placesPage(LabelledPlaces places, French french) {
    return new PlacesPage(places, french);
  }

  @Bean
  HoldersPage holdersPage(HoldersCounter counter, French french) {
    return new HoldersPage(counter, french);
  }

  @Bean
  AccessibilityPage accessibilityPage() {
    return new AccessibilityPage();
  }

  @Bean
  @Order(3)
  Finder venueFinder(PrintedNames printed, LabelledPlaces places) {
    return new VenueFinder(printed, places);
  }
}
