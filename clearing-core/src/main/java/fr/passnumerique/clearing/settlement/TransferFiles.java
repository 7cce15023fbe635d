package fr.passnumerique.clearing.settlement;

import static java.util.stream.Collectors.joining;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.settlement.CreditTransferFile.Creditor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** Makes credit transfer files from the ring-fenced account, for transfers of any kind. */
public final class TransferFiles {
  private static final int LONGEST_REMITTANCE = 140;

  /** Of names in a header: servers take a few kilobytes of them. */
  private static final int MOST_NAMES = 100;

  private static final String LEFT_OUT = "Transfers-Left-Out";

  private final Optional<OperatorAccount> operator;

  TransferFiles(Optional<OperatorAccount> operator) {
    this.operator = operator;
  }

  /** Names in an answer's header the transfers that its file does not order, if there are any. */
  public static void tellLeftOut(List<TransferId> leftOut, HttpHeaders headers) {
    if (!leftOut.isEmpty()) {
      headers.set(
          LEFT_OUT,
          leftOut.stream().limit(MOST_NAMES).map(TransferId::value).collect(joining(", ")));
    }
  }

  /**
   * One credit transfer.
   *
   * @param iban of the creditor, letters and digits only
   * @param text for the creditor; what a bank does not take is left out
   */
  public record Payment(TransferId id, long amountCents, String iban, String holder, String text) {
    @Override
    public String toString() {
      return "Payment[%s, withheld]".formatted(id);
    }
  }

  /**
   * ISO 20022 pain.001.001.09; the same arguments give the same bytes.
   *
   * @param messageId by which the bank tells a file sent twice, at most 35 characters
   * @param executionOn the day on which the bank is asked to pay
   * @param releasedAt when it was let go
   * @throws Problem 409 {@code OPERATOR_ACCOUNT_MISSING} if the account to pay from is not
   *     configured
   */
  public byte[] of(
      String messageId, LocalDate executionOn, Instant releasedAt, List<Payment> payments) {
    OperatorAccount payer = operator.orElseThrow(SettlementRuns::noOperatorAccount);
    return CreditTransferFile.of(
        messageId,
        executionOn,
        releasedAt,
        payer,
        payments.stream()
            .map(
                payment ->
                    new CreditTransferFile.Order(
                        payment.id(),
                        payment.amountCents(),
                        new Creditor(payment.iban(), payment.holder()),
                        BankText.of(payment.text(), LONGEST_REMITTANCE)))
            .toList());
  }
}
