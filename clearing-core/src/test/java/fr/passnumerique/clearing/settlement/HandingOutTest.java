package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.confirm;
import static fr.passnumerique.clearing.settlement.SettlementWorld.reject;
import static fr.passnumerique.clearing.settlement.SettlementWorld.run;
import static fr.passnumerique.clearing.settlement.SettlementWorld.slip;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Decision;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file of run R-2, whose transfer pays again what R-1-1 was to pay. */
class HandingOutTest {
  private static final LocalDate DAY = LocalDate.of(2026, 4, 8);
  private static final DownloadCreditTransferFile DOWNLOAD =
      new DownloadCreditTransferFile(new SettlementRunId("R-2"), "clerk-1", "R-2", "abc");

  private final SettlementWorld world = new SettlementWorld();

  @BeforeEach
  void aRejectedTransferIsOrderedAgain() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    world.begin(DAY);
    world.openAndRelease(run("R-1", DAY));
    world.begin(DAY.plusDays(1));
    world.ledger.must(reject("R-1", "R-1-1", DAY.plusDays(1), "MS03"));
    world.ledger.given(account(ALPHA, "v-2", "iban-2"));
    world.begin(DAY.plusDays(2));
    world.openAndRelease(run("R-2", DAY.plusDays(2)));
    world.begin(DAY.plusDays(3));
  }

  private String handedOut(DoubtfulTransfers doubtful) {
    Decision<CreditTransferFileDownloaded> decided =
        new DownloadCreditTransferFileDecision(world.register, doubtful)
            .decide(DOWNLOAD, Instant.EPOCH);
    return decided instanceof Decision.Refuse<CreditTransferFileDownloaded>(var refusal)
        ? refusal.code().toString()
        : "handed out";
  }

  @Test
  void itIsNotHandedOutWhileTheBankMayHavePaidItsMoney() {
    assertThat(handedOut(() -> List.of(new TransferId("R-1-1")))).isEqualTo("MAY_BE_PAID_ALREADY");
    assertThat(handedOut(DoubtfulTransfers.NONE)).isEqualTo("handed out");
  }

  @Test
  void itIsNotHandedOutForTheFirstTimeOnceItsTransferIsPaid() {
    world.ledger.must(confirm("R-2", "R-2-1", DAY.plusDays(3)));
    assertThat(handedOut(DoubtfulTransfers.NONE)).isEqualTo("TRANSFER_ENDED");
  }

  @Test
  void whatWasHandedOutBeforeIsHandedOutAgain() {
    world.ledger.must(DOWNLOAD);
    world.ledger.must(confirm("R-2", "R-2-1", DAY.plusDays(3)));
    assertThat(handedOut(DoubtfulTransfers.NONE)).isEqualTo("handed out");
  }
}
