package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.HandOutList;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.accounts.AskedAccounts;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.KindSums;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.accounts.ReconciliationQuery;
import fr.passnumerique.projections.export.LedgerFactsEndpoint;
import fr.passnumerique.projections.histories.ChequeHistories;
import fr.passnumerique.projections.histories.ChequePostingsQuery;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.ui.figures.Standings;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.search.Finder;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The pages from a figure to its cause, put together. */
@Configuration(proxyBeanMethods = false)
public class LedgerPagesConfiguration {
  @Bean
  static Menu.Part ledgerMenu() {
    return Menu.Part.of(
        Menu.Entry.of(Menu.Chapter.CHEQUES, "/cheques", "Chèques", Role.values()),
        Menu.Entry.of(Menu.Chapter.CONTROL, FactsPage.PATH, "Registre", Role.CLERK, Role.AUDITOR));
  }

  @Bean
  FactsPage factsPage(LedgerFactsEndpoint facts, FactCatalogue catalogue) {
    return new FactsPage(facts, catalogue);
  }

  @Bean
  OpenedFigurePage openedFigurePage(
      PostingsQuery postings,
      KindSums sums,
      BalancesQuery balances,
      ProjectionRunners runners,
      Standings standings,
      Supplier<Names> names,
      @Qualifier("reader") DataSource reader) {
    return new OpenedFigurePage(
        postings, sums, new AskedAccounts(balances, runners), standings, names, reader);
  }

  @Bean
  ReconciliationPage reconciliationPage(
      ReconciliationQuery reconciliations,
      BalancesQuery balances,
      ProjectionRunners runners,
      Standings standings,
      @Qualifier("reader") DataSource reader) {
    return new ReconciliationPage(
        reconciliations, new AskedAccounts(balances, runners), standings, reader);
  }

  @Bean
  ReceiptPage receiptPage(
      LedgerReader ledger, PostingsQuery postings, Standings standings, Supplier<Names> names) {
    return new ReceiptPage(ledger, postings, standings, names);
  }

  @Bean
  ThingPages thingPages(
      LedgerReader ledger,
      BalancesQuery balances,
      Standings standings,
      Supplier<Names> names,
      List<ThingActs> acts,
      French french) {
    return new ThingPages(ledger, balances, standings, names, acts, french);
  }

  @Bean
  ChequePage chequePage(
      ChequeHistories histories,
      ChequePostingsQuery postings,
      PostingsQuery figures,
      BalancesQuery balances,
      Standings standings,
      Supplier<Names> names,
      @Qualifier("reader") DataSource reader,
      French french) {
    return new ChequePage(histories, postings, figures, balances, standings, names, reader, french);
  }

  @Bean
  @Order(1)
  Finder chequeFinder(ChequeHistories histories, LedgerReader ledger) {
    return new ChequeFinder(histories, ledger);
  }

  @Bean
  @Order(4)
  Finder thingFinder(LedgerReader ledger, BalancesQuery balances) {
    return new ThingFinder(ledger, balances);
  }

  @Bean
  @Order(4)
  Finder handOutFinder(HandOutList handOuts, Supplier<Names> names) {
    return new HandOutFinder(handOuts, names);
  }
}
