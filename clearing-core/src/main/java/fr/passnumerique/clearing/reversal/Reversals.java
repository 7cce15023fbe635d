package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.bank.entry.UnexplainedCredits;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.redemption.SlipArchive;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.LineMoney;
import fr.passnumerique.clearing.vault.Vault;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Reversals {
  public static final List<FactType> FACTS =
      List.of(
          FactType.v1(ReversalProposed.class),
          FactType.v1(ReversalDropped.class),
          FactType.v1(LinesReversed.class),
          FactType.v1(ReversalContested.class),
          FactType.v1(ReversalUpheld.class),
          FactType.v1(ReversalLifted.class),
          FactType.v1(DebitNoteIssued.class),
          FactType.v1(DebitNotePaid.class),
          FactType.v1(DebitNotePaymentTakenBack.class));

  /**
   * {@code pass.reversal.alone-up-to-cents}, {@code pass.reversal.contest-days}, {@code
   * pass.reversal.debit-note-days}.
   */
  @Bean
  ReversalTerms reversalTerms(Environment environment) {
    return new ReversalTerms(
        environment.getProperty(
            "pass.reversal.alone-up-to-cents", Long.class, ReversalTerms.USUAL.aloneUpToCents()),
        environment.getProperty(
            "pass.reversal.contest-days", Integer.class, ReversalTerms.USUAL.contestDays()),
        environment.getProperty(
            "pass.reversal.debit-note-days", Integer.class, ReversalTerms.USUAL.debitNoteDays()));
  }

  @Bean
  static ReversalRegister reversalRegister() {
    return new ReversalRegister();
  }

  @Bean
  Recoveries recoveries(
      ReversalRegister register,
      ReversalTerms terms,
      LineMoney money,
      ObjectProvider<DoubtfulTransfers> doubtful) {
    return new Recoveries(
        register, terms, money, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  ReverseLinesDecision reverseLinesDecision(
      ReversalRegister register, LineMoney money, ReversalTerms terms) {
    return new ReverseLinesDecision(register, money, terms);
  }

  @Bean
  ConfirmReversalDecision confirmReversalDecision(
      ReversalRegister register, LineMoney money, ReversalTerms terms) {
    return new ConfirmReversalDecision(register, money, terms);
  }

  @Bean
  ContestReversalDecision contestReversalDecision(ReversalRegister register) {
    return new ContestReversalDecision(register);
  }

  @Bean
  DecideContestDecision decideContestDecision(ReversalRegister register) {
    return new DecideContestDecision(register);
  }

  @Bean
  IssueDebitNoteDecision issueDebitNoteDecision(ReversalRegister register, ReversalTerms terms) {
    return new IssueDebitNoteDecision(register, terms);
  }

  @Bean
  RecordDebitNotePaymentDecision recordDebitNotePaymentDecision(
      ReversalRegister register, ObjectProvider<UnexplainedCredits> unexplained) {
    return new RecordDebitNotePaymentDecision(
        register, unexplained.getIfAvailable(() -> UnexplainedCredits.NONE));
  }

  @Bean
  TakeDebitNotePaymentBackDecision takeDebitNotePaymentBackDecision(ReversalRegister register) {
    return new TakeDebitNotePaymentBackDecision(register);
  }

  @Bean
  DropReversalDecision dropReversalDecision(ReversalRegister register) {
    return new DropReversalDecision(register);
  }

  @Bean
  CreditRecoveredDecision creditRecoveredDecision(
      ReversalRegister register, LineMoney money, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new CreditRecoveredDecision(
        register, money, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  ExpectedCredits debitNoteCredits(ReversalRegister register) {
    return new DebitNoteCredits(register);
  }

  @Bean
  ReversalEndsEndpoint reversalEndsEndpoint(Commands commands) {
    return new ReversalEndsEndpoint(commands);
  }

  @Bean
  ReversalDesk reversalDesk(
      ReversalRegister register, ReadLock registers, SlipArchive slips, PersonalData personal) {
    return new ReversalDesk(register, registers, slips, personal);
  }

  @Bean
  ReversalEndpoint reversalEndpoint(Commands commands, ReversalDesk desk, Vault vault) {
    return new ReversalEndpoint(commands, desk, vault);
  }

  @Bean
  ReversalLists reversalLists(ReversalRegister register, ReadLock registers) {
    return new ReversalLists(register, registers);
  }

  @Bean
  ReversalListEndpoint reversalListEndpoint(ReversalLists lists) {
    return new ReversalListEndpoint(lists);
  }
}
