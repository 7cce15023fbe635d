package fr.passnumerique.projections.labels;

import fr.passnumerique.projections.loop.ProjectionRunners;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The label register and organisations: the projection, what asks it, its endpoints. */
@Configuration(proxyBeanMethods = false)
public class Labels {
  @Bean
  LabelsProjection labelsProjection() {
    return new LabelsProjection();
  }

  @Bean
  LabelRegister labelRegister(@Qualifier("reader") DataSource reader) {
    return new LabelRegister(reader);
  }

  @Bean
  LabelledPlaces labelledPlaces(LabelRegister labels, Clock clock) {
    return new LabelledPlaces(labels, clock);
  }

  @Bean
  LabelledPlacesEndpoint labelledPlacesEndpoint(LabelledPlaces places) {
    return new LabelledPlacesEndpoint(places);
  }

  @Bean
  Organisations organisations(@Qualifier("reader") DataSource reader) {
    return new Organisations(reader);
  }

  @Bean
  OrganisationsEndpoint organisationsEndpoint(
      Organisations organisations,
      @Qualifier("reader") DataSource reader,
      ProjectionRunners runners,
      Clock clock) {
    return new OrganisationsEndpoint(organisations, reader, runners, clock);
  }

  @Bean
  LabelRegisterEndpoint labelRegisterEndpoint(
      LabelRegister labels,
      @Qualifier("reader") DataSource reader,
      ProjectionRunners runners,
      Clock clock) {
    return new LabelRegisterEndpoint(labels, reader, runners, clock);
  }
}
