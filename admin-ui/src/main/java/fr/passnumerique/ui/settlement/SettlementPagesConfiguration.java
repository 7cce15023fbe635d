package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.settlement.RemittanceAdvices;
import fr.passnumerique.clearing.settlement.RunList;
import fr.passnumerique.clearing.settlement.SettlementRuns;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.registers.PublicNames;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.words.Names;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of settlements, put together. */
@Configuration(proxyBeanMethods = false)
public class SettlementPagesConfiguration {
  @Bean
  SettlementPages settlementPages(
      RunList list,
      SettlementRuns runs,
      Commands commands,
      RemittanceAdvices advices,
      LedgerReader ledger,
      PostingsQuery postings,
      PublicNames parties,
      VenueRegister venues) {
    return new SettlementPages(
        list, runs, commands, advices, ledger, postings, () -> Names.of(parties, venues));
  }
}
