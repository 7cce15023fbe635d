package fr.passnumerique.projections.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.reversal.ReversedLine.Standing;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.FoundWrong;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.Reconciliation.Difference;
import fr.passnumerique.projections.accounts.Reconciliation.OfFunder;
import fr.passnumerique.projections.accounts.Reconciliation.Stage;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One cheque of 10 €, paid and found wrong: what the venue gave back, and how. */
class RecoveredIT {
  private TestDatabase database;
  private TestLedger ledger;
  private ReconciliationQuery reconciliations;
  private SlipJudged slip;
  private FoundWrong wrong;
  private SettlementRunOpened run;
  private long accepted;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    reconciliations = new ReconciliationQuery(database.reader());
    ledger.record(Story.untilHandedOut());
    slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    accepted = ledger.record(slip);
    wrong = new FoundWrong(slip, accepted);
    run = Story.run("R-1", Map.of(accepted, slip));
  }

  @AfterEach
  void end() {
    ledger.close();
    database.close();
  }

  @Test
  void byANetting() throws Exception {
    SlipJudged later = Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 2, 2);
    told(
        run,
        Story.confirmed(run, Story.LIBRARY),
        wrong.reversed(Standing.PAID),
        later,
        wrong.netted(later, "R-2"));

    assertThat(confirmed(2)).containsOnly(entry("paid", 1_000L));
    assertThat(confirmed(3)).containsOnly(entry("toRecover", 1_000L));
    // The later line is paid with what comes back.
    assertThat(confirmed(5)).containsOnly(entry("paid", 1_000L), entry("netted", 1_000L));
  }

  @Test
  void byADebitNoteInPartAndTheRestIsTheVenues() throws Exception {
    told(
        run,
        Story.confirmed(run, Story.LIBRARY),
        wrong.reversed(Standing.PAID),
        wrong.paidBack(slip.owed().subList(0, 1)),
        wrong.liftedInParts(slip.owed().subList(0, 1), slip.owed().subList(1, 2)));

    assertThat(confirmed(4)).containsOnly(entry("toRecover", 429L), entry("paidBack", 571L));
    assertThat(confirmed(5)).containsOnly(entry("paid", 429L), entry("paidBack", 571L));
  }

  @Test
  void onItsWayItIsClaimedAndNotPaidYet() throws Exception {
    TransferConfirmed plain = Story.confirmed(run, Story.LIBRARY);
    told(
        run,
        wrong.reversed(Standing.IN_TRANSIT),
        new TransferConfirmed(
            plain.run(),
            plain.transfer(),
            plain.bookedOn(),
            plain.amountCents(),
            plain.parts(),
            wrong.lines(slip.owed())));

    assertThat(confirmed(2))
        .containsOnly(entry("toRecover", 1_000L), entry("reversedInTransit", -1_000L));
    assertThat(confirmed(3)).containsOnly(entry("toRecover", 1_000L));
  }

  @Test
  void inATransferThatComesToNothingNothingIsToBeRecovered() throws Exception {
    TransferRejected plain = Story.rejected(run, Story.LIBRARY);
    told(
        run,
        wrong.reversed(Standing.IN_TRANSIT),
        new TransferRejected(
            plain.run(),
            plain.transfer(),
            plain.rejectedOn(),
            plain.reason(),
            plain.closedAccount(),
            plain.amountCents(),
            plain.slips(),
            plain.parts(),
            wrong.lines(slip.owed()),
            List.of()));

    assertThat(confirmed(3)).isEmpty();
  }

  @Test
  void forAFunderWhoHadRepaidItsShareOnUse() throws Exception {
    SlipJudged.SpentCents part = slip.owed().getFirst();
    told(
        run,
        Story.confirmed(run, Story.LIBRARY),
        wrong.reversed(Standing.PAID),
        wrong.paidBack(slip.owed()),
        new CreditNoteIssued(
            new CreditNoteId("o-1~anct~2"),
            new OrderId("o-1"),
            Story.STATE,
            400,
            Story.DAY,
            List.of(
                new FundedCents(
                    part.programme(),
                    part.agreement(),
                    part.keyVersion(),
                    part.fundingDepartement(),
                    Story.STATE,
                    400,
                    Optional.empty())),
            List.of(),
            Optional.of(Story.REGION)));
  }

  /** Recorded, and at every position of it nothing is unexplained. */
  private void told(Fact... facts) throws Exception {
    long head = ledger.record(facts);
    try (Following following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            new AccountsProjection(Accounts::entries))) {
      following.await(AccountsProjection.NAME, head);
    }
    for (long position = accepted; position <= head; position++) {
      Reconciliation read = reconciliations.read(Story.AGREEMENT.value(), AsOf.at(position));
      for (OfFunder of : Stream.concat(read.funders().stream(), Stream.of(read.total())).toList()) {
        assertThat(of.differences())
            .as("%s at %d", of.funder(), position)
            .allSatisfy(difference -> assertThat(difference.unexplainedCents()).isZero());
        assertThat(of.held().unexplainedCents()).isZero();
      }
    }
  }

  /** Of what is confirmed, by so many facts after the slip; lines of nothing are left out. */
  private Map<String, Long> confirmed(int facts) {
    Map<String, Long> lines = new LinkedHashMap<>();
    reconciliations
        .read(Story.AGREEMENT.value(), AsOf.at(accepted + facts))
        .total()
        .differences()
        .stream()
        .filter(difference -> difference.from() == Stage.CONFIRMED)
        .map(Difference::lines)
        .forEach(some -> some.forEach(line -> lines.put(line.what(), line.cents())));
    lines.values().removeIf(cents -> cents == 0);
    return lines;
  }
}
