package fr.passnumerique.projections.printed;

import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What asks the projections for names on papers: the tables are those of others. */
@Configuration(proxyBeanMethods = false)
public class Printed {
  @Bean
  PrintedNames printedNames(@Qualifier("reader") DataSource reader) {
    return new PrintedNames(reader);
  }
}
