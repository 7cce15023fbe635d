package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementRefusal.TRANSFER_ENDED;
import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.BETA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.cancel;
import static fr.passnumerique.clearing.settlement.SettlementWorld.confirm;
import static fr.passnumerique.clearing.settlement.SettlementWorld.reject;
import static fr.passnumerique.clearing.settlement.SettlementWorld.run;
import static fr.passnumerique.clearing.settlement.SettlementWorld.slip;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Decision;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file of run R-2, whose transfer pays again what R-1-1 was to pay. */
class HandingOutTest {
  private static final LocalDate DAY = LocalDate.of(2026, 4, 8);

  private static final DoubtfulTransfers.Doubt DOUBT =
      new DoubtfulTransfers.Doubt(
          new TransferId("R-1-1"), DoubtfulTransfers.Why.ENTRY_UNEXPLAINED, "E1");

  private final SettlementWorld world = new SettlementWorld();

  @BeforeEach
  void aRejectedTransferIsOrderedAgain() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
    world.begin(DAY);
    world.openAndHandOut(run("R-1", DAY));
    world.begin(DAY.plusDays(1));
    world.ledger.must(reject("R-1", "R-1-1", DAY.plusDays(1), "MS03"));
    world.ledger.given(account(ALPHA, "v-2", "iban-2"));
    world.begin(DAY.plusDays(2));
    world.openAndRelease(run("R-2", DAY.plusDays(2)));
    world.begin(DAY.plusDays(3));
  }

  private static DownloadCreditTransferFile download(String run, String... leftOut) {
    return new DownloadCreditTransferFile(
        new SettlementRunId(run),
        "clerk-1",
        run,
        "abc",
        Arrays.stream(leftOut).map(TransferId::new).toList());
  }

  private String handedOut(DoubtfulTransfers doubtful, DownloadCreditTransferFile command) {
    Decision<CreditTransferFileDownloaded> decided =
        new DownloadCreditTransferFileDecision(world.register, doubtful)
            .decide(command, Instant.EPOCH);
    return decided instanceof Decision.Refuse<CreditTransferFileDownloaded>(var refusal)
        ? refusal.code().toString()
        : "handed out";
  }

  private void debited(String transfer) {
    world.debited(transfer, DAY.plusDays(3));
  }

  /** Run R-3, of two venues, released. */
  private void ofTwo() {
    world.ledger.given(
        slip(ALPHA, "S-2", 1_000), slip(BETA, "S-3", 2_000), account(BETA, "v-3", "iban-3"));
    world.begin(DAY.plusDays(4));
    world.openAndRelease(run("R-3", DAY.plusDays(4)));
  }

  @Test
  void itIsNotHandedOutWhileTheBankMayHavePaidItsMoney() {
    assertThat(handedOut(() -> List.of(DOUBT), download("R-2"))).isEqualTo("MAY_BE_PAID_ALREADY");
    assertThat(handedOut(DoubtfulTransfers.NONE, download("R-2"))).isEqualTo("handed out");
  }

  @Test
  void itIsNotHandedOutOnceAllOfItIsPaidNorIsItsRunCancelled() {
    debited("R-2-1");
    world.ledger.when(download("R-2", "R-2-1")).thenRefuses(TRANSFER_ENDED);
    world.ledger.when(cancel("R-2")).thenRefuses(TRANSFER_ENDED);
  }

  @Test
  void whatTheBankHasDebitedIsLeftOutOfItForEver() {
    ofTwo();
    debited("R-3-1");
    world
        .ledger
        .when(download("R-3"))
        .thenRefuses(TRANSFER_ENDED)
        .saying("came to its end while the file", "download the file again");
    world
        .ledger
        .when(download("R-3", "R-3-1"))
        .thenRecords(
            new CreditTransferFileDownloaded(
                new SettlementRunId("R-3"),
                "clerk-1",
                "R-3",
                "abc",
                List.of(new TransferId("R-3-1"))));
    world.ledger.must(download("R-3", "R-3-1"));
    world.ledger.must(confirm("R-3", "R-3-2", DAY.plusDays(4)));

    assertThat(handedOut(DoubtfulTransfers.NONE, download("R-3", "R-3-1"))).isEqualTo("handed out");
    assertThat(new BankWord(world.register).transfersOf("R-3"))
        .containsExactly(new TransferId("R-3-2"));
  }

  @Test
  void aRunThatIsCancelledKeepsWhatTheBankHasDebited() {
    ofTwo();
    debited("R-3-1");
    SettlementRunCancelled cancelled = world.ledger.must(cancel("R-3"));

    assertThat(cancelled.kept()).containsExactly(new TransferId("R-3-1"));
    assertThat(cancelled.parts()).allMatch(part -> part.venue().equals(BETA));
    assertThat(world.unpaidCents(SettlementWorld.PASS)).isEqualTo(2_000);
    assertThat(world.register.transfer(new TransferId("R-3-1")))
        .isInstanceOf(Transfer.Confirmed.class);
    // No file will ever order it, so that no other debit is to come in this one's place.
    assertThat(
            new BankWord(world.register)
                .debitTakenBack(
                    new TransferId("R-3-1"),
                    SettlementWorld.entry("R-3-1", DAY.plusDays(3)),
                    "S-1",
                    "clerk-1"))
        .isEmpty();
  }

  @Test
  void aRunIsNotCancelledWhileADebitOfItIsUnexplained() {
    Decision<SettlementRunCancelled> decided =
        new CancelSettlementRunDecision(world.register, new Debited("R-2-1"))
            .decide(cancel("R-2"), Instant.EPOCH);
    assertThat(decided)
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refused ->
                assertThat(refused.refusal().code())
                    .isEqualTo(SettlementRefusal.DEBIT_UNEXPLAINED));
  }

  /** One transfer of which a debit is unexplained. */
  private record Debited(String transfer) implements DoubtfulTransfers {
    @Override
    public List<Doubt> doubts() {
      return List.of(new Doubt(new TransferId(transfer), Why.ENTRY_UNEXPLAINED, "E-1"));
    }

    @Override
    public Optional<Debit> debit(TransferId id) {
      return id.value().equals(transfer)
          ? Optional.of(new Debit("E-1", 2_999, DAY))
          : Optional.empty();
    }
  }

  @Test
  void whatWasHandedOutBeforeIsHandedOutAgain() {
    world.ledger.must(download("R-2"));
    world.ledger.must(confirm("R-2", "R-2-1", DAY.plusDays(3)));
    assertThat(handedOut(DoubtfulTransfers.NONE, download("R-2"))).isEqualTo("handed out");
  }
}
