package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.bank.BankEntryMatched.Part;
import fr.passnumerique.clearing.bank.BankReading.ReadStatement;
import fr.passnumerique.clearing.bank.BankReading.UnmatchedEntry;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.bookkeeping.FreeCredit;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.RefundCreditNote;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.giveback.GiveBackCredit;
import fr.passnumerique.clearing.giveback.GiveBackId;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.SealedNotes;
import fr.passnumerique.clearing.money.CreditorReference;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BankListsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 4, 1);

  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  private static final Actor AUDITOR = new Actor("auditor-1", Role.AUDITOR, "");

  private final BankWorld world = BankWorld.usual();
  private final BankReading reading =
      new BankReading(world.register, Supplier::get, Unnoted.readings(world.vault));
  private final BankExceptions exceptions =
      new BankExceptions(world.register, Supplier::get, Unnoted.readings(world.vault));

  private String unmatched(long cents) {
    return reading.unmatched(null, 100, BankWorld.CLERK).rows().stream()
        .filter(entry -> entry.cents() == cents)
        .findFirst()
        .map(UnmatchedEntry::entry)
        .orElseThrow();
  }

  private static MatchBankEntry match(String entry, Part... parts) {
    return new MatchBankEntry(entry, List.of(parts), Optional.empty(), Optional.empty(), "clerk-1");
  }

  private static Part part(FunderId funder, long cents) {
    return new Part(AGREEMENT, funder, cents);
  }

  private static MatchBankEntry proof(String entry, String receipt) {
    return new MatchBankEntry(
        entry, List.of(), Optional.of(new ReceiptId(receipt)), Optional.empty(), "clerk-1");
  }

  @Test
  void whatNobodyCanExplainIsListedWithWhatTheBankWroteBesideIt() {
    world.importing("statement-of-a-day.xml");

    assertThat(reading.unmatched(null, 100, BankWorld.CLERK).rows())
        .extracting(e -> "%d %s %s %s".formatted(e.cents(), e.why(), e.counterparty(), e.text()))
        .containsExactly(
            "-1250 UNKNOWN_DEBIT  FRAIS DE TENUE DE COMPTE T1",
            "2500 NO_REFERENCE Jeanne Martin pour le pass, avec mes remerciements");
  }

  @Test
  void anAuditorReadsEveryEntryAndNotWhatMayNameAPerson() {
    world.importing("statement-of-a-day.xml");

    assertThat(reading.unmatched(null, 100, BankWorld.AUDITOR).rows())
        .extracting(
            e ->
                "%d %s '%s' '%s' '%s'"
                    .formatted(e.cents(), e.why(), e.counterparty(), e.text(), e.endToEnd()))
        .containsExactly("-1250 UNKNOWN_DEBIT '' '' ''", "2500 NO_REFERENCE '' '' ''");
  }

  @Test
  void entriesAreReadAPageAtATimeAndNoneIsPassedOverWhenOneIsExplainedMeanwhile() {
    Camt camt = Camt.notification("N");
    for (int i = 1; i <= 5; i++) {
      // Two on the first day: of one day the first recorded comes first.
      camt.entry("B-" + i, i < 3 ? "2026-04-01" : "2026-04-02", 100 * i, "", "note " + i);
    }
    world.importing(camt.bytes());

    Page<UnmatchedEntry> first = reading.unmatched(null, 2, BankWorld.CLERK);
    world.must(match(first.rows().getFirst().entry(), part(STATE, 100)));
    world.must(match(first.rows().getLast().entry(), part(STATE, 200)));
    Page<UnmatchedEntry> second = reading.unmatched(first.next().orElseThrow(), 2, BankWorld.CLERK);
    Page<UnmatchedEntry> third = reading.unmatched(second.next().orElseThrow(), 2, BankWorld.CLERK);

    assertThat(first.count()).isEqualTo(5);
    assertThat(first.rows()).extracting(UnmatchedEntry::cents).containsExactly(100L, 200L);
    assertThat(second.count()).isEqualTo(3);
    assertThat(second.rows()).extracting(UnmatchedEntry::text).containsExactly("note 3", "note 4");
    assertThat(third.rows()).extracting(UnmatchedEntry::cents).containsExactly(500L);
    assertThat(third.next()).isEmpty();
    assertThat(reading.unmatched(null, 3, BankWorld.CLERK).next())
        .as("a page that is just full")
        .isEmpty();
  }

  @Test
  void ofTheVaultNoMoreIsReadThanThePage() {
    Camt camt = Camt.notification("N");
    for (int i = 1; i <= 3; i++) {
      camt.entry("B-" + i, "2026-04-01", 100 * i, "", "note " + i);
    }
    world.importing(camt.bytes());
    List<Integer> asked = new ArrayList<>();
    Vault counting =
        new MemoryVault() {
          @Override
          public Map<VaultReference, Map<String, String>> openAll(
              Collection<VaultReference> references) {
            asked.add(references.size());
            return world.vault.openAll(references);
          }
        };
    BankReading counted =
        new BankReading(world.register, Supplier::get, Unnoted.readings(counting));

    Page<UnmatchedEntry> first = counted.unmatched(null, 2, BankWorld.CLERK);
    counted.unmatched(first.next().orElseThrow(), 2, BankWorld.CLERK);

    assertThat(asked).containsExactly(2, 1);
  }

  @Test
  void oneEntryIsFoundByItsNoteAloneAndForAnAuditorByNone() {
    Camt camt = Camt.notification("N");
    for (int i = 1; i <= 3; i++) {
      camt.entry("B-" + i, "2026-04-01", 100 * i, "", "note " + i);
    }
    world.importing(camt.bytes());
    List<VaultReference> opened = new ArrayList<>();
    BankReading counted =
        new BankReading(world.register, Supplier::get, Unnoted.readings(counting(opened)));
    String entry = unmatched(200);

    assertThat(counted.find(entry, AUDITOR).orElseThrow().text()).isEmpty();
    assertThat(counted.isUnmatched(entry)).isTrue();
    assertThat(counted.unmatchedOf(200)).extracting(UnmatchedEntry::entry).containsExactly(entry);
    assertThat(counted.unmatchedOf(-200)).isEmpty();
    assertThat(opened).isEmpty();
    assertThat(counted.find(entry, CLERK).orElseThrow().text()).isEqualTo("note 2");
    assertThat(opened).hasSize(1);
  }

  @Test
  void whatIsExplainedIsRecordedStillAndWhatNeverWasIsNot() {
    world.importing("statement-of-a-day.xml");
    String entry = unmatched(2_500);
    world.must(match(entry, part(STATE, 2_500)));

    assertThat(reading.find(entry, CLERK)).isEmpty();
    assertThat(reading.isUnmatched(entry)).isFalse();
    assertThat(reading.isRecorded(entry)).isTrue();
    assertThat(reading.isRecorded("E0000000000")).isFalse();
  }

  private Vault counting(List<VaultReference> opened) {
    return new MemoryVault() {
      @Override
      public Map<VaultReference, Map<String, String>> openAll(
          Collection<VaultReference> references) {
        opened.addAll(references);
        return world.vault.openAll(references);
      }
    };
  }

  @Test
  void oneExceptionIsFoundByItsNotesAlone() {
    for (String name : List.of("X-1", "X-2")) {
      world.importing(
          BankWorld.utf8(TransfersTest.status(name, "", TransfersTest.single(name, "ACSC", ""))));
    }
    List<VaultReference> opened = new ArrayList<>();
    BankExceptions counted =
        new BankExceptions(world.register, Supplier::get, Unnoted.readings(counting(opened)));
    BankExceptions.BankException first =
        exceptions.read(false, null, 1, BankWorld.CLERK).rows().getFirst();
    BankExceptions.BankException bare =
        exceptions.read(false, null, 1, BankWorld.AUDITOR).rows().getFirst();

    assertThat(counted.find(first.exception(), AUDITOR)).contains(bare);
    assertThat(opened).isEmpty();
    assertThat(counted.find(first.exception(), CLERK)).contains(first);
    assertThat(opened).hasSize(1);
    assertThat(counted.find("D9", CLERK)).isEmpty();
    world.must(BankParts.close(first.exception()));
    assertThat(counted.find(first.exception(), CLERK).orElseThrow().closed()).isPresent();
  }

  @Test
  void aPageBeginsOnlyAfterWhatAPageNamed() {
    for (String after : List.of("", "2026-04-01", "2026-04-31~1", "2026-04-01~x", "1~2~3")) {
      assertThatThrownBy(() -> reading.unmatched(after, 2, BankWorld.CLERK))
          .as(after)
          .isInstanceOf(Problem.class)
          .hasMessageContaining("must be what the page before names as next");
    }
  }

  @Test
  void anEntryIsDividedOverSeveralFundersAndNotTwice() {
    world.importing("statement-of-a-day.xml");
    String entry = unmatched(2_500);
    MatchBankEntry match = match(entry, part(STATE, 1_500), part(REGION, 1_000));

    world.must(match);

    assertThat(world.balance(BANK)).isEqualTo(1_001_250);
    assertThat(world.balance(FUNDER_CREDIT)).isEqualTo(-1_002_500);
    assertThat(world.balance(UNMATCHED)).isEqualTo(1_250);
    assertThat(reading.unmatched(null, 100, BankWorld.CLERK).rows()).hasSize(1);
    world.ledger.when(match).thenAlreadyRecorded();
    world
        .ledger
        .when(match(entry, part(STATE, 2_500)))
        .thenRefuses(BankRefusal.ENTRY_ALREADY_MATCHED);
    // The statement again finds the entry as it was booked.
    assertThat(world.importing("statement-of-a-day.xml").known()).isEqualTo(5);
    assertThat(reading.statements()).allMatch(ReadStatement::proven);
  }

  @Test
  void thePartsSumToTheEntryAndNameFundersOfTheirAgreement() {
    world.importing("statement-of-a-day.xml");
    String entry = unmatched(2_500);

    world
        .ledger
        .when(match(entry, part(STATE, 2_499)))
        .thenRefuses(BankRefusal.PARTS_DO_NOT_SUM)
        .saying("24.99", "25.00", "add 0.01 €");
    world
        .ledger
        .when(match(entry, part(STATE, 2_500), part(REGION, 1)))
        .thenRefuses(BankRefusal.PARTS_DO_NOT_SUM)
        .saying("25.01", "take away 0.01 €");
    world
        .ledger
        .when(match(entry, part(STATE, 2_501), part(REGION, -1)))
        .thenRefuses(BankRefusal.AMOUNT_OUT_OF_RANGE);
    world
        .ledger
        .when(match(entry, part(new FunderId("ailleurs"), 2_500)))
        .thenRefuses(BankRefusal.FUNDER_NOT_IN_AGREEMENT);
    world
        .ledger
        .when(match(entry, new Part(new AgreementId("ailleurs"), STATE, 2_500)))
        .thenRefuses(BankRefusal.UNKNOWN_AGREEMENT);
    world
        .ledger
        .when(match(entry))
        .thenRefuses(BankRefusal.EXPLANATION_MISSING)
        .saying(
            "give one of parts, receipt, receipts, transfer, run, debitNote, creditNote and"
                + " against");
    world
        .ledger
        .when(match("E-1", part(STATE, 1)))
        .thenRefuses(BankRefusal.UNKNOWN_ENTRY)
        .saying("is called E-1", "readUnmatchedEntries");
    world
        .ledger
        .when(match(unmatched(-1_250), part(STATE, 1_250)))
        .thenRefuses(BankRefusal.NOT_A_CREDIT)
        .saying("went out with 12.50 €", "giveBackCredit", "refundCreditNote", "as creditNote");
  }

  /** By a debit of its own: what the refusal says comes to an end. */
  @Test
  void aFundersCreditThatTheBankTakesBackIsGivenBackByHandAndItsDebitMatchedToThat() {
    String day = BankWorld.TODAY.toString();
    world.importing(
        Camt.statement("S-1", day, day, 0)
            .entry("B-1", day, 700, "", "creuse-2026 anct")
            .entry("B-2", day, -700, "", "rappel B-1")
            .bytes());
    String debit = world.register.unmatched().iterator().next().fact().entry().id();
    assertThat(credit().breachOfAccount()).isPresent();

    CreditNoteId note =
        world
            .must(new GiveBackCredit(new GiveBackId("G-1"), AGREEMENT, STATE, 700, "clerk-1"))
            .creditNote();
    world.must(new RefundCreditNote(note, BankWorld.TODAY));
    world.must(
        new MatchBankEntry(
            debit,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(note.value()),
            "clerk-1"));

    assertThat(credit().breachOfAccount()).isEmpty();
    assertThat(credit().cents(AGREEMENT, STATE)).isZero();
    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(true);
  }

  private FreeCredit credit() {
    FreeCredit credit = new FreeCredit();
    world.ledger.facts().forEach(credit::fold);
    return credit;
  }

  @Test
  void twoPartsOfOneShareRepayTogetherNoMoreThanItOwes() {
    AgreementId onUse = world.owedOnUse(1_500);
    world.importing("statement-of-a-day.xml");

    world.must(
        match(
            unmatched(2_500),
            new Part(onUse, STATE, 1_000),
            new Part(onUse, STATE, 900),
            new Part(onUse, STATE, 600)));

    assertThat(world.ledger.facts(FundsReceived.class))
        .filteredOn(received -> received.agreement().equals(onUse))
        .extracting(received -> received.repaid().map(FundsReceived.Repaid::cents).orElse(0L))
        .containsExactly(1_000L, 500L, 0L);
  }

  @Test
  void twoClerksExplainAnEntryOnce() {
    world.importing("statement-of-a-day.xml");
    String entry = unmatched(2_500);

    var race =
        world.ledger.race(match(entry, part(STATE, 2_500)), match(entry, part(REGION, 2_500)));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.balance(FUNDER_CREDIT)).isEqualTo(-1_002_500);
  }

  @Test
  void anEntryProvesAReceiptThatAClerkNames() {
    world.importing("statement-of-a-day.xml");
    world.must(
        new RecordReceipt(new ReceiptId("don"), AGREEMENT, STATE, 2_500, FIRST.minusDays(9)));
    world.must(new RecordReceipt(new ReceiptId("autre"), AGREEMENT, STATE, 2_400, FIRST));
    String entry = unmatched(2_500);

    world.ledger.when(proof(entry, "autre")).thenRefuses(BankRefusal.RECEIPT_DIFFERS);
    world.ledger.when(proof(entry, "nul")).thenRefuses(BankRefusal.UNKNOWN_RECEIPT);
    world.must(proof(entry, "don"));

    assertThat(world.balance(BANK)).isEqualTo(1_001_250 + 2_400);
    assertThat(reading.statements().getFirst().differenceCents()).isEqualTo(2_400);
    world.ledger.when(proof(entry, "don")).thenAlreadyRecorded();
  }

  @Test
  void aDebitIsOffsetByTheCreditThatMakesUpForIt() {
    world.importing("statement-of-a-day.xml");
    world.importing(
        Camt.statement("2", "2026-04-02", "2026-04-02", 1_001_250)
            .entry("B-1", "2026-04-02", 1_250, "", "REMBOURSEMENT FRAIS")
            .bytes());
    String debit = unmatched(-1_250);
    String credit = unmatched(1_250);

    world
        .ledger
        .when(new OffsetBankEntries(debit, unmatched(2_500), "clerk-1"))
        .thenRefuses(BankRefusal.ENTRIES_DO_NOT_OFFSET);
    world.must(new OffsetBankEntries(debit, credit, "clerk-1"));

    assertThat(reading.unmatched(null, 100, BankWorld.CLERK).rows())
        .extracting(UnmatchedEntry::cents)
        .containsExactly(2_500L);
    assertThat(reading.statements()).allMatch(ReadStatement::proven);
    world.ledger.when(new OffsetBankEntries(debit, credit, "clerk-1")).thenAlreadyRecorded();
    world.ledger.when(new OffsetBankEntries(credit, debit, "clerk-1")).thenAlreadyRecorded();
    world
        .ledger
        .when(new OffsetBankEntries(debit, unmatched(2_500), "clerk-1"))
        .thenRefuses(BankRefusal.ENTRY_ALREADY_MATCHED)
        .about("entryId");
  }

  @Test
  void aStatementIsProvenWhenTheLedgerHasItsClosingBalanceOnItsLastDay() {
    world.must(new RecordReceipt(new ReceiptId("R-1"), AGREEMENT, STATE, 700, FIRST));
    world.importing(
        Camt.statement("1", "2026-04-01", "2026-04-01", 0)
            .entry("B-1", "2026-04-01", 10_000, "", "creuse-2026 anct")
            .bytes());
    assertThat(reading.statements())
        .extracting(s -> s.closingCents() + " " + s.ledgerCents() + " " + s.proven())
        .containsExactly("10000 10700 false");

    // Notified the day after: it is not yet on the statement of the first.
    world.importing(
        Camt.notification("N").entry("B-2", "2026-04-02", 700, "", "creuse-2026 anct").bytes());
    assertThat(reading.statements()).allMatch(ReadStatement::proven);
  }

  @Test
  void aMissingStatementIsSeenByTheBalanceThatFollows() {
    world.ledger.on(LocalDate.of(2026, 4, 3));
    world.importing(
        Camt.statement("1", "2026-04-01", "2026-04-01", 0)
            .entry("B-1", "2026-04-01", 10_000, "", "creuse-2026 anct")
            .bytes());
    world.importing(Camt.statement("3", "2026-04-03", "2026-04-03", 30_000).bytes());
    assertThat(reading.statements())
        .extracting(ReadStatement::missingBefore)
        .containsExactly(false, true);
    assertThat(reading.statements()).extracting(ReadStatement::proven).containsExactly(true, false);

    world.importing(
        Camt.statement("2", "2026-04-02", "2026-04-02", 10_000)
            .entry("B-2", "2026-04-02", 20_000, "", "creuse-2026 anct")
            .bytes());
    assertThat(reading.statements())
        .extracting(ReadStatement::missingBefore)
        .containsExactly(false, false, false);
    assertThat(reading.statements()).allMatch(ReadStatement::proven);
  }

  @Test
  void anAssignedReferenceSaysWhoseMoneyACreditIs() {
    String reference =
        world.must(new AssignPaymentReference(AGREEMENT, REGION, Optional.empty())).reference();
    assertThat(CreditorReference.isOne(reference)).isTrue();
    world
        .ledger
        .when(new AssignPaymentReference(AGREEMENT, REGION, Optional.empty()))
        .thenAlreadyRecorded();
    world
        .ledger
        .when(new AssignPaymentReference(AGREEMENT, STATE, Optional.of(reference)))
        .thenRefuses(BankRefusal.REFERENCE_TAKEN);
    world
        .ledger
        .when(new AssignPaymentReference(AGREEMENT, STATE, Optional.of("RF19539007547034")))
        .thenRefuses(BankRefusal.REFERENCE_NOT_USABLE);
    world
        .ledger
        .when(new AssignPaymentReference(AGREEMENT, STATE, Optional.of("abc")))
        .thenRefuses(BankRefusal.REFERENCE_NOT_USABLE);
    world
        .ledger
        .when(new AssignPaymentReference(AGREEMENT, STATE, Optional.of("a".repeat(36))))
        .thenRefuses(BankRefusal.REFERENCE_NOT_USABLE);
    for (String edge : List.of("abcd", "a".repeat(35))) {
      world
          .ledger
          .when(new AssignPaymentReference(AGREEMENT, STATE, Optional.of(edge)))
          .thenRecordsOne(PaymentReferenceAssigned.class);
    }
    world.must(new AssignPaymentReference(AGREEMENT, STATE, Optional.of("Conv. 23/1")));

    String groups = reference.replaceAll("(.{4})", "$1 ").strip();
    assertThat(
            world
                .importing(
                    Camt.notification("N")
                        .entry("B-1", "2026-04-01", 100, "", "VIR " + groups + " MERCI")
                        .entry("B-2", "2026-04-01", 200, "", "appel CONV 23 1 du 1er avril")
                        .entry("B-3", "2026-04-01", 300, "", "appel CONV 23 10")
                        .bytes())
                .entries())
        .extracting(BankWorld::told)
        .containsExactly(
            "2026-04-01 100 RECEIVED creuse-2026/nouvelle-aquitaine",
            "2026-04-01 200 RECEIVED creuse-2026/anct",
            "2026-04-01 300 UNMATCHED NO_REFERENCE");
  }

  @Test
  void aRefusedFileIsListedOnceAndNothingOfItCounts() {
    byte[] foreign =
        Camt.notification("N")
            .of("FR7630006000011234567890189")
            .entry("B-1", "2026-04-01", 100, "", "")
            .bytes();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> world.desk.apply(foreign, Actor.ENGINE)).isInstanceOf(Problem.class);
    }
    assertThatThrownBy(() -> world.desk.rehearse(BankWorld.utf8("<no/>")))
        .isInstanceOf(Problem.class);

    assertThat(exceptions.read(false, null, 1_000, BankWorld.CLERK).rows())
        .extracting(e -> e.kind() + " " + e.why())
        .containsExactly("FILE ANOTHER_ACCOUNT");
    assertThat(world.balance(BANK)).isZero();
  }

  @Test
  void aStatementThatTheBankTellsOtherwiseCountsAndIsListedUntilAClerkIsDoneWithIt() {
    Camt first = day("S-1", "2026-04-01", 0).entry("B-1", "2026-04-01", 500, "", "");
    Camt second =
        day("S-1", "2026-04-01", 0)
            .entry("B-1", "2026-04-01", 500, "", "")
            .entry("B-2", "2026-04-01", 600, "", "");
    world.importing(first.bytes());
    assertThat(proven()).isTrue();

    BankFileImported told = world.importing(second.bytes());

    assertThat(told.known()).isEqualTo(1);
    assertThat(told.statements().getFirst().already()).isFalse();
    assertThat(world.balance(BANK)).isEqualTo(1_100);
    assertThat(reading.statements())
        .extracting(ReadStatement::proven, ReadStatement::superseded)
        .containsExactly(tuple(false, true), tuple(true, false));
    String statement = told.statements().getFirst().statement();
    assertThat(contradicting()).containsExactly(statement + " STATEMENT_DIFFERS");
    assertThat(proven()).isFalse();
    for (Camt either : List.of(first, second)) {
      int head = world.ledger.facts().size();
      assertThat(world.importing(either.bytes()).statements().getFirst().already()).isTrue();
      assertThat(world.ledger.facts()).hasSize(head);
    }

    world.must(
        new CloseBankException(
            statement, BankExceptionClosed.Reason.CORRECTED_BY_BANK, Optional.empty(), "clerk-1"));

    assertThat(contradicting()).isEmpty();
    assertThat(proven()).isTrue();
  }

  @Test
  void ofSeveralStatementsOfOneDayEachIsProvenAsOfItsOwnEnd() {
    world.importing(day("S-1", "2026-04-01", 0).entry("B-1", "2026-04-01", 500, "", "").bytes());
    world.importing(day("S-2", "2026-04-01", 500).entry("B-2", "2026-04-01", 60, "", "").bytes());
    world.importing(day("S-3", "2026-04-01", 560).entry("B-3", "2026-04-01", 7, "", "").bytes());
    assertThat(reading.statements())
        .extracting(ReadStatement::ledgerCents, ReadStatement::proven, ReadStatement::superseded)
        .containsExactly(
            tuple(500L, true, true), tuple(560L, true, true), tuple(567L, true, false));

    // Something else of that day that no statement tells.
    world.importing(Camt.notification("N-1").entry("B-4", "2026-04-01", 9, "", "").bytes());
    assertThat(reading.statements())
        .extracting(ReadStatement::ledgerCents, ReadStatement::proven)
        .containsExactly(tuple(509L, false), tuple(569L, false), tuple(576L, false));
  }

  @Test
  void ofTwoStatementsNotAlikeTheLedgerHasToHaveTheClosingBalanceOfTheLater() {
    world.importing(day("S-1", "2026-04-01", 0).entry("B-1", "2026-04-01", 500, "", "").bytes());
    BankFileImported less = world.importing(day("S-1", "2026-04-01", 0).bytes());
    world.must(
        new CloseBankException(
            less.statements().getFirst().statement(),
            BankExceptionClosed.Reason.OTHER,
            Optional.empty(),
            "clerk-1"));

    assertThat(contradicting()).singleElement().asString().endsWith(" ENTRIES_LEFT_OUT");
    assertThat(proven()).isFalse();
  }

  @Test
  void ofTheSameBalancesWithMoreEntriesAStatementIsAnother() {
    Camt more =
        day("S-1", "2026-04-01", 0)
            .entry("B-1", "2026-04-01", 500, "", "")
            .entry("B-2", "2026-04-01", 100, "", "")
            .entry("B-3", "2026-04-01", -100, "", "");
    world.importing(day("S-1", "2026-04-01", 0).entry("B-1", "2026-04-01", 500, "", "").bytes());
    assertThat(world.importing(more.bytes()).statements().getFirst().already()).isFalse();
    assertThat(contradicting()).hasSize(1);
    assertThat(world.importing(more.bytes()).statements().getFirst().already()).isTrue();
  }

  @Test
  void pagesOfAStatementAreNoContradictionWhicheverComesFirst() {
    String one = page("1", day("-", "2026-04-01", 0).entry("B-1", "2026-04-01", 500, "", ""));
    String two = page("2", day("-", "2026-04-01", 500).entry("B-2", "2026-04-01", 600, "", ""));
    String three = page("3", day("-", "2026-04-01", 1_100).entry("B-3", "2026-04-01", -7, "", ""));

    List.of(three, one, two).forEach(page -> world.importing(BankWorld.utf8(page)));

    assertThat(world.balance(BANK)).isEqualTo(1_093);
    assertThat(contradicting()).isEmpty();
    assertThat(proven()).isTrue();
    assertThat(world.ledger.facts(BankStatementImported.class))
        .extracting(f -> f.page().orElseThrow())
        .containsExactly(3, 1, 2);
    world.importing(
        BankWorld.utf8(
            page("2", day("-", "2026-04-01", 500).entry("B-2", "2026-04-01", 601, "", ""))));
    assertThat(contradicting()).hasSize(1);
  }

  @Test
  void aPageMayOpenAndCloseWithInterimBalances() {
    String one = page("1", day("S", "2026-04-01", 0).entry("B-1", "2026-04-01", 500, "", ""));
    String two = page("2", day("S", "2026-04-01", 500).entry("B-2", "2026-04-01", 600, "", ""));

    world.importing(BankWorld.utf8(one.replace("CLBD", "ITBD")));
    world.importing(BankWorld.utf8(two.replace("OPBD", "ITBD")));

    assertThat(world.balance(BANK)).isEqualTo(1_100);
    assertThat(proven()).isTrue();
  }

  @Test
  void partsOfADayThatJoinAreNoContradictionForABankThatNumbersNothing() {
    Camt morning = day("-", "2026-04-01", 0).entry("B-1", "2026-04-01", 500, "", "");
    Camt evening = day("-", "2026-04-01", 500).entry("B-2", "2026-04-01", 600, "", "");

    List.of(evening, morning).forEach(part -> world.importing(part.bytes()));

    assertThat(contradicting()).isEmpty();
    assertThat(proven()).isTrue();
  }

  @Test
  void severalStatementsOfADayAreUnderstoodInWhicheverOrderTheyCome() {
    String first =
        numbered(16, day("S-16", "2026-04-01", 0).entry("B-1", "2026-04-01", 500, "", ""));
    String second =
        numbered(17, day("S-17", "2026-04-01", 500).entry("B-2", "2026-04-01", 600, "", ""));
    String third =
        numbered(18, day("S-18", "2026-04-01", 1_100).entry("B-3", "2026-04-01", 700, "", ""));

    List.of(first, third, second).forEach(each -> world.importing(BankWorld.utf8(each)));
    assertThat(proven()).isTrue();
    // An older one over several days that ends where another begins closes no day either.
    world.importing(
        Camt.statement("S-0", "2026-03-15", "2026-04-01", 0)
            .entry("B-1", "2026-04-01", 500, "", "")
            .bytes());
    assertThat(proven()).isTrue();
    assertThat(contradicting()).isEmpty();
    assertThat(reading.statements())
        .filteredOn(statement -> !statement.superseded())
        .extracting(ReadStatement::reference)
        .containsExactly("S-18");
  }

  @Test
  void statementsOfADayThatEndWhereTheyBeganAreToldApartByTheirNumbers() {
    String out =
        numbered(17, day("S-17", "2026-04-01", 500).entry("B-2", "2026-04-01", -500, "", ""));
    String in = numbered(16, day("S-16", "2026-04-01", 0).entry("B-1", "2026-04-01", 500, "", ""));
    List.of(out, in).forEach(each -> world.importing(BankWorld.utf8(each)));
    assertThat(proven()).isTrue();
  }

  private static String numbered(int number, Camt camt) {
    return camt.xml().replace("<FrToDt>", "<ElctrncSeqNb>" + number + "</ElctrncSeqNb><FrToDt>");
  }

  private boolean proven() {
    BankProof proof = world.register.proof();
    return proof.disputed().isEmpty() && proof.verdict().orElseThrow().proven();
  }

  private static String page(String number, Camt camt) {
    return camt.xml()
        .replace("<FrToDt>", "<StmtPgntn><PgNb>" + number + "</PgNb></StmtPgntn><FrToDt>");
  }

  private List<String> contradicting() {
    return exceptions.read(false, null, 1_000, BankWorld.CLERK).rows().stream()
        .filter(e -> e.kind().equals("STATEMENT"))
        .map(e -> e.exception() + " " + e.why())
        .toList();
  }

  @Test
  void aStatementOfOtherDaysUnderTheSameReferenceIsAnotherAndTheSameAgainIsKnown() {
    world.importing(day("S-1", "2026-04-01", 0).entry("B-1", "2026-04-01", 500, "", "").bytes());
    BankFileImported again =
        world.importing(
            day("S-1", "2026-04-01", 0).entry("B-1", "2026-04-01", 500, "", "").bytes());
    assertThat(again.statements().getFirst().already()).isTrue();
    BankFileImported next = world.importing(day("S-1", "2026-04-02", 500).bytes());
    assertThat(next.statements().getFirst().already()).isFalse();
  }

  private static Camt day(String id, String day, long opening) {
    return Camt.statement(id, day, day, opening);
  }

  @Test
  void anEmptyUploadIsRefusedAndListedOnce() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> world.desk.apply(new byte[0], Actor.ENGINE))
          .isInstanceOf(Problem.class);
    }
    assertThat(exceptions.read(false, null, 1_000, BankWorld.CLERK).rows()).hasSize(1);
    assertThat(exceptions.read(false, null, 1_000, BankWorld.CLERK).rows().getFirst().kind())
        .hasToString("FILE");
  }

  @Test
  void aRefusedFileIsListedUntilAClerkClosesItAndKeptThen() {
    byte[] foreign = Camt.notification("N").of("FR7630006000011234567890189").bytes();
    assertThatThrownBy(() -> world.desk.apply(foreign, Actor.ENGINE)).isInstanceOf(Problem.class);
    String name =
        exceptions.read(false, null, 1_000, BankWorld.CLERK).rows().getFirst().exception();
    SealedNotes notes = new SealedNotes(world.ledger, world.vault, BankExceptions.NOTE);
    Function<Optional<VaultReference>, CloseBankException> closing =
        note -> new CloseBankException(name, BankExceptionClosed.Reason.NOT_OURS, note, "clerk-1");

    notes.send(name, " appel à la banque ", closing, Actor.ENGINE, true);
    assertThat(world.vault.entries()).as("a dry run seals nothing").isZero();
    assertThat(notes.send(name, " appel à la banque ", closing, Actor.ENGINE, false).already())
        .isFalse();

    assertThat(exceptions.read(false, null, 1_000, BankWorld.CLERK).rows()).isEmpty();
    assertThat(
            exceptions
                .read(true, null, 1_000, BankWorld.CLERK)
                .rows()
                .getFirst()
                .closed()
                .orElseThrow()
                .note())
        .contains("appel à la banque");
    assertThat(notes.send(name, "appel à la banque", closing, Actor.ENGINE, false).already())
        .isTrue();
    assertThatThrownBy(() -> notes.send(name, "autre", closing, Actor.ENGINE, false))
        .isInstanceOf(Problem.class);
    assertThat(world.vault.entries()).as("what is refused is not sealed").isEqualTo(1);
    assertThat(
            world
                .ledger
                .when(
                    new CloseBankException(
                        name, BankExceptionClosed.Reason.OTHER, Optional.empty(), "clerk-2"))
                .thenRefuses(BankRefusal.EXCEPTION_ALREADY_CLOSED)
                .saying("was closed for NOT_OURS, with another note")
                .refusal()
                .message())
        .doesNotContain("clerk-1");
    // The same file again is the same exception, and it is dealt with.
    assertThatThrownBy(() -> world.desk.apply(foreign, Actor.ENGINE)).isInstanceOf(Problem.class);
    assertThat(exceptions.read(false, null, 1_000, BankWorld.CLERK).rows()).isEmpty();
  }

  @Test
  void anExceptionThatIsMoneyOrThatNobodyKnowsIsNotClosed() {
    world.importing("statement-of-a-day.xml");
    String entry =
        exceptions.read(false, null, 1_000, BankWorld.CLERK).rows().getFirst().exception();
    world
        .ledger
        .when(
            new CloseBankException(
                entry, BankExceptionClosed.Reason.OTHER, Optional.empty(), "clerk-1"))
        .thenRefuses(BankRefusal.EXCEPTION_IS_AN_ENTRY)
        .saying("matchBankEntry");
    world
        .ledger
        .when(
            new CloseBankException(
                "D9", BankExceptionClosed.Reason.OTHER, Optional.empty(), "clerk-1"))
        .thenRefuses(BankRefusal.UNKNOWN_EXCEPTION);
  }

  @Test
  void whatContradictsIsListedForAClerk() {
    world.importing("statement-of-a-day.xml");
    assertThat(exceptions.read(false, null, 1_000, BankWorld.CLERK).rows())
        .extracting(e -> e.kind() + " " + e.why() + " " + e.cents())
        .containsExactly("ENTRY UNKNOWN_DEBIT -1250");
  }

  @Test
  void exceptionsArePagedAndWhatIsClosedBetweenTwoPagesHidesNothing() {
    for (String name : List.of("X-1", "X-2", "X-3", "X-4")) {
      world.importing(
          BankWorld.utf8(TransfersTest.status(name, "", TransfersTest.single(name, "ACSC", ""))));
    }
    Page<BankExceptions.BankException> first = exceptions.read(false, null, 2, BankWorld.CLERK);
    world.must(BankParts.close(first.rows().getFirst().exception()));
    Page<BankExceptions.BankException> second =
        exceptions.read(false, first.next().orElseThrow(), 2, BankWorld.CLERK);

    assertThat(first.count()).isEqualTo(4);
    assertThat(first.rows()).hasSize(2);
    assertThat(second.count()).isEqualTo(3);
    assertThat(second.rows()).hasSize(2).doesNotContainAnyElementsOf(first.rows());
    assertThat(second.next()).isEmpty();
    assertThat(exceptions.read(true, null, 4, BankWorld.CLERK).next()).as("just full").isEmpty();
    for (String after : List.of("", "x", "1.5", "99999999999999999999")) {
      assertThatThrownBy(() -> exceptions.read(false, after, 2, BankWorld.CLERK))
          .as(after)
          .hasMessageContaining("must be what the page before names as next");
    }
  }
}
