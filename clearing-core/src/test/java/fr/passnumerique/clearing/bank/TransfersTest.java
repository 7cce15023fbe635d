package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_EXECUTED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import fr.passnumerique.clearing.bank.BankFileImported.Status;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.RejectTransfer;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Run R-1 has sent two transfers: R-1-1 of 50 € and R-1-2 of 20 €. */
class TransfersTest {
  private static final SettlementRunId RUN = new SettlementRunId("R-1");
  private static final TransferId FIRST = new TransferId("R-1-1");
  private static final LocalDate DAY = LocalDate.of(2026, 4, 2);

  private final BankWorld world = BankWorld.usual();

  @BeforeEach
  void twoTransfersAreSent() {
    world.ledger.on(DAY.minusDays(1)).given(new DayOpened(DAY.minusDays(1)));
    long first = slip(world, "10000000000001", "v-1", 5_000);
    long second = slip(world, "20000000000002", "v-2", 2_000);
    open(
        world,
        "R-1",
        transfer(FIRST, "v-1", "10000000000001", first, 5_000),
        transfer(new TransferId("R-1-2"), "v-2", "20000000000002", second, 2_000));
    world.ledger.on(DAY);
  }

  static long slip(BankWorld world, String venue, String account, long cents) {
    world.ledger.given(
        new VenueAccountOpened(new VenueId(venue), new VaultReference(account), "f-" + account),
        new SlipJudged(
            new VenueId(venue),
            new SlipReference("S-1"),
            "digest",
            Instant.parse("2026-03-20T10:00:00Z"),
            List.of(),
            List.of(),
            List.of(spent(cents))));
    return world.ledger.facts().size();
  }

  private static SpentCents spent(long cents) {
    return new SpentCents(PROGRAMME, AGREEMENT, 1, CREUSE, CREUSE, STATE, cents, Optional.empty());
  }

  static SettlementRunOpened.Transfer transfer(
      TransferId id, String account, String venue, long position, long cents) {
    return new SettlementRunOpened.Transfer(
        id,
        new VaultReference(account),
        cents,
        List.of(
            new SettlementRunOpened.PaidSlip(
                new VenueId(venue), new SlipReference("S-1"), position, cents)),
        List.of(new PaidCents(new VenueId(venue), spent(cents))));
  }

  /** As runs of the first release: nobody had to release them. */
  static void open(BankWorld world, String run, SettlementRunOpened.Transfer... transfers) {
    world.ledger.given(
        new SettlementRunOpened(
            new SettlementRunId(run),
            PROGRAMME,
            Instant.parse("2026-03-31T22:00:00Z"),
            DAY,
            List.of(transfers),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of()));
  }

  private List<String> importing(Camt camt) {
    return world.importing(camt.bytes()).entries().stream().map(BankWorld::told).toList();
  }

  private static Camt notification() {
    return Camt.notification("N");
  }

  private static Camt debit(String reference, long cents) {
    return notification().entry(reference, "2026-04-02", -cents, "R-1-1", "");
  }

  private static Camt comesBack(String reference) {
    return notification().returned(reference, "2026-04-02", 5_000, "R-1-1", "AC04");
  }

  static String single(String endToEnd, String status, String more) {
    return """
    <TxInfAndSts><OrgnlEndToEndId>%s</OrgnlEndToEndId><TxSts>%s</TxSts>%s</TxInfAndSts>
    """
        .formatted(endToEnd, status, more);
  }

  static String reason(String code) {
    return "<StsRsnInf><Rsn><Cd>" + code + "</Cd></Rsn></StsRsnInf>";
  }

  static String status(String message, String group, String payments) {
    return status(DAY, message, group, payments);
  }

  static String status(LocalDate on, String message, String group, String payments) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
    <GrpHdr><MsgId>ST-1</MsgId><CreDtTm>%sT07:00:00+02:00</CreDtTm></GrpHdr>
    <OrgnlGrpInfAndSts><OrgnlMsgId>%s</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
    %s</OrgnlGrpInfAndSts>%s</CstmrPmtStsRpt></Document>
    """
        .formatted(
            on,
            message,
            group,
            payments.isEmpty()
                ? ""
                : "<OrgnlPmtInfAndSts><OrgnlPmtInfId>R-1</OrgnlPmtInfId>"
                    + payments
                    + "</OrgnlPmtInfAndSts>");
  }

  private static String rejected() {
    return status("R-1", "", single("R-1-1", "RJCT", reason("AC04")));
  }

  private static String executed() {
    return status("R-1", "", single("R-1-1", "ACSC", ""));
  }

  private List<String> told(String xml) {
    List<String> told = new ArrayList<>();
    for (Status status : world.importing(BankWorld.utf8(xml)).transfers()) {
      told.add(status.transfer().orElse("") + " " + status.status() + " " + status.effect());
    }
    return told;
  }

  private void stands(long payable, long inTransit, long executed, long paid, long bank) {
    assertThat(
            Map.of(
                VENUE_PAYABLE, world.balance(VENUE_PAYABLE),
                TRANSFER_IN_TRANSIT, world.balance(TRANSFER_IN_TRANSIT),
                TRANSFER_EXECUTED, world.balance(TRANSFER_EXECUTED),
                TITLES_PAID, world.balance(TITLES_PAID),
                BANK, world.balance(BANK)))
        .isEqualTo(
            Map.<AccountKind, Long>of(
                VENUE_PAYABLE, -payable,
                TRANSFER_IN_TRANSIT, -inTransit,
                TRANSFER_EXECUTED, -executed,
                TITLES_PAID, paid,
                BANK, bank));
  }

  @Test
  void aBookedDebitPaysItsTransferOnceInHoweverManyFiles() {
    assertThat(importing(debit("B-1", 5_000))).containsExactly("2026-04-02 -5000 PAID R-1-1");
    stands(0, 2_000, 0, 5_000, -5_000);

    assertThat(importing(debit("B-1", 5_000))).containsExactly("2026-04-02 -5000 KNOWN");
    world.importing(
        Camt.statement("1", "2026-04-02", "2026-04-02", 0)
            .entry("B-1", "2026-04-02", -5_000, "R-1-1", "")
            .bytes());
    stands(0, 2_000, 0, 5_000, -5_000);
  }

  @Test
  void executedByTheBanksWordItIsPaidAndItsDebitMovesTheBankLater() {
    assertThat(told(executed())).containsExactly("R-1-1 ACSC EXECUTED");
    stands(0, 2_000, 5_000, 5_000, 0);
    assertThat(told(executed())).containsExactly("R-1-1 ACSC KNOWN");

    assertThat(importing(debit("B-1", 5_000))).containsExactly("2026-04-02 -5000 PAID R-1-1");
    stands(0, 2_000, 0, 5_000, -5_000);
    assertThat(told(executed())).containsExactly("R-1-1 ACSC KNOWN");
  }

  /** A bank makes its statuses after the day's bookings. */
  @Test
  void bookedBeforeTheDayOfItsExecutionItLeftTheAccountWhenItWasBooked() {
    world.ledger.on(LocalDate.of(2026, 4, 3));
    told(executed());
    world.importing(
        Camt.statement("1", "2026-04-01", "2026-04-01", 0)
            .entry("B-1", "2026-04-01", -5_000, "R-1-1", "")
            .bytes());

    TransferDebited debited = world.ledger.facts(TransferDebited.class).getFirst();
    assertThat(debited.bookedOn()).isEqualTo("2026-04-01");
    assertThat(debited.happenedOn()).contains(LocalDate.of(2026, 4, 1));
    assertThat(byBusinessDay(BANK))
        .as("the closing balance")
        .containsExactly(entry("2026-04-01", -5_000L));
    assertThat(byBusinessDay(TRANSFER_EXECUTED))
        .containsExactly(entry("2026-04-01", 5_000L), entry("2026-04-02", 0L));
    BankProof proof = new BankProof();
    world.ledger.facts().forEach(fact -> proof.fold(fact, BankWorld.TODAY));
    assertThat(proof.closings()).allMatch(BankProof.Closing::proven).hasSize(1);
  }

  @Test
  void bookedOnTheDayOfItsExecutionOrLaterItHappenedWhenItWasBooked() {
    told(executed());
    world.importing(
        Camt.statement("1", "2026-04-02", "2026-04-02", 0)
            .entry("B-1", "2026-04-02", -5_000, "R-1-1", "")
            .bytes());
    assertThat(world.ledger.facts(TransferDebited.class).getFirst().executedOn()).isEmpty();
    assertThat(byBusinessDay(TRANSFER_EXECUTED)).containsExactly(entry("2026-04-02", 0L));
  }

  /** Balances at the end of each day on which something happened to these accounts. */
  private Map<String, Long> byBusinessDay(AccountKind kind) {
    TreeMap<String, Long> moved = new TreeMap<>();
    for (Fact fact : world.ledger.facts()) {
      for (Entry entry : Postings.of(fact)) {
        if (entry.account().kind() == kind) {
          moved.merge(fact.happenedOn().orElseThrow().toString(), entry.cents(), Long::sum);
        }
      }
    }
    long balance = 0;
    for (Map.Entry<String, Long> day : moved.entrySet()) {
      balance += day.getValue();
      day.setValue(balance);
    }
    return moved;
  }

  @Test
  void acceptedIsNotPaid() {
    int head = world.ledger.facts().size();
    for (String code : List.of("ACCP", "ACSP", "ACTC", "PDNG", "RCVD")) {
      assertThat(told(status("R-1", "", single("R-1-1", code, ""))))
          .containsExactly("R-1-1 " + code + " UNDER_WAY");
    }
    String tomorrow =
        "<FctvIntrBkSttlmDt><Dt>%s</Dt></FctvIntrBkSttlmDt>"
            .formatted(world.ledger.today().plusDays(1));
    assertThat(told(status("R-1", "", single("R-1-1", "ACSP", tomorrow))))
        .as("when the bank means to carry it out")
        .containsExactly("R-1-1 ACSP UNDER_WAY");
    assertThat(world.ledger.facts()).hasSize(head);
  }

  /** Banks repeat on which day the payment was to be settled. */
  @Test
  void aRejectionIsOfTheDayOnWhichItIsToldWheneverThePaymentWasToBeSettled() {
    LocalDate today = world.ledger.today();
    String intended =
        "<OrgnlTxRef><IntrBkSttlmDt>%s</IntrBkSttlmDt></OrgnlTxRef>".formatted(today.plusDays(1));
    assertThat(told(status(today, "R-1", "", single("R-1-1", "RJCT", reason("AC04") + intended))))
        .containsExactly("R-1-1 RJCT REJECTED");
    assertThat(world.ledger.facts(TransferRejected.class).getLast().rejectedOn()).isEqualTo(today);
  }

  @Test
  void aRejectedTransferIsOwedAgainOnce() {
    assertThat(told(rejected())).containsExactly("R-1-1 RJCT REJECTED");
    stands(5_000, 2_000, 0, 0, 0);
    assertThat(told(rejected())).containsExactly("R-1-1 RJCT KNOWN");
    stands(5_000, 2_000, 0, 0, 0);
  }

  @Test
  void aRejectedFileRejectsAllOfItsTransfersAndAPartlyAcceptedOneThoseItNames() {
    assertThat(told(status("R-1", "<GrpSts>RJCT</GrpSts>" + reason("FF01"), "")))
        .containsExactly("R-1-1 RJCT REJECTED", "R-1-2 RJCT REJECTED");
    stands(7_000, 0, 0, 0, 0);

    BankWorld.usual();
    TransfersTest other = new TransfersTest();
    other.twoTransfersAreSent();
    assertThat(
            other.told(
                status(
                    "R-1",
                    "<GrpSts>PART</GrpSts>",
                    single("R-1-1", "RJCT", reason("AC04")) + single("R-1-2", "ACSC", ""))))
        .containsExactly("R-1-1 RJCT REJECTED", "R-1-2 ACSC EXECUTED");
    other.stands(5_000, 0, 2_000, 2_000, 0);
  }

  @Test
  void aRejectionOfTheWholeFileStandsBackForWhatIsSaidOfASinglePayment() {
    assertThat(told(status("R-1", "<GrpSts>RJCT</GrpSts>", single("R-1-2", "ACSC", ""))))
        .containsExactly("R-1-2 ACSC EXECUTED", "R-1-1 RJCT REJECTED");
  }

  @Test
  void aRejectionAfterAConfirmationOwesNothingAgain() {
    importing(debit("B-1", 5_000));
    assertThat(told(rejected())).containsExactly("R-1-1 RJCT DISPUTED");
    stands(0, 2_000, 0, 5_000, -5_000);
    assertThat(world.register.disputed())
        .extracting(d -> d.fact().why())
        .containsExactly(BankStatusDisputed.Why.REJECTED_AFTER_PAYMENT);
    assertThat(told(rejected())).containsExactly("R-1-1 RJCT KNOWN");
  }

  @Test
  void aRejectionAfterItsExecutionOwesNothingAgain() {
    told(executed());
    assertThat(told(rejected())).containsExactly("R-1-1 RJCT DISPUTED");
    stands(0, 2_000, 5_000, 5_000, 0);
  }

  @Test
  void aDebitAfterARejectionTakesTheLinesOutOfWhatIsOwedSoThatTheyAreNotPaidTwice() {
    told(rejected());
    assertThat(importing(debit("B-1", 5_000))).containsExactly("2026-04-02 -5000 PAID R-1-1");
    stands(0, 2_000, 0, 5_000, -5_000);
  }

  @Test
  void aDebitAfterARejectionWhoseLinesArePaidAgainIsForAClerk() {
    told(rejected());
    world.ledger.given(
        new VenueAccountOpened(new VenueId("10000000000001"), new VaultReference("v-3"), "f-v-3"));
    open(
        world,
        "R-2",
        transfer(new TransferId("R-2-1"), "v-3", "10000000000001", firstSlip(), 5_000));

    assertThat(importing(debit("B-1", 5_000)))
        .containsExactly("2026-04-02 -5000 UNMATCHED R-1-1 PAID_AFTER_REJECTION");
    stands(0, 7_000, 0, 0, -5_000);
    assertThat(world.balance(UNMATCHED)).isEqualTo(5_000);
  }

  private long firstSlip() {
    for (int i = 0; i < world.ledger.facts().size(); i++) {
      if (world.ledger.facts().get(i) instanceof SlipJudged) {
        return i + 1;
      }
    }
    throw new AssertionError("no slip");
  }

  @Test
  void executedAfterARejectionIsListedAndNotPaidTwice() {
    told(rejected());
    assertThat(told(executed())).containsExactly("R-1-1 ACSC DISPUTED");
    stands(0, 2_000, 5_000, 5_000, 0);
    assertThat(told(executed())).containsExactly("R-1-1 ACSC KNOWN");
    importing(debit("B-1", 5_000));
    stands(0, 2_000, 0, 5_000, -5_000);
  }

  @Test
  void aReturnAfterPaymentIsOwedAgainAndClosesTheAccountAndASecondIsForAClerk() {
    importing(debit("B-1", 5_000));
    assertThat(importing(comesBack("B-2"))).containsExactly("2026-04-02 5000 RETURNED R-1-1");
    stands(5_000, 2_000, 0, 0, 0);
    assertThat(importing(comesBack("B-2"))).containsExactly("2026-04-02 5000 KNOWN");
    assertThat(importing(comesBack("B-3")))
        .containsExactly("2026-04-02 5000 UNMATCHED R-1-1 RETURNED_TWICE");
    stands(5_000, 2_000, 0, 0, 5_000);
  }

  @Test
  void aReversalOfAPaidLineAtTheMomentOfItsReturnHasTheReturnDecidedAgain() {
    importing(debit("B-1", 5_000));
    Serial cheque = new Serial(Batch.of(7), 1);
    LinesReversed reversal =
        new LinesReversed(
            new ReversalId("indu-1"),
            new VenueId("10000000000001"),
            new SlipReference("S-1"),
            firstSlip(),
            List.of(
                new ReversedLine(
                    1,
                    cheque,
                    ReversedLine.Standing.PAID,
                    Optional.empty(),
                    List.of(spent(1_000)))),
            Reason.FRAUD,
            Optional.empty(),
            "clerk-1",
            Optional.empty(),
            DAY.plusDays(30));
    BankFile file = new BankFileReader(BankWorld.IBAN).read(comesBack("B-2").bytes());

    world
        .ledger
        .when(new ImportBankFile(file, Map.of(), Map.of()))
        .thenIsDecidedAgainAfter(reversal);

    importing(notification().entry("B-3", "2026-04-02", 5_000, "", "sans motif"));
    String entry = world.register.unmatched().iterator().next().fact().entry().id();
    world
        .ledger
        .when(new MatchBankEntry(entry, List.of(), Optional.empty(), Optional.of(FIRST), "clerk-1"))
        .thenIsDecidedAgainAfter(reversal);
  }

  @Test
  void aClerkNamesARejectedTransferForADebitWhoseReferenceTheBankLost() {
    told(rejected());
    importing(notification().entry("B-1", "2026-04-02", -5_000, "", "VIR SEPA"));

    world.must(
        new MatchBankEntry(
            world.register.unmatched().iterator().next().fact().entry().id(),
            List.of(),
            Optional.empty(),
            Optional.of(FIRST),
            "clerk-1"));

    stands(0, 2_000, 0, 5_000, -5_000);
    assertThat(world.balance(UNMATCHED)).isZero();
  }

  @Test
  void aReturnIsAlsoKnownByOurReferenceInItsText() {
    importing(debit("B-1", 5_000));
    assertThat(
            importing(
                notification()
                    .entry("B-2", "2026-04-02", 5_000, "RET-77", "RETOUR VIR R-1-1 COMPTE CLOS")))
        .containsExactly("2026-04-02 5000 RETURNED R-1-1");
  }

  @Test
  void aDebitAndItsReturnInOneStatementAreReadInTheirOrderInTime() {
    assertThat(
            importing(
                Camt.statement("1", "2026-04-02", "2026-04-02", 0)
                    .returned("B-2", "2026-04-02", 5_000, "R-1-1", "AC04")
                    .entry("B-1", "2026-04-02", -5_000, "R-1-1", "")))
        .containsExactly("2026-04-02 5000 RETURNED R-1-1", "2026-04-02 -5000 PAID R-1-1");
    stands(5_000, 2_000, 0, 0, 0);
  }

  @Test
  void aReturnOfWhatWasNeverDebitedIsForAClerk() {
    assertThat(importing(comesBack("B-2")))
        .containsExactly("2026-04-02 5000 UNMATCHED R-1-1 RETURNED_UNPAID");
    stands(0, 7_000, 0, 0, 5_000);
  }

  @Test
  void anotherAmountThanOursIsForAClerk() {
    assertThat(importing(debit("B-1", 4_999)))
        .containsExactly("2026-04-02 -4999 UNMATCHED R-1-1 AMOUNT_DIFFERS");
    assertThat(
            told(
                status(
                    "R-1",
                    "",
                    single(
                        "R-1-1",
                        "RJCT",
                        "<OrgnlTxRef><Amt><InstdAmt"
                            + " Ccy=\"EUR\">49.99</InstdAmt></Amt></OrgnlTxRef>"))))
        .containsExactly("R-1-1 RJCT DISPUTED");
    assertThat(told(status("R-1", "<OrgnlCtrlSum>1.00</OrgnlCtrlSum><GrpSts>RJCT</GrpSts>", "")))
        .containsExactly(" RJCT DISPUTED");
    stands(0, 7_000, 0, 0, -4_999);
  }

  @Test
  void aSecondDebitIsForAClerk() {
    importing(debit("B-1", 5_000));
    assertThat(importing(debit("B-2", 5_000)))
        .containsExactly("2026-04-02 -5000 UNMATCHED R-1-1 PAID_TWICE");
    stands(0, 2_000, 0, 5_000, -10_000);
  }

  @Test
  void aSecondDebitThatTheBankTakesBackLeavesThePayeePaidOnce() {
    importing(debit("B-1", 5_000));
    importing(debit("B-2", 5_000));
    assertThat(importing(notification().takenBack("B-3", "2026-04-02", 5_000, "R-1-1")))
        .containsExactly("2026-04-02 5000 UNMATCHED R-1-1 BANK_REVERSAL");
    world.must(new OffsetBankEntries(unmatched(5_000), unmatched(-5_000), "clerk-1"));
    stands(0, 2_000, 0, 5_000, -5_000);
    assertThat(world.register.unmatched()).isEmpty();
  }

  @Test
  void aDebitTakenBackBeforeTheSecondIsToldIsNoReturn() {
    importing(debit("B-1", 5_000));
    assertThat(importing(notification().takenBack("B-3", "2026-04-02", 5_000, "R-1-1")))
        .containsExactly("2026-04-02 5000 UNMATCHED R-1-1 BANK_REVERSAL");
    importing(debit("B-2", 5_000));
    world.must(new OffsetBankEntries(unmatched(5_000), unmatched(-5_000), "clerk-1"));
    stands(0, 2_000, 0, 5_000, -5_000);
  }

  @Test
  void whatComesBackOfTwoDebitsIsForAClerkWhoMayFindThatThePayeeSentItBack() {
    importing(debit("B-1", 5_000));
    importing(debit("B-2", 5_000));
    assertThat(importing(comesBack("B-3")))
        .containsExactly("2026-04-02 5000 UNMATCHED R-1-1 BACK_FROM_TWO_DEBITS");
    stands(0, 2_000, 0, 5_000, -5_000);

    world.must(
        new MatchBankEntry(
            unmatched(5_000), List.of(), Optional.empty(), Optional.of(FIRST), "clerk-1"));
    stands(5_000, 2_000, 0, 0, -5_000);
    assertThat(importing(comesBack("B-4")))
        .containsExactly("2026-04-02 5000 UNMATCHED R-1-1 RETURNED_TWICE");
    world.must(new OffsetBankEntries(unmatched(5_000), unmatched(-5_000), "clerk-1"));
    stands(5_000, 2_000, 0, 0, 0);
  }

  @Test
  void twoDebitsAndWhatComesBackOfThemInOneFileAreForAClerk() {
    assertThat(
            importing(
                notification()
                    .entry("B-1", "2026-04-02", -5_000, "R-1-1", "")
                    .entry("B-2", "2026-04-02", -5_000, "R-1-1", "")
                    .returned("B-3", "2026-04-02", 5_000, "R-1-1", "AC04")))
        .containsExactly(
            "2026-04-02 -5000 PAID R-1-1",
            "2026-04-02 -5000 UNMATCHED R-1-1 PAID_TWICE",
            "2026-04-02 5000 UNMATCHED R-1-1 BACK_FROM_TWO_DEBITS");
    stands(0, 2_000, 0, 5_000, -5_000);
  }

  @Test
  void aSecondDebitThatIsExplainedLeavesTheTransferFreeToComeBack() {
    importing(debit("B-1", 5_000));
    importing(debit("B-2", 5_000));
    importing(notification().takenBack("B-3", "2026-04-02", 5_000, "R-1-1"));
    world.must(new OffsetBankEntries(unmatched(5_000), unmatched(-5_000), "clerk-1"));
    assertThat(importing(comesBack("B-4"))).containsExactly("2026-04-02 5000 RETURNED R-1-1");
    stands(5_000, 2_000, 0, 0, 0);
  }

  private String unmatched(long cents) {
    return world.register.unmatched().stream()
        .map(BankRegister.Unmatched::fact)
        .filter(fact -> fact.cents() == cents)
        .map(fact -> fact.entry().id())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aStatusOfATransferWeNeverSentIsListedAndItsNameIsNotKept() {
    assertThat(told(status("R-9", "", single("JEANNE-MARTIN", "RJCT", reason("AC04")))))
        .containsExactly(" RJCT DISPUTED");
    assertThat(told(status("R-9", "<GrpSts>ACSC</GrpSts>", ""))).containsExactly(" ACSC DISPUTED");
    assertThat(told(status("R-9", "", single("R-1-1", "RJCT", ""))))
        .containsExactly("R-1-1 RJCT DISPUTED");
    assertThat(world.register.disputed().toString()).doesNotContain("JEANNE");
    stands(0, 7_000, 0, 0, 0);
  }

  @Test
  void aTransferThatNobodyHasReleasedCannotBePaid() {
    world.ledger.given(
        new VenueAccountOpened(new VenueId("30000000000003"), new VaultReference("v-9"), "f-9"));
    long position = slip(world, "30000000000003", "v-9", 1_000);
    world.ledger.given(
        new SettlementRunOpened(
            new SettlementRunId("R-3"),
            PROGRAMME,
            Instant.parse("2026-03-31T22:00:00Z"),
            DAY,
            List.of(transfer(new TransferId("R-3-1"), "v-9", "30000000000003", position, 1_000)),
            List.of(),
            Optional.of("clerk-1"),
            Optional.empty(),
            List.of(),
            List.of()));

    assertThat(importing(notification().entry("B-1", "2026-04-02", -1_000, "R-3-1", "")))
        .containsExactly("2026-04-02 -1000 UNMATCHED R-3-1 TRANSFER_NOT_SENT");
    assertThat(told(status("R-3", "", single("R-3-1", "RJCT", ""))))
        .containsExactly(" RJCT DISPUTED");
    assertThat(told(status("R-3", "<GrpSts>RJCT</GrpSts>", ""))).containsExactly(" RJCT DISPUTED");
  }

  @Test
  void theDebitOfATransferThatAClerkConfirmedProvesItOnce() {
    world.must(new ConfirmTransfer(RUN, FIRST, DAY));
    assertThat(importing(debit("B-1", 5_000))).containsExactly("2026-04-02 -5000 PROVED R-1-1");
    stands(0, 2_000, 0, 5_000, -5_000);
    assertThat(importing(debit("B-2", 5_000)))
        .containsExactly("2026-04-02 -5000 UNMATCHED R-1-1 PAID_TWICE");
  }

  @Test
  void aClerkAndTheBankAtTheSameMomentEndATransferOnce() {
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debit("B-1", 5_000).bytes());
    ImportBankFile importing = new ImportBankFile(file, Map.of(), Map.of());

    var race = world.ledger.race(new RejectTransfer(RUN, FIRST, DAY, "AC04"), importing);
    assertThat(race.decidedAgain()).isTrue();
    // The money is gone: the rejection does not have it paid again.
    stands(0, 2_000, 0, 5_000, -5_000);

    TransfersTest other = new TransfersTest();
    other.twoTransfersAreSent();
    var second = other.world.ledger.race(importing, new RejectTransfer(RUN, FIRST, DAY, "AC04"));
    assertThat(second.decidedAgain()).isTrue();
    assertThat(second.second()).isInstanceOf(Outcome.Refused.class);
    other.stands(0, 2_000, 0, 5_000, -5_000);
  }

  @Test
  void aDebitOfTheBankThatNamesNothingOfOursIsBookedAndOpen() {
    assertThat(importing(notification().entry("B-9", "2026-04-02", -1_250, "", "FRAIS")))
        .containsExactly("2026-04-02 -1250 UNMATCHED UNKNOWN_DEBIT");
    assertThat(world.balance(UNMATCHED)).isEqualTo(1_250);
  }

  private static String batch(String reference, String details) {
    return "<Ntry>"
        + Camt.amount(-7_000)
        + "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-04-02</Dt></BookgDt><AcctSvcrRef>"
        + reference
        + "</AcctSvcrRef><NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>"
        + details
        + "</NtryDtls></Ntry>";
  }

  private static String detail(String endToEnd, String amount) {
    return "<TxDtls><Refs><EndToEndId>"
        + endToEnd
        + "</EndToEndId></Refs><Amt Ccy=\"EUR\">"
        + amount
        + "</Amt></TxDtls>";
  }

  @Test
  void aSumOnTheStatementIsExplainedByTheNotificationThatTellsItsPaymentsLater() {
    byte[] statement =
        Camt.statement("1", "2026-04-02", "2026-04-02", 7_000)
            .raw(-7_000, batch("B-7", ""))
            .bytes();
    byte[] details =
        notification()
            .raw(-7_000, batch("B-7", detail("R-1-1", "50.00") + detail("R-1-2", "20.00")))
            .bytes();
    world.importing(statement);
    stands(0, 7_000, 0, 0, -7_000);

    assertThat(world.importing(details).entries())
        .extracting(BankWorld::told)
        .containsExactly("2026-04-02 -5000 PAID R-1-1", "2026-04-02 -2000 PAID R-1-2");
    stands(0, 0, 0, 7_000, -7_000);
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(world.importing(details).known()).isEqualTo(2);
    assertThat(world.importing(statement).known()).isEqualTo(2);
    stands(0, 0, 0, 7_000, -7_000);
  }

  @Test
  void theTransfersOfASumThatTheBankTellsOtherwiseWaitForTheirDebitsAgain() {
    Camt told =
        Camt.statement("1", "2026-04-02", "2026-04-02", 7_000)
            .raw(-7_000, batch("B-7", detail("R-1-1", "50.00") + detail("R-1-2", "20.00")));
    Camt otherwise =
        Camt.statement("1", "2026-04-02", "2026-04-02", 7_000)
            .raw(-7_000, batch("B-7", detail("R-1-1", "50.00") + detail("X-9", "20.00")))
            .told("M-2");
    importing(told);
    stands(0, 0, 0, 7_000, -7_000);
    assertThat(importing(otherwise))
        .containsExactly(
            "2026-04-02 -5000 UNMATCHED R-1-1 PAID_TWICE",
            "2026-04-02 -2000 UNMATCHED UNKNOWN_DEBIT");

    world.must(
        new CloseBankException(
            world.register.contradicting().getFirst().statement().statement(),
            BankExceptionClosed.Reason.CORRECTED_BY_BANK,
            Optional.empty(),
            "clerk-1"));
    stands(0, 7_000, 0, 0, -7_000);
    world.must(
        new MatchBankEntry(
            world.register.unmatched().iterator().next().fact().entry().id(),
            List.of(),
            Optional.empty(),
            Optional.of(FIRST),
            "clerk-1"));

    stands(0, 2_000, 0, 5_000, -7_000);
    assertThat(world.balance(UNMATCHED)).isEqualTo(2_000);
  }

  @Test
  void aDebitOfOursIsTheSameInWhateverWords() {
    Camt told =
        Camt.statement("1", "2026-04-02", "2026-04-02", 7_000)
            .entry("B-1", "2026-04-02", -5_000, "R-1-1", "VIR");
    importing(told);

    assertThat(
            importing(
                Camt.statement("1", "2026-04-02", "2026-04-02", 7_000)
                    .entry("B-1", "2026-04-02", -5_000, "R-1-1", "VIREMENT EMIS")
                    .told("M-2")))
        .containsExactly("2026-04-02 -5000 KNOWN");
  }

  @Test
  void aDebitWhoseTransferTheBankNamesOnlyLaterIsPaidThenAndOnce() {
    assertThat(importing(notification().entry("B-1", "2026-04-02", -5_000, "", "VIR SEPA")))
        .containsExactly("2026-04-02 -5000 UNMATCHED UNKNOWN_DEBIT");
    assertThat(importing(notification().entry("B-1", "2026-04-02", -5_000, "X-9", "VIR SEPA")))
        .as("a name that is none of ours tells nothing new")
        .containsExactly("2026-04-02 -5000 KNOWN");
    stands(0, 7_000, 0, 0, -5_000);

    assertThat(importing(debit("B-1", 5_000))).containsExactly("2026-04-02 -5000 PAID R-1-1");

    stands(0, 2_000, 0, 5_000, -5_000);
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(importing(debit("B-1", 5_000))).containsExactly("2026-04-02 -5000 KNOWN");
    stands(0, 2_000, 0, 5_000, -5_000);
  }

  @Test
  void whatWaitsForAClerkIsNotTriedAgainByTheSameWords() {
    importing(debit("B-1", 4_999));
    importing(notification().entry("B-2", "2026-04-02", 5_000, "", "VIR SEPA"));
    int head = world.ledger.facts().size();

    assertThat(importing(debit("B-1", 4_999))).containsExactly("2026-04-02 -4999 KNOWN");
    assertThat(importing(notification().entry("B-2", "2026-04-02", 5_000, "R-1-1", "")))
        .containsExactly("2026-04-02 5000 KNOWN");
    assertThat(world.ledger.facts()).hasSize(head);
  }

  @Test
  void aStatusOfADayBeforeTheRunWasSentIsForAClerkAndOneOfThatDayIsTaken() {
    String early = executed().replace("2026-04-02T07:00:00+02:00", "2026-04-01T23:59:59+02:00");
    String rejected = rejected().replace("2026-04-02T07:00:00+02:00", "2026-04-01T23:59:59+02:00");

    assertThat(told(early)).containsExactly("R-1-1 ACSC DISPUTED");
    assertThat(told(rejected)).containsExactly("R-1-1 RJCT DISPUTED");
    assertThat(told(early)).as("once").containsExactly("R-1-1 ACSC KNOWN");
    assertThat(world.ledger.facts(BankStatusDisputed.class))
        .extracting(BankStatusDisputed::why)
        .containsOnly(BankStatusDisputed.Why.DATED_BEFORE_SENT);
    stands(0, 7_000, 0, 0, 0);

    assertThat(told(early.replace("2026-04-01T23:59:59+02:00", "2026-04-02T00:00:00+02:00")))
        .containsExactly("R-1-1 ACSC EXECUTED");
    stands(0, 2_000, 5_000, 5_000, 0);
  }

  @Test
  void aStatusThatTellsNothingNewIsCountedAsKnown() {
    assertThat(world.importing(BankWorld.utf8(executed())).known()).isZero();
    assertThat(world.importing(BankWorld.utf8(executed())).known()).isEqualTo(1);
  }

  @Test
  void aClerkNamesTheTransferOfADebitWhoseReferenceTheBankLost() {
    importing(notification().entry("B-1", "2026-04-02", -5_000, "", "VIR SEPA"));
    String entry = world.register.unmatched().iterator().next().fact().entry().id();
    MatchBankEntry match =
        new MatchBankEntry(entry, List.of(), Optional.empty(), Optional.of(FIRST), "clerk-1");
    world
        .ledger
        .when(
            new MatchBankEntry(
                entry,
                List.of(),
                Optional.empty(),
                Optional.of(new TransferId("R-1-2")),
                "clerk-1"))
        .thenRefuses(BankRefusal.TRANSFER_DIFFERS);

    world.must(match);

    stands(0, 2_000, 0, 5_000, -5_000);
    assertThat(world.balance(UNMATCHED)).isZero();
    world.ledger.when(match).thenAlreadyRecorded();
  }

  @Test
  void aDebitWhoseReferenceTheBankLostProvesATransferThatAClerkConfirmed() {
    importing(notification().entry("B-1", "2026-04-02", -5_000, "", "VIR SEPA"));
    world.must(new ConfirmTransfer(RUN, FIRST, DAY));
    stands(0, 2_000, 0, 5_000, -10_000);

    world.must(
        new MatchBankEntry(
            world.register.unmatched().iterator().next().fact().entry().id(),
            List.of(),
            Optional.empty(),
            Optional.of(FIRST),
            "clerk-1"));

    stands(0, 2_000, 0, 5_000, -5_000);
  }
}
