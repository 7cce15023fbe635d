package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.TransferFiles;
import fr.passnumerique.clearing.vault.Vault;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the capability. */
@Configuration(proxyBeanMethods = false)
public class Refunds {
  public static final List<FactType> FACTS =
      List.of(
          FactType.v1(RefundsOrdered.class),
          FactType.v1(RefundsReleased.class),
          FactType.v1(RefundsCancelled.class),
          FactType.v1(RefundFileDownloaded.class),
          FactType.v1(RefundExecuted.class),
          FactType.v1(RefundExecutionTakenBack.class),
          FactType.v1(RefundRejected.class),
          FactType.v1(RefundReturned.class),
          FactType.v1(RefundReinstated.class));

  @Bean
  static RefundRegister refundRegister() {
    return new RefundRegister();
  }

  @Bean
  RefundWord refundWord(RefundRegister register) {
    return new RefundWord(register);
  }

  @Bean
  OrderRefundsDecision orderRefundsDecision(
      RefundRegister register, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new OrderRefundsDecision(
        register, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  ReleaseRefundsDecision releaseRefundsDecision(
      RefundRegister register, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new ReleaseRefundsDecision(
        register, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  CancelRefundsDecision cancelRefundsDecision(
      RefundRegister register, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new CancelRefundsDecision(
        register, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  RejectRefundDecision rejectRefundDecision(RefundRegister register) {
    return new RejectRefundDecision(register);
  }

  @Bean
  DownloadRefundFileDecision downloadRefundFileDecision(
      RefundRegister register, ObjectProvider<DoubtfulTransfers> doubtful) {
    return new DownloadRefundFileDecision(
        register, doubtful.getIfAvailable(() -> DoubtfulTransfers.NONE));
  }

  @Bean
  RefundDesk refundDesk(
      RefundRegister register, ReadLock registers, Vault vault, TransferFiles files) {
    return new RefundDesk(register, registers, vault, files);
  }

  @Bean
  RefundEndpoint refundEndpoint(
      Commands commands, RefundDesk desk, RefundRegister register, ReadLock registers) {
    return new RefundEndpoint(commands, desk, register, registers);
  }
}
