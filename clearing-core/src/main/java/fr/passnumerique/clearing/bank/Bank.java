package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.funding.NamedCalls;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.refund.RefundWord;
import fr.passnumerique.clearing.settlement.TransferWord;
import fr.passnumerique.clearing.vault.Vault;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Bank {
  public static final List<FactType> FACTS =
      List.of(
          FactType.v1(BankStatementImported.class),
          FactType.v1(BankEntryUnmatched.class),
          FactType.v1(BankEntryProved.class),
          FactType.v1(BankStatusDisputed.class),
          FactType.v1(BankEntryMatched.class),
          FactType.v1(BankEntriesOffset.class),
          FactType.v1(BankEntryTakenOut.class),
          FactType.v1(BankFileRefused.class),
          FactType.v1(BankExceptionClosed.class),
          FactType.v1(PaymentReferenceAssigned.class));

  @Bean
  static BankRegister bankRegister() {
    return new BankRegister();
  }

  /** Settlement's, and those of whoever else orders transfers. */
  @Bean
  OurTransfers ourTransfers(List<TransferWord> words) {
    return new OurTransfers(words);
  }

  @Bean
  ImportBankFileDecision importBankFileDecision(
      BankRegister register, OurTransfers transfers, ObjectProvider<ExpectedCredits> expected) {
    return new ImportBankFileDecision(register, transfers, expected.orderedStream().toList());
  }

  /**
   * @param iban of the ring-fenced account, as settlement pays from it
   */
  @Bean
  BankDesk bankDesk(Commands commands, Vault vault, @Value("${pass.operator.iban:}") String iban) {
    return new BankDesk(
        commands, vault, Optional.of(iban.replaceAll("\\s", "")).filter(text -> !text.isEmpty()));
  }

  @Bean
  MatchBankEntryDecision matchBankEntryDecision(
      BankRegister register,
      OurTransfers transfers,
      ObjectProvider<ExpectedCredits> expected,
      ObjectProvider<NamedCalls> calls) {
    return new MatchBankEntryDecision(
        register,
        transfers,
        expected.orderedStream().toList(),
        calls.getIfAvailable(() -> NamedCalls.NONE));
  }

  @Bean
  OffsetBankEntriesDecision offsetBankEntriesDecision(BankRegister register) {
    return new OffsetBankEntriesDecision(register);
  }

  @Bean
  AssignPaymentReferenceDecision assignPaymentReferenceDecision(BankRegister register) {
    return new AssignPaymentReferenceDecision(register);
  }

  @Bean
  TakeReceiptBackDecision takeReceiptBackDecision(BankRegister register) {
    return new TakeReceiptBackDecision(register);
  }

  @Bean
  TakeConfirmationBackDecision takeConfirmationBackDecision(
      BankRegister register, OurTransfers transfers) {
    return new TakeConfirmationBackDecision(register, transfers);
  }

  @Bean
  TakeConfirmationBackEndpoint takeConfirmationBackEndpoint(Commands commands) {
    return new TakeConfirmationBackEndpoint(commands);
  }

  @Bean
  TakeRefundBackDecision takeRefundBackDecision(BankRegister register, RefundWord word) {
    return new TakeRefundBackDecision(register, word);
  }

  @Bean
  TakeRefundBackEndpoint takeRefundBackEndpoint(Commands commands) {
    return new TakeRefundBackEndpoint(commands);
  }

  @Bean
  TakeReceiptBackEndpoint takeReceiptBackEndpoint(Commands commands) {
    return new TakeReceiptBackEndpoint(commands);
  }

  @Bean
  NoteRefusedFileDecision noteRefusedFileDecision(BankRegister register) {
    return new NoteRefusedFileDecision(register);
  }

  @Bean
  CloseBankExceptionDecision closeBankExceptionDecision(
      BankRegister register, OurTransfers transfers, ObjectProvider<ExpectedCredits> expected) {
    return new CloseBankExceptionDecision(register, transfers, expected.orderedStream().toList());
  }

  @Bean
  BankExceptions bankExceptions(BankRegister register, ReadLock registers, PersonalData personal) {
    return new BankExceptions(register, registers, personal);
  }

  @Bean
  StatementsInDoubt statementsInDoubt(BankRegister register) {
    return new StatementsInDoubt(register);
  }

  @Bean
  BankExceptionEndpoint bankExceptionEndpoint(
      Commands commands, BankExceptions exceptions, Vault vault) {
    return new BankExceptionEndpoint(commands, exceptions, vault);
  }

  @Bean
  BankReading bankReading(BankRegister register, ReadLock registers, PersonalData personal) {
    return new BankReading(register, registers, personal);
  }

  @Bean
  BankEndpoint bankEndpoint(Commands commands, BankDesk desk, BankReading reading, Clock clock) {
    return new BankEndpoint(commands, desk, reading, clock);
  }

  @Bean
  BankStatementsEndpoint bankStatementsEndpoint(BankReading reading) {
    return new BankStatementsEndpoint(reading);
  }
}
