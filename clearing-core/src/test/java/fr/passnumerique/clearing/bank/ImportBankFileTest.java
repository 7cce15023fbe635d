package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.Outcome;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportBankFileTest {
  /** It is 2 April, noon. */
  @Test
  void aStatementThatClosesTomorrowIsRefusedAndListedAndOneOfTodayIsTaken() {
    BankWorld world = BankWorld.usual();
    Camt today = Camt.statement("1", "2026-04-01", "2026-04-02", 0);
    Camt tomorrow =
        Camt.statement("2", "2026-04-02", "2026-04-03", 0)
            .entry("B-1", "2026-04-02", 700, "", "merci");

    assertThat(world.importing(today.bytes()).statements()).hasSize(1);
    assertThatThrownBy(() -> world.importing(tomorrow.bytes()))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("STATEMENT_IN_FUTURE"))
        .hasMessageContaining("closes on 2026-04-03 and today is 2026-04-02 in Paris");

    assertThat(world.ledger.facts(BankStatementImported.class)).hasSize(1);
    assertThat(world.register.unmatched()).as("nothing of it is recorded").isEmpty();
    assertThat(world.register.refused()).hasSize(1);
    world.ledger.on(BankWorld.TODAY.plusDays(1));
    assertThat(world.importing(tomorrow.bytes()).statements()).hasSize(1);
  }

  @Test
  void statusesOfTomorrowAreRefusedAndListedAndThoseOfTodayAreRead() {
    BankWorld world = BankWorld.usual();
    String tomorrow =
        TransfersTest.status(
            BankWorld.TODAY.plusDays(1), "X-1", "", TransfersTest.single("X-1-1", "ACSC", ""));

    assertThatThrownBy(() -> world.importing(BankWorld.utf8(tomorrow)))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("STATUS_IN_FUTURE"))
        .hasMessageContaining("of 2026-04-03 and today is 2026-04-02 in Paris");

    assertThat(world.register.disputed()).as("nothing of it is recorded").isEmpty();
    assertThat(world.register.refused()).hasSize(1);
    world.ledger.on(BankWorld.TODAY.plusDays(1));
    world.importing(BankWorld.utf8(tomorrow));
    assertThat(world.register.disputed()).hasSize(1);
  }

  @Test
  void anIdentifierOfFewerThanFourSignsIsNeverMetInATextAndAnAssignedReferenceIs() {
    BankWorld world = BankWorld.usual();
    AgreementId shorter = new AgreementId("a-16");
    AgreementId longer = new AgreementId("a-160");
    for (AgreementId agreement : List.of(shorter, longer)) {
      world.must(
          FundedWorld.agreement(
              agreement, FundedWorld.PROGRAMME, FundedWorld.share(STATE, 10_000, 10_000_000)));
    }
    String reference =
        world.must(new AssignPaymentReference(shorter, STATE, Optional.empty())).reference();

    var read =
        world.importing(
            Camt.notification("N")
                .entry("B-1", "2026-04-02", 700, "", "pour a-16")
                .entry("B-2", "2026-04-02", 800, "", "pour a-160")
                .entry("B-3", "2026-04-02", 900, "", reference)
                .bytes());

    assertThat(read.entries())
        .extracting(e -> e.cents() + " " + e.outcome() + e.agreement().map(a -> " " + a).orElse(""))
        .containsExactly("700 UNMATCHED", "800 RECEIVED a-160", "900 RECEIVED a-16");
  }

  private static final LocalDate FIRST = LocalDate.of(2026, 4, 1);

  private final BankWorld world = BankWorld.usual();

  private static RecordReceipt byHand(String receipt, long cents, LocalDate valueDate) {
    return new RecordReceipt(new ReceiptId(receipt), AGREEMENT, STATE, cents, valueDate);
  }

  @Test
  void aStatementsCreditsAreTheirFundersMoneyAndTheRestIsForAClerk() {
    BankFileImported imported = world.importing("statement-of-a-day.xml");

    assertThat(imported.entries())
        .extracting(BankWorld::told)
        .containsExactly(
            "2026-04-01 571400 RECEIVED creuse-2026/anct",
            "2026-04-01 428600 RECEIVED creuse-2026/nouvelle-aquitaine",
            "2026-04-01 2500 UNMATCHED NO_REFERENCE",
            "2026-04-01 -1250 UNMATCHED UNKNOWN_DEBIT");
    assertThat(imported.pending()).isEqualTo(1);
    assertThat(imported.statements())
        .extracting(s -> "%s %d %d".formatted(s.to(), s.openingCents(), s.closingCents()))
        .containsExactly("2026-04-01 0 1001250");
    assertThat(world.balance(BANK)).isEqualTo(1_001_250);
    assertThat(world.balance(FUNDER_CREDIT)).isEqualTo(-1_000_000);
    assertThat(world.balance(UNMATCHED)).isEqualTo(-1_250);
  }

  @Test
  void theSameStatementAgainAddsNothing() {
    world.importing("statement-of-a-day.xml");
    int head = world.ledger.facts().size();

    BankFileImported again = world.importing("statement-of-a-day.xml");

    assertThat(world.ledger.facts()).hasSize(head);
    assertThat(again.known()).isEqualTo(5);
    assertThat(again.entries())
        .extracting(BankFileImported.Entry::outcome)
        .containsOnly(BankFileImported.Outcome.KNOWN);
  }

  @Test
  void aNotificationAndTheStatementOfOneCreditCountOnceWhicheverComesFirst() {
    world.importing("notification-without-references.xml");
    world.importing("statement-of-a-day.xml");
    assertThat(world.balance(BANK)).isEqualTo(1_001_250);

    BankWorld other = BankWorld.usual();
    other.importing("statement-of-a-day.xml");
    BankFileImported late = other.importing("notification-without-references.xml");
    assertThat(late.known()).isEqualTo(1);
    assertThat(other.balance(BANK)).isEqualTo(1_001_250);
  }

  @Test
  void thePaymentsOfABookingAreToldApartInWhateverAlphabetTheBankWrites() {
    BankFileImported imported = world.importing("batched-credits-latin1.xml");

    assertThat(imported.entries())
        .extracting(BankWorld::told)
        .containsExactly(
            "2026-04-02 100000 RECEIVED creuse-2026/nouvelle-aquitaine",
            "2026-04-02 50000 UNMATCHED NO_REFERENCE");
    assertThat(imported.entries())
        .extracting(BankFileImported.Entry::entry)
        .doesNotHaveDuplicates()
        .extracting(entry -> entry.substring(entry.lastIndexOf('.')))
        .containsExactly(".1", ".2");
    assertThat(imported.statements().getFirst().reference()).isEqualTo("92");
    assertThat(world.importing("batched-credits-latin1.xml").known()).isEqualTo(3);
    assertThat(world.vault.contents())
        .containsExactly(
            Map.of(
                "text", "facture 12",
                "counterparty", "Société générale d'à côté",
                "endToEnd", "M-2"));
  }

  @Test
  void noFactTellsAnIbanANameOrWhatAPayerWrote() {
    world.importing("statement-of-a-day.xml");
    world.importing("batched-credits-latin1.xml");

    FactCatalogue catalogue = new FactCatalogue(Bank.FACTS, List.of());
    String bank =
        String.join(
            "\n",
            world.ledger.facts().stream()
                .filter(fact -> fact.getClass().getPackage().equals(Bank.class.getPackage()))
                .map(catalogue::write)
                .toList());
    assertThat(bank)
        .contains("26091-000019")
        .doesNotContainIgnoringCase("Martin", "FR76", "FR14", "JEANNE", "remerciements", "côté");
  }

  @Test
  void twoCreditsAlikeInOneStatementAreTwoAndAnotherStatementThatListsBothAddsNone() {
    Camt two =
        Camt.statement("1", "2026-04-01", "2026-04-01", 0)
            .entry("", "2026-04-01", 10_000, "", "creuse-2026 anct")
            .entry("", "2026-04-01", 10_000, "", "creuse-2026 anct");
    world.importing(two.bytes());
    world.importing(
        Camt.statement("1-2", "2026-04-01", "2026-04-02", 0)
            .entry("", "2026-04-01", 10_000, "", "creuse-2026 anct")
            .entry("", "2026-04-01", 10_000, "", "creuse-2026 anct")
            .entry("", "2026-04-02", 10_000, "", "creuse-2026 anct")
            .bytes());

    assertThat(world.balance(BANK)).isEqualTo(30_000);
    assertThat(world.ledger.facts(FundsReceived.class))
        .extracting(FundsReceived::receipt)
        .doesNotHaveDuplicates();
  }

  @Test
  void aNotificationOfOneOfTwoAlikeIsFollowedByAStatementThatAddsTheOther() {
    world.importing(
        Camt.notification("N").entry("", "2026-04-01", 10_000, "X", "creuse-2026 anct").bytes());
    world.importing(
        Camt.statement("1", "2026-04-01", "2026-04-01", 0)
            .entry("B-1", "2026-04-01", 10_000, "X", "creuse-2026 anct")
            .entry("B-2", "2026-04-01", 10_000, "X", "creuse-2026 anct")
            .bytes());

    assertThat(world.balance(BANK)).isEqualTo(20_000);
  }

  @Test
  void bookingsOfOneAmountWithOtherReferencesOfTheBankAreOthers() {
    world.importing(
        Camt.notification("N").entry("B-1", "2026-04-01", 10_000, "X", "creuse-2026 anct").bytes());
    world.importing(
        Camt.notification("M").entry("B-2", "2026-04-01", 10_000, "X", "creuse-2026 anct").bytes());
    world.importing(
        Camt.notification("O").entry("", "2026-04-01", 10_000, "Y", "creuse-2026 anct").bytes());
    // The same reference on another day: banks number each day anew.
    world.importing(
        Camt.notification("P").entry("B-1", "2026-04-02", 10_000, "X", "creuse-2026 anct").bytes());

    assertThat(world.balance(BANK)).isEqualTo(30_000);
  }

  @Test
  void statementsComeInAnyOrderAndOverlap() {
    world.ledger.on(LocalDate.of(2026, 4, 3));
    Camt second =
        Camt.statement("2", "2026-04-02", "2026-04-03", 10_000)
            .entry("B-2", "2026-04-02", 20_000, "", "creuse-2026 anct")
            .entry("B-3", "2026-04-03", 30_000, "", "creuse-2026 anct");
    Camt first =
        Camt.statement("1", "2026-04-01", "2026-04-02", 0)
            .entry("B-1", "2026-04-01", 10_000, "", "creuse-2026 anct")
            .entry("B-2", "2026-04-02", 20_000, "", "creuse-2026 anct");
    world.importing(second.bytes());
    world.importing(first.bytes());

    assertThat(world.balance(BANK)).isEqualTo(60_000);
    assertThat(world.register.statements()).hasSize(2);
  }

  @Test
  void oneFileHoldsOverlappingStatementsAndEachMovementCountsOnce() {
    String first =
        Camt.statement("1", "2026-04-01", "2026-04-01", 0)
            .entry("B-1", "2026-04-01", 10_000, "", "creuse-2026 anct")
            .xml();
    String statement = first.substring(first.indexOf("<Stmt>"), first.indexOf("</BkToCstmrStmt>"));

    BankFileImported imported =
        world.importing(BankWorld.utf8(first.replace(statement, statement + statement)));

    assertThat(imported.statements())
        .extracting(BankFileImported.Statement::already)
        .containsExactly(false, true);
    assertThat(world.ledger.facts(BankStatementImported.class)).hasSize(1);
    assertThat(world.balance(BANK)).isEqualTo(10_000);
    assertThat(world.register.statements()).hasSize(1);
  }

  @Test
  void aCreditThatAClerkRecordedBeforeProvesItAndAddsNothing() {
    world.must(byHand("26091-000017", 571_400, FIRST));

    BankFileImported imported = world.importing("statement-of-a-day.xml");

    assertThat(BankWorld.told(imported.entries().getFirst()))
        .isEqualTo("2026-04-01 571400 PROVED creuse-2026/anct");
    assertThat(world.balance(BANK)).isEqualTo(1_001_250);
    assertThat(world.register.unproved()).isEmpty();
  }

  @Test
  void aClerksReceiptUnderAnotherNameIsProvedByItsFunderAmountAndDaysNearby() {
    world.must(byHand("virement-anct", 571_400, FIRST.minusDays(5)));
    assertThat(world.importing("statement-of-a-day.xml").entries().getFirst().outcome())
        .isEqualTo(BankFileImported.Outcome.PROVED);

    BankWorld other = BankWorld.usual();
    other.must(byHand("virement-anct", 571_400, FIRST.minusDays(6)));
    assertThat(other.importing("statement-of-a-day.xml").entries().getFirst().outcome())
        .isEqualTo(BankFileImported.Outcome.RECEIVED);
  }

  /**
   * It may be another's of the same day and amount, and what is proved is the bank's to correct.
   */
  @Test
  void aCreditWithoutAReferenceProvesNoReceiptByItsDayAndAmount() {
    world.must(byHand("don", 2_500, FIRST));

    assertThat(world.importing("statement-of-a-day.xml").entries().get(2).outcome())
        .isEqualTo(BankFileImported.Outcome.UNMATCHED);
  }

  @Test
  void oneReceiptIsProvedByOneCredit() {
    world.must(byHand("R-1", 10_000, FIRST));
    world.importing(
        Camt.statement("1", "2026-04-01", "2026-04-01", 0)
            .entry("B-1", "2026-04-01", 10_000, "", "creuse-2026 anct")
            .entry("B-2", "2026-04-01", 10_000, "", "creuse-2026 anct")
            .bytes());

    assertThat(world.balance(BANK)).isEqualTo(20_000);
  }

  @Test
  void aClerkWhoRecordsACreditOfTheBankByItsReferenceAddsNothing() {
    world.importing("statement-of-a-day.xml");

    world.ledger.when(byHand("26091-000017", 571_400, FIRST)).thenAlreadyRecorded();
  }

  @Test
  void aClerkAndAFileAtTheSameMomentRecordACreditOnce() {
    byte[] file =
        Camt.notification("N").entry("B-1", "2026-04-01", 10_000, "", "creuse-2026 anct").bytes();
    BankFile read = new BankFileReader(BankWorld.IBAN).read(file);
    ImportBankFile importing = new ImportBankFile(read, Map.of(), Map.of());

    assertThat(world.ledger.race(byHand("R-1", 10_000, FIRST), importing).decidedAgain()).isTrue();
    assertThat(world.balance(BANK)).isEqualTo(10_000);

    BankWorld other = BankWorld.usual();
    var race = other.ledger.race(importing, importing);
    assertThat(race.decidedAgain()).isTrue();
    assertThat(((Outcome.Recorded<?>) race.second()).already()).isTrue();
    assertThat(other.balance(BANK)).isEqualTo(10_000);
  }

  @Test
  void aCreditThatNamesAnAgreementOfSeveralFundersAndNoneOfThemIsForAClerk() {
    BankFileImported imported =
        world.importing(
            Camt.notification("N").entry("B-1", "2026-04-01", 100, "", "CREUSE 2026").bytes());

    assertThat(BankWorld.told(imported.entries().getFirst()))
        .isEqualTo("2026-04-01 100 UNMATCHED AMBIGUOUS_REFERENCE");
    assertThat(
            BankWorld.told(
                world
                    .importing(
                        Camt.notification("N")
                            .entry("B-2", "2026-04-01", 100, "", "creuse-20266 anct")
                            .bytes())
                    .entries()
                    .getFirst()))
        .isEqualTo("2026-04-01 100 UNMATCHED NO_REFERENCE");
  }

  @Test
  void bookingsOfWhichTheBankDoesNotTellThePaymentsAreForAClerk() {
    String batch =
        "<Ntry>"
            + Camt.amount(30_000)
            + "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-04-01</Dt></BookgDt>"
            + "<AcctSvcrRef>B-7</AcctSvcrRef><NtryDtls><Btch><NbOfTxs>3</NbOfTxs></Btch></NtryDtls>"
            + "</Ntry>";

    BankFileImported imported =
        world.importing(
            Camt.statement("1", "2026-04-01", "2026-04-01", 0).raw(30_000, batch).bytes());

    assertThat(BankWorld.told(imported.entries().getFirst()))
        .isEqualTo("2026-04-01 30000 UNMATCHED DETAILS_MISSING");
  }

  private static Camt day(String day, long openingCents) {
    return Camt.statement("S-" + day, day, day, openingCents);
  }

  private List<Boolean> proven() {
    return world.register.proof().closings().stream().map(BankProof.Closing::proven).toList();
  }

  private List<String> told(Camt file) {
    return world.importing(file.bytes()).entries().stream().map(BankWorld::told).toList();
  }

  @Test
  void whatIsBookedOutsideTheDaysOfItsStatementCountsWithinThem() {
    assertThat(told(day("2026-03-31", 0).entry("B-1", "2026-03-31", 100, "", "merci")))
        .containsExactly("2026-03-31 100 UNMATCHED NO_REFERENCE");
    assertThat(
            told(
                day("2026-04-01", 100)
                    .entry("B-2", "2026-03-31", 200, "", "merci")
                    .entry("B-3", "2026-08-15", 300, "", "creuse-2026 anct")))
        .containsExactly(
            "2026-04-01 200 UNMATCHED NO_REFERENCE", "2026-04-01 300 RECEIVED creuse-2026/anct");

    assertThat(proven()).containsExactly(true, true);
    assertThat(world.balance(BANK)).isEqualTo(600);
    assertThat(world.ledger.facts(FundsReceived.class).getFirst().entry().orElseThrow().toldOn())
        .contains(LocalDate.of(2026, 8, 15));
    // It is known by the day that the bank wrote, in whatever file it is told again.
    assertThat(told(Camt.notification("N").entry("B-2", "2026-03-31", 200, "", "merci")))
        .containsExactly("2026-04-01 200 KNOWN");
    assertThat(
            told(
                Camt.statement("T", "2026-03-30", "2026-04-01", 0)
                    .entry("B-1", "2026-03-31", 100, "", "merci")
                    .entry("B-2", "2026-03-31", 200, "", "merci")
                    .entry("B-3", "2026-08-15", 300, "", "creuse-2026 anct")))
        .allMatch(line -> line.endsWith(" KNOWN"));
    assertThat(proven()).containsExactly(true, true);
  }

  @Test
  void aBookingsMomentIsOfItsDayInParisAndWithinTheDaysOfItsStatement() {
    Camt late = day("2026-04-01", 0).entry("B-1", "2026-03-31T22:00:00Z", 100, "", "merci");
    Camt next = day("2026-04-02", 100).entry("B-2", "2026-04-01T22:00:00Z", 100, "", "merci");
    for (Camt each : List.of(late, next)) {
      world.importing(
          BankWorld.utf8(
              each.xml().replaceAll("<Dt>(2026-0[34]-[0-9]*T.*?)</Dt>", "<DtTm>$1</DtTm>")));
    }
    // The bank's own day had not ended.
    Camt utc =
        Camt.statement("U", "2026-04-02", "2026-04-02", 200)
            .entry("B-3", "2026-04-02T22:30:00Z", 100, "", "merci");
    world.importing(
        BankWorld.utf8(utc.xml().replaceAll("<Dt>(2026-04-02T.*?)</Dt>", "<DtTm>$1</DtTm>")));

    assertThat(world.register.unmatched())
        .extracting(each -> each.fact().entry().bookedOn().getDayOfMonth())
        .containsExactly(1, 2, 2);
    assertThat(proven()).containsExactly(true, true);
  }

  @Test
  void whatIsNotifiedForADayToComeIsNoCashBeforeThatDay() {
    Camt notified =
        Camt.notification("N")
            .entry("B-1", "2026-04-02", 100, "", "merci")
            .entry("B-2", "2026-04-03", 200, "", "creuse-2026 anct");

    BankFileImported today = world.importing(notified.bytes());
    assertThat(today.entries())
        .extracting(BankWorld::told)
        .containsExactly("2026-04-02 100 UNMATCHED NO_REFERENCE");
    assertThat(today.pending()).isEqualTo(1);
    assertThat(world.balance(BANK)).isEqualTo(100);

    world.ledger.on(BankWorld.TODAY.plusDays(1));
    assertThat(told(notified))
        .containsExactly("2026-04-02 100 KNOWN", "2026-04-03 200 RECEIVED creuse-2026/anct");
    assertThat(world.balance(BANK)).isEqualTo(300);
  }
}
