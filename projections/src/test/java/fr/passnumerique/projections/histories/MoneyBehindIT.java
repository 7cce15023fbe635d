package fr.passnumerique.projections.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.funding.FundsTransferId;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.claims.ClaimsProjections;
import fr.passnumerique.projections.histories.ChequePostings.Receipt;
import fr.passnumerique.projections.histories.ChequePostings.Transfer;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From a serial to the bank's receipts, through transfers of funds between three agreements: the
 * cheque's own (A), another of the State (B), and a third (C) that B had money from.
 */
class MoneyBehindIT {
  private static final AgreementId A = Story.AGREEMENT;
  private static final AgreementId B = new AgreementId("correze-2026");
  private static final AgreementId C = new AgreementId("cantal-2026");
  private static final Actor CLERK = new Actor("clerk", Role.CLERK, "");

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private ChequeHistoryEndpoint endpoint;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            ClaimsProjections.claims(),
            AccountsProjections.accountsAndStages(),
            new HistoriesProjection());
    endpoint =
        new ChequeHistoryEndpoint(
            new ChequeHistories(database.reader(), ledger.reader()),
            new PostingsQuery(database.reader()),
            new BalancesQuery(database.reader()),
            following.runners(),
            database.reader());
    ledger.record(
        activatedAfter(
            received("b-1", B, 10_000),
            received("c-1", C, 20_000),
            // In a circle: out of A, and by C and B back into it.
            moved("a-to-c", A, C, 3_000, 0),
            moved("c-to-b", C, B, 5_000, 0),
            received("c-2", C, 1_000),
            moved("b-to-a", B, A, 8_000, 0),
            received("b-2", B, 500),
            // It pays the région what that had advanced, and nothing is left of it.
            moved("b-repays", B, A, 400, 400),
            received("b-3", B, 600)));
    ledger.record(moved("too-late", B, A, 100, 0), received("r-9", A, 700));
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  @Test
  void transfersOfFundsAreNamedWithTheReceiptsBehindThem() {
    ChequePostings cheque = endpoint.readChequePostings(CLERK, "00007-0007", null);

    assertThat(cheque.transfers())
        .extracting(
            Transfer::transfer,
            Transfer::agreement,
            Transfer::funder,
            Transfer::cents,
            Transfer::fromAgreement,
            Transfer::fromFunder)
        .containsExactly(
            tuple("b-repays", "creuse-2026", "nouvelle-aquitaine", 400L, "correze-2026", "anct"),
            tuple("b-to-a", "creuse-2026", "anct", 8_000L, "correze-2026", "anct"),
            tuple("c-to-b", "correze-2026", "anct", 5_000L, "cantal-2026", "anct"),
            tuple("a-to-c", "cantal-2026", "anct", 3_000L, "creuse-2026", "anct"));
    // Neither c-2, which came after money left C, nor b-3, nor what came after the activation.
    assertThat(cheque.receipts())
        .extracting(Receipt::receipt, Receipt::agreement, Receipt::funder, Receipt::cents)
        .containsExactly(
            tuple("b-2", "correze-2026", "anct", 500L),
            tuple("c-1", "cantal-2026", "anct", 20_000L),
            tuple("b-1", "correze-2026", "anct", 10_000L),
            tuple("r-2", "creuse-2026", "nouvelle-aquitaine", 450_000L),
            tuple("r-1", "creuse-2026", "anct", 600_000L));
  }

  @Test
  void aReceiptThatTheBankTellsNoMoreIsToldAsTakenBack() {
    long takenBack =
        ledger.record(
            ReceiptTakenBack.of(
                received("b-1", B, 10_000),
                new BankEntry(
                    "E0123456789ABCDEF0123",
                    Optional.empty(),
                    LocalDate.of(2026, 3, 2),
                    LocalDate.of(2026, 3, 2),
                    10_000,
                    Optional.empty(),
                    Optional.empty()),
                "S0123456789ABCDEF0123",
                "clerk-1"));

    assertThat(endpoint.readChequePostings(CLERK, "00007-0007", null).receipts())
        .filteredOn(receipt -> receipt.takenBackAt() != null)
        .singleElement()
        .satisfies(
            receipt -> {
              assertThat(receipt.receipt()).isEqualTo("b-1");
              assertThat(receipt.takenBackAt()).isEqualTo(takenBack);
            });
  }

  @Test
  void whatRepaidAPreFinancierIsKnownAsTheReceiptOfAnother() {
    long repays =
        ledger.record(
            new FundsReceived(
                new ReceiptId("repays"),
                A,
                Story.PROGRAMME,
                Story.STATE,
                700,
                Story.DAY,
                Optional.of(new Repaid(Story.REGION, 400))));
    List<Long> facts =
        Stream.concat(
                endpoint.readChequePostings(CLERK, "00007-0007", null).receipts().stream()
                    .map(Receipt::position),
                Stream.of(repays))
            .toList();

    PostingsQuery postings = new PostingsQuery(database.reader());
    assertThat(postings.repaid(Story.REGION.value(), facts)).containsExactly(repays);
    assertThat(postings.repaid(Story.STATE.value(), facts)).isEmpty();
    assertThat(postings.repaid(Story.REGION.value(), List.of())).isEmpty();
  }

  @Test
  void whatIsBeyondTheBoundsIsCounted() {
    ChequePostings cheque = endpoint.readChequePostings(CLERK, "00007-0007", null);
    assertThat(cheque.moneyLeftOut()).isNull();
    long activated =
        cheque.facts().stream()
            .filter(fact -> fact.fact().equals("ChequesActivated"))
            .mapToLong(ChequePostings.OfFact::position)
            .findFirst()
            .orElseThrow();

    assertThat(behind(activated, 2, 4).leftOut()).isNull();
    // Of B, whose last receipt is told, the first is not; C is not followed.
    MoneyBehind some = behind(activated, 1, 3);
    assertThat(some.receipts()).extracting(Receipt::receipt).containsExactly("b-2", "r-2", "r-1");
    assertThat(some.leftOut()).isEqualTo(new ChequePostings.MoneyLeftOut(1, 0, 1));
  }

  private MoneyBehind behind(long activated, int ofAPool, int pools) {
    return MoneyBehind.of(
        new PostingsQuery(database.reader()),
        "creuse-2026",
        List.of(Story.STATE.value(), Story.REGION.value()),
        activated,
        _ -> true,
        new MoneyBehind.Bounds(ofAPool, pools));
  }

  @Test
  void aFunderIsNotToldWhereWhatAnotherRepaidWasBefore() {
    ChequePostings ofTheRegion =
        endpoint.readChequePostings(
            new Actor("region", Role.FUNDER, Story.REGION.value()), "00007-0007", null);
    assertThat(ofTheRegion.transfers())
        .extracting(
            Transfer::transfer, Transfer::cents, Transfer::fromAgreement, Transfer::fromFunder)
        .containsExactly(tuple("b-repays", 400L, null, null));
    assertThat(ofTheRegion.receipts()).extracting(Receipt::receipt).containsExactly("r-2");

    ChequePostings ofTheState =
        endpoint.readChequePostings(
            new Actor("state", Role.FUNDER, Story.STATE.value()), "00007-0007", null);
    assertThat(ofTheState.transfers())
        .extracting(Transfer::transfer)
        .containsExactly("b-to-a", "c-to-b", "a-to-c");
    assertThat(ofTheState.receipts())
        .extracting(Receipt::receipt)
        .containsExactly("c-1", "b-1", "r-1");
  }

  @Test
  void nothingIsToldBeforeItIsActivatedNorToAVenue() {
    // Of the batch, those after the 900th were never activated.
    ChequePostings waiting = endpoint.readChequePostings(CLERK, "00007-00YG", null);
    assertThat(waiting.receipts()).isNull();
    assertThat(waiting.transfers()).isNull();

    ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 5, 9));
    ChequePostings ofTheVenue =
        endpoint.readChequePostings(
            new Actor("library", Role.VENUE, Story.LIBRARY.value()), "00007-0007", null);
    assertThat(ofTheVenue.facts()).isNotEmpty();
    assertThat(ofTheVenue.receipts()).isNull();
    assertThat(ofTheVenue.transfers()).isNull();
  }

  /** All that goes before the first slip, with these just before the activation. */
  private static List<Fact> activatedAfter(Fact... facts) {
    List<Fact> all = new ArrayList<>();
    for (Fact fact : Story.untilHandedOut()) {
      if (fact instanceof ChequesActivated) {
        all.addAll(List.of(facts));
      }
      all.add(fact);
    }
    return all;
  }

  private static FundsReceived received(String receipt, AgreementId agreement, long cents) {
    return new FundsReceived(
        new ReceiptId(receipt),
        agreement,
        Story.PROGRAMME,
        Story.STATE,
        cents,
        Story.DAY,
        Optional.empty());
  }

  private static FundsTransferred moved(
      String id, AgreementId from, AgreementId to, long cents, long repaid) {
    return new FundsTransferred(
        new FundsTransferId(id),
        Story.STATE,
        from,
        Story.PROGRAMME,
        to,
        Story.PROGRAMME,
        cents,
        repaid == 0 ? Optional.empty() : Optional.of(new Repaid(Story.REGION, repaid)));
  }
}
