package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DownloadRefundFileTest {
  private static final RefundOrderId ORDER = new RefundOrderId("avoirs-1");
  private static final CreditNoteId NOTE = new CreditNoteId("o-1~anct");

  private final RefundRegister register = new RefundRegister();
  private final DecisionFixture ledger =
      DecisionFixture.of(
          List.of(register),
          List.of(
              new DownloadRefundFileDecision(register, DoubtfulTransfers.NONE),
              new CancelRefundsDecision(register, DoubtfulTransfers.NONE)));

  private void ordered() {
    ledger.given(
        new RefundsOrdered(
            ORDER,
            List.of(
                new RefundsOrdered.Transfer(
                    new TransferId("AV0123456789ABCDEF0123"),
                    NOTE,
                    new FunderId("anct"),
                    new VaultReference("v-1"),
                    3_000,
                    List.of(),
                    Optional.empty())),
            "clerk-1"));
  }

  private void released() {
    ordered();
    ledger.given(new RefundsReleased(ORDER, "clerk-2", LocalDate.of(2026, 10, 19)));
  }

  private static DownloadRefundFile download(String sha256) {
    return new DownloadRefundFile(ORDER, "clerk-1", "M-1", sha256);
  }

  @Test
  void theFileIsHandedOutOnceItsOrderIsReleased() {
    ledger.when(download("a")).thenRefuses(RefundRefusal.UNKNOWN_REFUND_ORDER);
    ordered();
    ledger.when(download("a")).thenRefuses(RefundRefusal.REFUND_ORDER_NOT_RELEASED);

    ledger.given(new RefundsReleased(ORDER, "clerk-2", LocalDate.of(2026, 10, 19)));

    ledger
        .when(download("a"))
        .thenRecords(new RefundFileDownloaded(ORDER, "clerk-1", "M-1", "a"))
        .thenIsDecidedAgainAfter(new RefundsCancelled(ORDER, List.of(NOTE), "clerk-1"));
  }

  @Test
  void theSameFileIsHandedOutAgainAndAnotherIsNot() {
    released();
    ledger.send(download("a"));

    ledger.when(download("a")).thenRecordsOne(RefundFileDownloaded.class);
    ledger
        .when(download("b"))
        .thenRefuses(RefundRefusal.FILE_DIFFERS)
        .about("orderId")
        .saying("avoirs-1");
  }

  @Test
  void thatOfACancelledOrderIsNot() {
    ordered();
    ledger.given(new RefundsCancelled(ORDER, List.of(NOTE), "clerk-1"));

    ledger.when(download("a")).thenRefuses(RefundRefusal.REFUND_ORDER_CANCELLED);
  }
}
