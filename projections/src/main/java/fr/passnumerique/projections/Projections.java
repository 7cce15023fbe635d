package fr.passnumerique.projections;

import fr.passnumerique.projections.accounts.Accounts;
import fr.passnumerique.projections.accounts.WindingDown;
import fr.passnumerique.projections.claims.Claims;
import fr.passnumerique.projections.export.Exports;
import fr.passnumerique.projections.histories.Histories;
import fr.passnumerique.projections.kafka.LedgerOverKafka;
import fr.passnumerique.projections.labels.Labels;
import fr.passnumerique.projections.loop.Loop;
import fr.passnumerique.projections.printed.Printed;
import fr.passnumerique.projections.registers.Registers;
import fr.passnumerique.projections.upkeep.ProjectionUpkeep;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * All that is read, in the order in which a cheque's euro is: who the parties are, which cheques
 * are spent, what that comes to, what happened to one cheque. Needs a {@code LedgerReader}, a
 * {@code Clock}, a {@code MeterRegistry} and the data sources {@code projections} and {@code
 * reader}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  Registers.class,
  Labels.class,
  Claims.class,
  Accounts.class,
  WindingDown.class,
  Histories.class,
  Printed.class,
  Exports.class,
  LedgerOverKafka.class,
  Loop.class,
  ProjectionUpkeep.class
})
public class Projections {}
