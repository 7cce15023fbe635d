package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.bank.BankEntryMatched.Charges;
import fr.passnumerique.clearing.bank.BankEntryMatched.Charges.Reason;
import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.BankReading.ReadStatement;
import fr.passnumerique.clearing.bank.BankReading.UnmatchedEntry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.bookkeeping.UnexplainedDebits;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReturned;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transfer of 50 € that the bank debits, or sends back, by another amount. */
class ChargesTest {
  private static final TransferId TRANSFER = new TransferId("R-1-1");
  private static final LocalDate DAY = LocalDate.of(2026, 4, 2);

  private final BankWorld world = BankWorld.usual();
  private final BankReading reading =
      new BankReading(world.register, Supplier::get, Unnoted.readings(world.vault));

  @BeforeEach
  void aTransferIsSent() {
    world.ledger.on(DAY.minusDays(1)).given(new DayOpened(DAY.minusDays(1)));
    long slip = TransfersTest.slip(world, "10000000000001", "v-1", 5_000);
    TransfersTest.open(
        world, "R-1", TransfersTest.transfer(TRANSFER, "v-1", "10000000000001", slip, 5_000));
    world.ledger.on(DAY);
  }

  private String debits(String booking, long cents) {
    return importing(
        Camt.notification("N").entry(booking, "2026-04-02", -cents, TRANSFER.value(), ""));
  }

  private String comesBack(String booking, long cents) {
    return importing(
        Camt.notification("N").returned(booking, "2026-04-02", cents, TRANSFER.value(), "AC04"));
  }

  private String importing(Camt camt) {
    return world.importing(camt.bytes()).entries().getFirst().entry();
  }

  private static MatchBankEntry match(String entry, long charges, Reason reason) {
    return new MatchBankEntry(
        entry,
        List.of(),
        Optional.empty(),
        Optional.of(TRANSFER),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Charges(charges, reason)),
        "clerk-1");
  }

  private static MatchBankEntry match(String entry) {
    return new MatchBankEntry(entry, List.of(), Optional.empty(), Optional.of(TRANSFER), "clerk-1");
  }

  private static ConfirmTransfer byHand() {
    return new ConfirmTransfer(new SettlementRunId("R-1"), TRANSFER, DAY);
  }

  private long taken() {
    UnexplainedDebits taken = new UnexplainedDebits();
    world.ledger.facts().forEach(fact -> taken.fold(fact, Postings.of(fact)));
    return taken.cents();
  }

  @Test
  void aDebitOfAnotherAmountIsExplainedAndNotConfirmedBesideByHand() {
    String entry = debits("B-1", 4_999);

    assertThat(world.ledger.send(byHand()))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(refused.refusal().toString())
                    .contains("DEBIT_UNEXPLAINED", "transferId", "debited 49.99 € on 2026-04-02")
                    .contains("R-1-1 of 50.00 €", "match entry " + entry, "matchBankEntry"));
    assertThat(world.balance(BANK)).isEqualTo(-4_999);
  }

  @Test
  void aDebitOfItsAmountConfirmsByHandNothingTwiceEither() {
    world.must(byHand());
    debits("B-1", 5_000);

    assertThat(world.balance(BANK)).isEqualTo(-5_000);
    assertThat(world.ledger.facts(TransferConfirmed.class)).hasSize(1);
    world.ledger.when(byHand()).thenAlreadyRecorded();
  }

  @Test
  void onceTheBankHasCorrectedTheDebitItIsConfirmedByHandAgain() {
    String debit = debits("B-1", 4_999);
    String correction =
        importing(Camt.notification("M").entry("B-2", "2026-04-02", 4_999, "", "correction"));
    world.must(new OffsetBankEntries(debit, correction, "clerk-1"));

    world.must(byHand());

    assertThat(world.balance(BANK)).isEqualTo(-5_000);
  }

  @Test
  void aConfirmationByHandIsDecidedAgainWhenTheBanksDebitComesMeanwhile() {
    var race =
        world.ledger.race(
            new ImportBankFile(
                new BankFileReader(BankWorld.IBAN)
                    .read(
                        Camt.notification("N")
                            .entry("B-1", "2026-04-02", -4_999, TRANSFER.value(), "")
                            .bytes()),
                Map.of(),
                Map.of()),
            byHand());

    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second().toString()).contains("DEBIT_UNEXPLAINED");
  }

  @Test
  void whatABankKeptOfAReturnIsOwedToTheVenueWholeAndStandsUntilTheOperatorPaysItIn() {
    debits("B-1", 5_000);
    String entry = comesBack("B-2", 4_500);
    assertThat(world.balance(VENUE_PAYABLE)).isZero();
    MatchBankEntry match = match(entry, 500, Reason.RETURN_FEE);

    world.must(match);

    assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-5_000);
    assertThat(world.balance(BANK)).isEqualTo(-500);
    assertThat(world.balance(UNMATCHED)).isEqualTo(500);
    assertThat(taken()).isEqualTo(500);
    assertThat(world.ledger.facts(TransferReturned.class))
        .extracting(TransferReturned::reason)
        .as("the bank's, whoever matched it")
        .containsExactly("AC04");
    assertThat(reading.unmatched(null, 9, BankWorld.CLERK).rows())
        .extracting(e -> e.cents() + " " + e.why() + " " + e.transfer().orElse(""))
        .containsExactly("-500 CHARGES R-1-1");
    world.ledger.when(match).thenAlreadyRecorded().thenRecordedAt(world.ledger.facts().size());
    world
        .ledger
        .when(match(entry, 500, Reason.OTHER))
        .thenRefuses(BankRefusal.ENTRY_ALREADY_MATCHED);

    // The operator pays it in from its own account.
    String paidIn =
        importing(Camt.notification("M").entry("B-3", "2026-04-02", 500, "", "frais avril"));
    String kept =
        reading.unmatched(null, 9, BankWorld.CLERK).rows().stream()
            .filter(e -> e.why() == Why.CHARGES)
            .map(UnmatchedEntry::entry)
            .findFirst()
            .orElseThrow();
    world.must(new OffsetBankEntries(kept, paidIn, "clerk-1"));

    assertThat(taken()).isZero();
    assertThat(world.balance(BANK)).isZero();
    assertThat(world.register.unmatched()).isEmpty();
  }

  @Test
  void theStatementOfTheDayIsProvenWithTheChargesAndAddsNothingWhenSentAgain() {
    Camt day =
        Camt.statement("1", "2026-04-02", "2026-04-02", 0)
            .entry("B-1", "2026-04-02", -5_000, TRANSFER.value(), "")
            .returned("B-2", "2026-04-02", 4_500, TRANSFER.value(), "AC04");
    BankFileImported imported = world.importing(day.bytes());

    world.must(match(imported.entries().getLast().entry(), 500, Reason.RETURN_FEE));

    assertThat(reading.statements()).allMatch(ReadStatement::proven).hasSize(1);
    assertThat(world.importing(day.bytes()).known()).isEqualTo(3);
    assertThat(reading.unmatched(null, 9, BankWorld.CLERK).count()).isEqualTo(1);
  }

  @Test
  void aDebitWithTheBanksFeePaysTheTransferAndNoMore() {
    String entry = debits("B-1", 5_120);

    world.must(match(entry, 120, Reason.TRANSFER_FEE));

    assertThat(world.balance(TRANSFER_IN_TRANSIT)).isZero();
    assertThat(world.balance(BANK)).isEqualTo(-5_120);
    assertThat(taken()).isEqualTo(120);
    assertThat(world.register.doubtful()).isEmpty();
  }

  @Test
  void aDebitWithTheBanksFeeProvesWhatAClerkHadConfirmedByHand() {
    world.ledger.on(DAY.plusDays(1));
    world.must(new ConfirmTransfer(new SettlementRunId("R-1"), TRANSFER, DAY.plusDays(1)));
    BankFileImported imported =
        world.importing(
            Camt.statement("1", "2026-04-02", "2026-04-02", 0)
                .entry("B-1", "2026-04-02", -5_120, TRANSFER.value(), "")
                .bytes());

    world.must(match(imported.entries().getFirst().entry(), 120, Reason.TRANSFER_FEE));

    assertThat(world.balance(BANK)).isEqualTo(-5_120);
    assertThat(reading.statements()).allMatch(ReadStatement::proven).hasSize(1);
  }

  @Test
  void theChargesAndTheAmountComeToTheEntryToTheCent() {
    debits("B-1", 5_000);
    String back = comesBack("B-2", 4_500);

    world
        .ledger
        .when(match(back))
        .thenRefuses(BankRefusal.TRANSFER_DIFFERS)
        .saying("of 50.00 €; the entry is of 45.00 € without charges", "say so by charges");
    world
        .ledger
        .when(match(back, 499, Reason.RETURN_FEE))
        .thenRefuses(BankRefusal.TRANSFER_DIFFERS)
        .saying("with charges of 4.99 €");
    world
        .ledger
        .when(match(back, 501, Reason.RETURN_FEE))
        .thenRefuses(BankRefusal.TRANSFER_DIFFERS);
    for (long most : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 4_500, 10_000_000_000_000_000L}) {
      world
          .ledger
          .when(match(back, most, Reason.RETURN_FEE))
          .thenRefuses(BankRefusal.TRANSFER_DIFFERS);
    }
    for (long none : new long[] {0, -500, Long.MIN_VALUE}) {
      world
          .ledger
          .when(match(back, none, Reason.RETURN_FEE))
          .thenRefuses(BankRefusal.AMOUNT_OUT_OF_RANGE)
          .about("charges.cents");
    }
  }

  @Test
  void aDebitOfLessThanTheAmountHasNoCharges() {
    String entry = debits("B-1", 4_880);

    world
        .ledger
        .when(match(entry, 120, Reason.TRANSFER_FEE))
        .thenRefuses(BankRefusal.TRANSFER_DIFFERS)
        .saying("have it give that back and debit the whole amount");
    world
        .ledger
        .when(match(debits("B-2", 5_120), 119, Reason.TRANSFER_FEE))
        .thenRefuses(BankRefusal.TRANSFER_DIFFERS)
        .saying("say so by charges");
  }

  @Test
  void aDebitOfLessThanTheAmountIsUndoneByTheBanksCorrectionAndTheWholeOnePays() {
    String less = debits("B-1", 4_880);
    String correction =
        importing(Camt.notification("M").entry("B-2", "2026-04-02", 4_880, "", "correction"));
    world.must(new OffsetBankEntries(less, correction, "clerk-1"));

    debits("B-3", 5_000);

    assertThat(world.ledger.facts(TransferConfirmed.class)).hasSize(1);
    assertThat(world.balance(BANK)).isEqualTo(-5_000);
    assertThat(taken()).isZero();
    assertThat(reading.unmatched(null, 9, BankWorld.CLERK).rows()).isEmpty();
  }

  @Test
  void chargesAreOfATransfer() {
    String entry = importing(Camt.notification("N").entry("B-1", "2026-04-02", -700, "", "frais"));

    world
        .ledger
        .when(
            new MatchBankEntry(
                entry,
                List.of(),
                Optional.of(new ReceiptId("r-1")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Charges(700, Reason.OTHER)),
                "clerk-1"))
        .thenRefuses(BankRefusal.CHARGES_WITHOUT_TRANSFER);
  }

  @Test
  void chargesInOnePaymentOfABookingAreNamedApart() {
    world.importing(
        Camt.notification("N").entry("B-0", "2026-04-02", -5_000, TRANSFER.value(), "").bytes());
    Camt batch =
        Camt.notification("M")
            .raw(
                5_400,
                """
                <Ntry>%s<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-04-02</Dt></BookgDt>
                <AcctSvcrRef>B-1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>R-1-1</EndToEndId>
                </Refs>%s<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls><TxDtls>%s</TxDtls>
                </NtryDtls></Ntry>
                """
                    .formatted(Camt.amount(5_400), Camt.amount(4_500), Camt.amount(900)));
    String back = world.importing(batch.bytes()).entries().getFirst().entry();

    world.must(match(back, 500, Reason.RETURN_FEE));

    assertThat(reading.unmatched(null, 9, BankWorld.CLERK).rows())
        .extracting(UnmatchedEntry::entry)
        .containsExactly(back.replace(".1", ".2"), back.replace(".1", ".3"))
        .doesNotHaveDuplicates();
  }
}
