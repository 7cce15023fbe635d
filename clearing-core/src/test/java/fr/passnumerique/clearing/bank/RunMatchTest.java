package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_EXECUTED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bank.BankReading.ReadStatement;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.RejectTransfer;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Run R-1 has sent transfers of 50 € and 20 €; the bank debits them in one sum. */
class RunMatchTest {
  private static final SettlementRunId RUN = new SettlementRunId("R-1");
  private static final TransferId FIRST = new TransferId("R-1-1");
  private static final TransferId SECOND = new TransferId("R-1-2");
  private static final LocalDate DAY = LocalDate.of(2026, 4, 2);

  private final BankWorld world = BankWorld.usual();
  private final BankReading reading =
      new BankReading(world.register, Supplier::get, Unnoted.readings(world.vault));

  @BeforeEach
  void twoTransfersAreSent() {
    world.ledger.on(DAY.minusDays(1)).given(new DayOpened(DAY.minusDays(1)));
    long first = TransfersTest.slip(world, "10000000000001", "v-1", 5_000);
    long second = TransfersTest.slip(world, "20000000000002", "v-2", 2_000);
    TransfersTest.open(
        world,
        RUN.value(),
        TransfersTest.transfer(FIRST, "v-1", "10000000000001", first, 5_000),
        TransfersTest.transfer(SECOND, "v-2", "20000000000002", second, 2_000));
    world.ledger.on(DAY);
  }

  private static String lump(long cents) {
    return """
    <Ntry>%s<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-04-02</Dt></BookgDt>
    <AcctSvcrRef>B-1</AcctSvcrRef><NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch></NtryDtls></Ntry>
    """
        .formatted(Camt.amount(cents));
  }

  /** What a clerk names the entry by. */
  private String books(long cents) {
    return world
        .importing(
            Camt.statement("1", "2026-04-02", "2026-04-02", 0).raw(cents, lump(cents)).bytes())
        .entries()
        .getFirst()
        .entry();
  }

  private static MatchBankEntry match(String entry, SettlementRunId run) {
    return new MatchBankEntry(
        entry,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(run),
        "clerk-1");
  }

  @Test
  void eachTransferIsPaidAsAPaymentOfTheBooking() {
    String entry = books(-7_000);

    world.must(match(entry, RUN));

    assertThat(world.ledger.facts(TransferConfirmed.class))
        .extracting(f -> f.transfer() + " " + f.entry().orElseThrow().id())
        .containsExactly("R-1-1 " + entry + ".1", "R-1-2 " + entry + ".2");
    assertThat(world.balance(TRANSFER_IN_TRANSIT)).isZero();
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(world.balance(BANK)).isEqualTo(-7_000);
    assertThat(reading.statements()).allMatch(ReadStatement::proven).hasSize(1);
    assertThat(reading.unmatched(null, 9, BankWorld.CLERK).rows()).isEmpty();
  }

  @Test
  void aRetryIsAnsweredAsTheFirstTimeAndAnotherRunIsRefused() {
    String entry = books(-7_000);
    world.must(match(entry, RUN));
    int last = world.ledger.facts().size();

    world.ledger.when(match(entry, RUN)).thenAlreadyRecorded().thenRecordedAt(last);
    world
        .ledger
        .when(match(entry, new SettlementRunId("R-2")))
        .thenRefuses(BankRefusal.ENTRY_ALREADY_MATCHED);
  }

  @Test
  void aSumThatDiffersByACentIsRefusedWithTheDifference() {
    String entry = books(-7_001);
    world
        .ledger
        .when(match(entry, RUN))
        .thenRefuses(BankRefusal.RUN_DIFFERS)
        .about("run")
        .saying(
            "wait for their debit: 2, of 70.00 € together; the entry is of -70.01 €, 0.01 € more");
    assertThat(world.balance(TRANSFER_IN_TRANSIT)).isEqualTo(-7_000);
  }

  @Test
  void aCentLessOrACreditOfTheSameSumIsRefusedToo() {
    world
        .ledger
        .when(match(books(-6_999), RUN))
        .thenRefuses(BankRefusal.RUN_DIFFERS)
        .saying("0.01 € less");
    world
        .ledger
        .when(match(books(7_000), RUN))
        .thenRefuses(BankRefusal.RUN_DIFFERS)
        .saying("a credit");
  }

  @Test
  void whatWasRejectedIsNotInTheSum() {
    String entry = books(-5_000);
    world
        .ledger
        .when(match(entry, RUN))
        .thenRefuses(BankRefusal.RUN_DIFFERS)
        .saying("20.00 € less");
    world.must(new RejectTransfer(RUN, SECOND, DAY, "AC04"));

    world.must(match(entry, RUN));

    assertThat(world.ledger.facts(TransferConfirmed.class).getLast().entry().orElseThrow().id())
        .as("the whole booking")
        .isEqualTo(entry);
    assertThat(world.balance(TRANSFER_IN_TRANSIT)).isZero();
  }

  @Test
  void whatAClerkOrAStatusSaidToBePaidIsShownByTheBank() {
    world.must(new ConfirmTransfer(RUN, FIRST, DAY));
    world.importing(
        BankWorld.utf8(
            TransfersTest.status(
                RUN.value(), "", TransfersTest.single(SECOND.value(), "ACSC", ""))));
    assertThat(world.balance(TRANSFER_EXECUTED)).isEqualTo(-2_000);
    String entry = books(-7_000);

    world.must(match(entry, RUN));

    assertThat(world.ledger.facts(BankEntryProved.class).getLast().transfer()).contains("R-1-1");
    assertThat(world.ledger.facts(TransferDebited.class)).hasSize(1);
    assertThat(world.balance(TRANSFER_EXECUTED)).isZero();
    assertThat(world.balance(BANK)).isEqualTo(-7_000);
    assertThat(reading.statements()).allMatch(ReadStatement::proven);
    assertThat(world.ledger.rehearse(match(entry, RUN)).toString()).contains("already=true");
  }

  @Test
  void aRunWhoseDebitsTheBankHasShownWaitsForNone() {
    world.must(match(books(-7_000), RUN));
    String again =
        world
            .importing(Camt.notification("N").entry("B-9", "2026-04-02", -7_000, "", "").bytes())
            .entries()
            .getFirst()
            .entry();

    world
        .ledger
        .when(match(again, RUN))
        .thenRefuses(BankRefusal.RUN_DIFFERS)
        .saying("debit: 0, of");
  }

  @Test
  void detailsThatComeLaterAddNothing() {
    world.must(match(books(-7_000), RUN));
    String details =
        lump(-7_000)
            .replace(
                "</Btch>",
                "</Btch>"
                    + "<TxDtls><Refs><EndToEndId>R-1-1</EndToEndId></Refs>%s</TxDtls>"
                        .formatted(Camt.amount(-5_000))
                    + "<TxDtls><Refs><EndToEndId>R-1-2</EndToEndId></Refs>%s</TxDtls>"
                        .formatted(Camt.amount(-2_000)));

    BankFileImported told = world.importing(Camt.notification("N").raw(-7_000, details).bytes());

    assertThat(told.entries())
        .extracting(BankFileImported.Entry::outcome)
        .containsExactly(Outcome.KNOWN, Outcome.KNOWN);
    assertThat(world.balance(BANK)).isEqualTo(-7_000);
  }

  @Test
  void aRunThatNobodyReleasedIsUnknown() {
    world
        .ledger
        .when(match(books(-7_000), new SettlementRunId("R-9")))
        .thenRefuses(BankRefusal.UNKNOWN_RUN);
  }

  @Test
  void aRunAndATransferAreTwoExplanations() {
    MatchBankEntry both =
        new MatchBankEntry(
            books(-7_000),
            List.of(),
            Optional.empty(),
            Optional.of(FIRST),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(RUN),
            "clerk-1");

    world.ledger.when(both).thenRefuses(BankRefusal.EXPLANATION_MISSING);
  }

  @Test
  void aRejectionMeanwhileHasItDecidedAgain() {
    String entry = books(-7_000);

    var race = world.ledger.race(new RejectTransfer(RUN, SECOND, DAY, "AC04"), match(entry, RUN));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second().toString()).contains("RUN_DIFFERS");
  }
}
