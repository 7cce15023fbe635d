package fr.passnumerique.projections.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsArrived;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.funding.FundsTransferId;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.reversal.ReversedLine.Standing;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.Balances.Amounts;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Reconciliation.OfFunder;
import fr.passnumerique.projections.accounts.Reconciliation.Stage;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The State pays on use, the région covers its share, and each has money in a second agreement: at
 * every position, what a funder has paid in is what it paid itself, and the rest adds up.
 */
class PaidInIT {
  private static final AgreementId OTHER = new AgreementId("correze-2026");
  private static final LocalDate LATER = LocalDate.of(2026, 7, 1);

  private TestDatabase database;
  private TestLedger ledger;
  private BalancesQuery balances;
  private ReconciliationQuery reconciliations;

  /** What the facts alone say, by funder and agreement: received, moved and given back. */
  private final Map<String, Long> paidIn = new TreeMap<>();

  /** And what each covers of used cheques for the other, in the first agreement. */
  private final Map<String, Long> advanced = new TreeMap<>();

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    balances = new BalancesQuery(database.reader());
    reconciliations = new ReconciliationQuery(database.reader());
  }

  @AfterEach
  void end() {
    ledger.close();
    database.close();
  }

  @Test
  void isWhatTheFunderItselfPaidAtEveryPosition() throws Exception {
    List<Fact> before =
        new ArrayList<>(
            Story.untilHandedOut().stream()
                .filter(fact -> !(fact instanceof FundsReceived))
                .map(PaidInIT::onUse)
                .toList());
    before.add(received("r-1", Story.REGION, Story.AGREEMENT, 2_000_000, 0));
    before.add(received("r-2", Story.STATE, OTHER, 50_000, 0));
    before.add(received("r-3", Story.REGION, OTHER, 30_000, 0));
    List<Expected> told = new ArrayList<>();
    before.forEach(fact -> told.add(expectedAfter(fact)));
    ledger.record(before);

    SlipJudged paid = slip("S-1", 1, 3);
    SlipJudged waiting = slip("S-2", 4, 4);
    SlipJudged withdrawn = slip("S-3", 5, 6);
    long first = ledger.record(paid);
    told.add(expectedAfter(paid));
    long second = ledger.record(waiting);
    told.add(expectedAfter(waiting));
    long third = ledger.record(withdrawn);
    told.add(expectedAfter(withdrawn));
    SettlementRunOpened run = Story.run("R-1", Map.of(first, paid));
    SettlementRunOpened rejected = Story.run("R-2", Map.of(second, waiting));
    SlipJudged later = slip("S-5", 8, 8);
    List<SpentCents> lifted = List.of(paid.owed().getFirst());
    List<SpentCents> kept = List.of(paid.owed().getLast());
    List<Fact> facts =
        List.of(
            Story.withdrawn(withdrawn, third),
            waived(slip("S-4", 7, 7)),
            run,
            Story.executed(run, Story.LIBRARY),
            // In part of what the State owes, then more than that.
            received("r-4", Story.STATE, Story.AGREEMENT, 500, 500),
            Story.debited(run, Story.LIBRARY),
            moved("t-1", Story.STATE, OTHER, Story.AGREEMENT, 2_000, 1_000),
            moved("t-2", Story.REGION, Story.AGREEMENT, OTHER, 7_000, 0),
            // Reversed on its way, and the transfer comes to nothing.
            rejected,
            reversed("indu-1", second, waiting, Standing.IN_TRANSIT),
            rejected(rejected, second, waiting),
            reversed("indu-2", first, paid, Standing.PAID),
            later,
            // Credit that was there pays for what is used.
            moved("t-3", Story.STATE, Story.AGREEMENT, Story.AGREEMENT, 300, 300),
            netted(later, paid),
            lifted("indu-2", first, paid, lifted, List.of()),
            paidBack(first, paid, kept),
            lifted("indu-2", first, paid, List.of(), List.of()),
            givenBackRepaid(400),
            refunded("o-1~anct~2", Story.STATE, own(400)),
            cameBack("o-1~anct~2", Story.STATE, own(400)),
            opposed(),
            refunded("o-1~na~1", Story.REGION, opposed().dueBack()),
            expired(),
            Story.givenBack("G-1", 300),
            Story.givenBackBooked("G-1", 300),
            freeCameBack("G-1", 300),
            Story.givenBack("G-2", 200),
            Story.keptAfterAll("G-2", 200));
    facts.forEach(fact -> told.add(expectedAfter(fact)));
    long head = ledger.record(facts);

    try (Following following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            new AccountsProjection(Accounts::entries))) {
      following.await(AccountsProjection.NAME, head);
    }
    assertThat(told).hasSize((int) head);
    for (long position = 0; position <= head; position++) {
      holds(
          position,
          position == 0 ? new Expected(Map.of(), Map.of()) : told.get((int) position - 1));
    }
    // It moved, each way: else nothing was tried.
    assertThat(told)
        .extracting(at -> at.advanced().getOrDefault(Story.REGION.value(), 0L))
        .contains(0L)
        .anyMatch(cents -> cents > 0);
    assertThat(balances.read(Filter.ofFunder("anct"), EnumSet.of(Grouping.FUNDER), head).totals())
        .extracting("paidInCents", "waivedCents", "redeemedCents")
        .containsExactly(50_500L, waivedOf(Story.STATE), at(head, Story.STATE).redeemedCents());
  }

  /** Received with a value date before it was recorded: by business date it was there. */
  @Test
  void isToldByBusinessDateToo() throws Exception {
    long head = ledger.record(Story.untilHandedOut());
    try (Following following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            new AccountsProjection(Accounts::entries))) {
      following.await(AccountsProjection.NAME, head);
    }
    assertThatThrownBy(
            () ->
                balances.read(
                    Filter.ofFunder("anct"),
                    EnumSet.noneOf(Grouping.class),
                    head,
                    new AsOf(null, null, Story.DAY.minusDays(1))))
        .isInstanceOfSatisfying(
            UntoldMomentException.class,
            untold ->
                assertThat(untold.why()).isEqualTo(UntoldMomentException.Why.AS_OF_TOO_EARLY));
    assertThat(
            balances
                .read(
                    Filter.ofFunder("anct"),
                    EnumSet.noneOf(Grouping.class),
                    head,
                    new AsOf(null, null, Story.DAY))
                .totals()
                .paidInCents())
        .isEqualTo(600_000);
  }

  private record Expected(Map<String, Long> paidIn, Map<String, Long> advanced) {}

  private Expected expectedAfter(Fact fact) {
    switch (fact) {
      case FundsReceived f -> {
        in(f.funder(), f.agreement(), f.amountCents());
        repaid(f);
      }
      case FundsTransferred f -> {
        in(f.funder(), f.from(), -f.amountCents());
        in(f.funder(), f.to(), f.amountCents());
        repaid(f);
      }
      case CreditNoteRefunded f -> {
        f.parts().forEach(part -> in(part.cashOwner(), part.agreement(), -part.cents()));
        f.free().ifPresent(free -> in(free.funder(), free.agreement(), -free.cents()));
      }
      case RefundReturned f -> {
        f.parts().forEach(part -> in(part.cashOwner(), part.agreement(), part.cents()));
        f.free().ifPresent(free -> in(free.funder(), free.agreement(), free.cents()));
      }
      case SlipJudged f -> used(f.owed(), 1);
      case SlipWithdrawn f -> used(f.owed(), -1);
      case LinesReversed f -> f.lines().forEach(line -> used(line.parts(), -1));
      case ReversalLifted f -> f.lines().forEach(line -> used(line.parts(), 1));
      case CreditNoteIssued f ->
          f.preFinancier().ifPresent(by -> advance(f.funder(), by, f.amountCents()));
      default -> {}
    }
    return new Expected(Map.copyOf(paidIn), Map.copyOf(advanced));
  }

  private void in(FunderId funder, AgreementId agreement, long cents) {
    paidIn.merge(funder + "/" + agreement, cents, Long::sum);
  }

  private void repaid(FundsArrived funds) {
    funds
        .repaid()
        .ifPresent(repaid -> advance(funds.funder(), repaid.preFinancier(), -repaid.cents()));
  }

  private void used(List<SpentCents> parts, int sign) {
    parts.forEach(
        part -> part.advancedBy().ifPresent(by -> advance(part.funder(), by, sign * part.cents())));
  }

  private void advance(FunderId of, FunderId by, long cents) {
    advanced.merge(by.value(), cents, Long::sum);
    advanced.merge(of.value(), -cents, Long::sum);
  }

  private void holds(long position, Expected expected) {
    Balances read = read(position, Filter.ALL);
    assertThat(read.sumOfAllAccountsCents()).isZero();
    List<Amounts> all = new ArrayList<>(List.of(read.totals()));
    read.funders().forEach(of -> all.add(of.amounts()));
    read.agreements().forEach(of -> all.add(of.amounts()));
    read.programmes().forEach(of -> all.add(of.amounts()));
    all.forEach(of -> addsUp(of, position));
    assertThat(read.totals().advancedCents()).isZero();
    assertThat(read.totals().redeemedCents())
        .isEqualTo(
            read.totals().owedCents()
                + read.totals().inTransitCents()
                + read.totals().paidCents()
                + read.totals().waivedCents()
                - read.totals().untitledCents());
    for (FunderId funder : List.of(Story.STATE, Story.REGION)) {
      Amounts of = at(position, funder);
      assertThat(of.paidInCents())
          .as("paid in by %s at %d", funder, position)
          .isEqualTo(
              expected.paidIn().entrySet().stream()
                  .filter(each -> each.getKey().startsWith(funder + "/"))
                  .mapToLong(Map.Entry::getValue)
                  .sum());
      assertThat(of.advancedCents())
          .as("advanced by %s at %d", funder, position)
          .isEqualTo(expected.advanced().getOrDefault(funder.value(), 0L));
      for (AgreementId agreement : List.of(Story.AGREEMENT, OTHER)) {
        long own = expected.paidIn().getOrDefault(funder + "/" + agreement, 0L);
        Amounts ofBoth =
            read(position, new Filter(null, funder.value(), agreement.value(), null, null, null))
                .totals();
        addsUp(ofBoth, position);
        assertThat(ofBoth.paidInCents())
            .as("paid in by %s for %s at %d", funder, agreement, position)
            .isEqualTo(own);
        OfFunder reconciled = reconciled(position, funder, agreement);
        if (reconciled != null) {
          Reconciliation.PaidIn in = reconciled.paidIn();
          assertThat(in.paidInCents()).isEqualTo(own);
          assertThat(
                  in.receivedCents() + in.movedCents() - in.refundedCents() - in.givenBackCents())
              .isEqualTo(own);
          assertThat(in.receivedCents() + in.movedCents())
              .isEqualTo(reconciled.stages().get(Stage.PAID_IN.ordinal()).cents());
          assertThat(reconciled.differences())
              .as("%s of %s at %d", funder, agreement, position)
              .allSatisfy(difference -> assertThat(difference.unexplainedCents()).isZero());
        }
      }
    }
  }

  private static void addsUp(Amounts of, long position) {
    assertThat(of.paidInCents())
        .as("%s at %d", of, position)
        .isEqualTo(
            of.unallocatedCents()
                + of.outstandingCents()
                + of.dueBackCents()
                + of.receivableCents()
                + of.redeemedCents()
                - of.waivedCents()
                + of.untitledCents()
                + of.advancedCents());
  }

  private Balances read(long position, Filter filter) {
    return balances.read(filter, EnumSet.allOf(Grouping.class), position, AsOf.at(position));
  }

  private Amounts at(long position, FunderId funder) {
    return read(position, Filter.ofFunder(funder.value())).totals();
  }

  private @Nullable OfFunder reconciled(long position, FunderId funder, AgreementId agreement) {
    return reconciliations.read(agreement.value(), AsOf.at(position)).funders().stream()
        .filter(of -> of.funder().equals(funder.value()))
        .findFirst()
        .orElse(null);
  }

  private static Fact onUse(Fact fact) {
    return fact instanceof ChequesActivated f
        ? new ChequesActivated(
            f.activation(),
            f.agreement(),
            f.batch(),
            f.firstOrdinal(),
            f.lastOrdinal(),
            covered(f.shares()))
        : fact;
  }

  /** The State's are covered by the région. */
  private static List<FundedCents> covered(List<FundedCents> parts) {
    return parts.stream()
        .map(
            part ->
                part.funder().equals(Story.STATE)
                    ? part.advancedBy(Optional.of(Story.REGION))
                    : part)
        .toList();
  }

  private static SpentCents covered(SpentCents part) {
    return new SpentCents(
        part.programme(),
        part.agreement(),
        part.keyVersion(),
        part.fundingDepartement(),
        part.spendingDepartement(),
        part.funder(),
        part.cents(),
        part.funder().equals(Story.STATE) ? Optional.of(Story.REGION) : Optional.empty());
  }

  private static SlipJudged slip(String reference, int from, int to) {
    SlipJudged plain = Story.slip(Story.LIBRARY, reference, Story.LIBRARY_DESK, from, to);
    return new SlipJudged(
        plain.venue(),
        plain.reference(),
        plain.contentDigest(),
        plain.presentedAt(),
        plain.visits(),
        plain.lines(),
        plain.owed().stream().map(PaidInIT::covered).toList());
  }

  private static SlipJudged waived(SlipJudged slip) {
    return new SlipJudged(
        slip.venue(),
        slip.reference(),
        slip.contentDigest(),
        slip.presentedAt(),
        slip.visits(),
        slip.lines(),
        List.of(),
        List.of(),
        List.of(1),
        slip.owed());
  }

  private static long waivedOf(FunderId funder) {
    return slip("S-4", 7, 7).owed().stream()
        .filter(part -> part.funder().equals(funder))
        .mapToLong(SpentCents::cents)
        .sum();
  }

  private static FundsReceived received(
      String receipt, FunderId funder, AgreementId agreement, long cents, long repaid) {
    return new FundsReceived(
        new ReceiptId(receipt),
        agreement,
        Story.PROGRAMME,
        funder,
        cents,
        Story.DAY,
        repaid == 0 ? Optional.empty() : Optional.of(new Repaid(Story.REGION, repaid)));
  }

  private static FundsTransferred moved(
      String id, FunderId funder, AgreementId from, AgreementId to, long cents, long repaid) {
    return new FundsTransferred(
        new FundsTransferId(id),
        funder,
        from,
        Story.PROGRAMME,
        to,
        Story.PROGRAMME,
        cents,
        repaid == 0 ? Optional.empty() : Optional.of(new Repaid(Story.REGION, repaid)));
  }

  private static LinesReversed reversed(
      String id, long position, SlipJudged slip, Standing standing) {
    return new LinesReversed(
        new ReversalId(id),
        slip.venue(),
        slip.reference(),
        position,
        List.of(
            new ReversedLine(
                1, slip.acceptedCheques().getFirst(), standing, Optional.empty(), slip.owed())),
        Reason.SERVICE_NOT_GIVEN,
        Optional.empty(),
        "clerk-1",
        Optional.empty(),
        Story.DAY.plusDays(30));
  }

  private static VoidedLine line(long position, SlipJudged slip, List<SpentCents> parts) {
    return new VoidedLine(slip.venue(), position, slip.acceptedCheques().getFirst(), parts);
  }

  private static TransferRejected rejected(
      SettlementRunOpened run, long position, SlipJudged slip) {
    TransferRejected plain = Story.rejected(run, Story.LIBRARY);
    return new TransferRejected(
        plain.run(),
        plain.transfer(),
        plain.rejectedOn(),
        plain.reason(),
        plain.closedAccount(),
        plain.amountCents(),
        plain.slips(),
        plain.parts(),
        List.of(line(position, slip, slip.owed())),
        List.of());
  }

  private static SettlementRunReleased netted(SlipJudged later, SlipJudged reversed) {
    List<SpentCents> recovered =
        reversed.owed().stream().map(part -> part.withCents(part.cents() / 3)).toList();
    return new SettlementRunReleased(
        new SettlementRunId("R-3"),
        "clerk-2",
        LATER,
        List.of(
            new Netting(
                later.venue(),
                Optional.empty(),
                List.of(),
                later.acceptedCheques(),
                later.owed(),
                reversed.acceptedCheques(),
                recovered)),
        Optional.empty());
  }

  private static DebitNotePaid paidBack(long position, SlipJudged slip, List<SpentCents> parts) {
    return new DebitNotePaid(
        new DebitNoteId("titre-1"),
        slip.venue(),
        Story.PROGRAMME,
        LATER,
        "clerk-1",
        List.of(line(position, slip, parts)),
        parts.stream().mapToLong(SpentCents::cents).sum(),
        Optional.empty());
  }

  private static ReversalLifted lifted(
      String id,
      long position,
      SlipJudged slip,
      List<SpentCents> owedAgain,
      List<SpentCents> kept) {
    return new ReversalLifted(
        new ReversalId(id),
        slip.venue(),
        slip.reference(),
        "clerk-3",
        List.of(line(position, slip, owedAgain)),
        List.of(line(position, slip, kept)),
        List.of());
  }

  private static List<FundedCents> own(long cents) {
    return List.of(
        new FundedCents(
            Story.PROGRAMME,
            Story.AGREEMENT,
            1,
            Story.CREUSE,
            Story.STATE,
            cents,
            Optional.empty()));
  }

  /** What the State repaid for a line that is void since, out of the région's cash. */
  private static CreditNoteIssued givenBackRepaid(long cents) {
    return new CreditNoteIssued(
        new CreditNoteId("o-1~anct~2"),
        new OrderId("o-1"),
        Story.STATE,
        cents,
        LATER,
        own(cents),
        List.of(),
        Optional.of(Story.REGION));
  }

  private static CreditNoteRefunded refunded(
      String note, FunderId funder, List<FundedCents> parts) {
    return new CreditNoteRefunded(
        new CreditNoteId(note),
        funder,
        parts.stream().mapToLong(FundedCents::cents).sum(),
        LATER,
        parts,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static RefundReturned cameBack(String note, FunderId funder, List<FundedCents> parts) {
    return cameBack(note, funder, parts, Optional.empty());
  }

  private static RefundReturned freeCameBack(String id, long cents) {
    return cameBack(
        CreditNoteId.ofFreeCredit(id, Story.STATE).value(),
        Story.STATE,
        List.of(),
        Optional.of(new FreeCents(Story.PROGRAMME, Story.AGREEMENT, Story.STATE, cents)));
  }

  private static RefundReturned cameBack(
      String note, FunderId funder, List<FundedCents> parts, Optional<FreeCents> free) {
    long cents =
        parts.stream().mapToLong(FundedCents::cents).sum() + free.map(FreeCents::cents).orElse(0L);
    return new RefundReturned(
        new RefundOrderId("RO-1"),
        new TransferId("RO-1-1"),
        new CreditNoteId(note),
        funder,
        LATER,
        "AC04",
        new VaultReference("account-9"),
        cents,
        parts,
        new BankEntry(
            "E0123456789ABCDEF0199",
            Optional.empty(),
            LATER,
            LATER,
            cents,
            Optional.empty(),
            Optional.empty()),
        free);
  }

  private static ChequesOpposed opposed() {
    ChequesOpposed plain = Story.opposed("lost", Whereabouts.HANDED_OUT, null, 20, 22);
    return new ChequesOpposed(
        plain.opposition(),
        plain.asked(),
        plain.reason(),
        plain.by(),
        plain.approvedBy(),
        plain.opposed(),
        plain.accepted(),
        plain.titles(),
        covered(plain.dueBack()));
  }

  private static ChequesExpired expired() {
    ChequesExpired plain = Story.expired();
    return new ChequesExpired(
        plain.order(),
        plain.batch(),
        plain.agreement(),
        plain.lastDay(),
        plain.parts().stream()
            .map(
                part ->
                    new ChequesExpired.Part(
                        part.where(),
                        part.prescriber(),
                        part.cheques(),
                        part.activated(),
                        part.titles(),
                        covered(part.dueBack())))
            .toList(),
        plain.opposedUnreplaced());
  }
}
