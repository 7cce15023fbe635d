package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.distribution.HandOuts;
import fr.passnumerique.clearing.issuance.CodeDesk;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.settlement.RemittanceAdvices;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.ITemplateEngine;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Print {
  private static final int AT_ONCE = 2;
  private static final int WAITING = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Bean
  Press press() {
    return new Press(AT_ONCE, WAITING, PATIENCE);
  }

  /**
   * @param operator name under which it keeps the account; empty if it has none
   */
  @Bean
  Printer printer(
      ITemplateEngine templates,
      French french,
      @Value("${pass.operator.name:}") String operator,
      Press press) {
    return new Printer(templates, french, operator, press);
  }

  @Bean
  ChequesEndpoint chequesEndpoint(
      CodeDesk desk,
      HandOuts handOuts,
      LedgerReader ledger,
      ProjectionRunners runners,
      French french,
      Press press) {
    return new ChequesEndpoint(
        desk, handOuts, new ToldFacts(ledger, runners), new ChequePrinter(french, press));
  }

  @Bean
  DeliveryNoteEndpoint deliveryNoteEndpoint(
      LedgerReader ledger,
      ProjectionRunners runners,
      Supplier<Names> names,
      French french,
      Printer printer) {
    return new DeliveryNoteEndpoint(new ToldFacts(ledger, runners), names, french, printer);
  }

  @Bean
  RemittanceAdvicePrint remittanceAdvicePrint(
      RemittanceAdvices advices,
      LedgerReader ledger,
      ProjectionRunners runners,
      Supplier<Names> names,
      Printer printer) {
    return new RemittanceAdvicePrint(
        advices, new ToldFacts(ledger, runners), names, printer, RemittanceAdvicePrint.MOST);
  }

  @Bean
  StatementEndpoint statementEndpoint(
      BalancesQuery balances, ProjectionRunners runners, Supplier<Names> names, Printer printer) {
    return new StatementEndpoint(balances, runners, names, printer);
  }

  @Bean
  ReceiptPrint receiptPrint(
      LedgerReader ledger, ProjectionRunners runners, Supplier<Names> names, Printer printer) {
    return new ReceiptPrint(new ToldFacts(ledger, runners), names, printer);
  }
}
