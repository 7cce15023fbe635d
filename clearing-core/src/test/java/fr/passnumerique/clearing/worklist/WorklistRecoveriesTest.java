package fr.passnumerique.clearing.worklist;

import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.worklist.WorklistWorld.CLERK;
import static fr.passnumerique.clearing.worklist.WorklistWorld.SECOND;
import static fr.passnumerique.clearing.worklist.WorklistWorld.VENUE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.ExpireCheques;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.expiry.SignExpiry;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.reversal.ContestReversal;
import fr.passnumerique.clearing.reversal.CreditRecovered;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.DecideContest;
import fr.passnumerique.clearing.reversal.IssueDebitNote;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.settlement.CancelSettlementRun;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.upkeep.DifferingSum;
import fr.passnumerique.clearing.upkeep.RebuildDifferences;
import fr.passnumerique.clearing.upkeep.RebuildDifferencesAccepted;
import fr.passnumerique.clearing.upkeep.RebuildDifferencesProposed;
import fr.passnumerique.clearing.upkeep.RebuildId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What waits of reversals: a venue is asked for what it keeps, what came back is credited. */
class WorklistRecoveriesTest {
  private static final OrderId ORDER = new OrderId("o-1");
  private static final LocalDate CUT_OFF = FundedWorld.TODAY.plusDays(10);

  private final WorklistWorld world = new WorklistWorld();

  private List<String> clerkAt(String moment) {
    world.at(Instant.parse(moment));
    return world.clerk();
  }

  private void contests(String reversal) {
    world.must(new ContestReversal(new ReversalId(reversal), VENUE, Optional.empty(), "venue-1"));
  }

  private void decides(String reversal, DecideContest.Outcome outcome) {
    world.must(new DecideContest(new ReversalId(reversal), outcome, SECOND));
  }

  /** Two lines of 10 € that were paid on 12 March and are reversed on 13 March. */
  @Nested
  class WhatAVenueKeeps {
    private static final LocalDate REVERSED = CUT_OFF.plusDays(1);

    /** Recorded time: 22:59:59 UTC of 13 March is one second before midnight in Paris. */
    private void reversedWhenPaid() {
      long slip = world.presents("BR-1", 1, 5);
      paid("R-1", 5_000);
      world.at(Instant.parse("2026-03-13T22:59:59Z"));
      world.reverses("indu-1", "BR-1", slip, 1, 2);
    }

    private void paid(String run, long cents) {
      if (run.equals("R-1")) {
        world.must(WorklistWorld.proposing(Payee.of(VENUE), "v-1"));
        world.must(WorklistWorld.confirming(Payee.of(VENUE), "v-1"));
        world.on(CUT_OFF);
      }
      opened(run);
      world.must(new ReleaseSettlementRun(new SettlementRunId(run), SECOND));
      world.bank.debits("B-" + run, world.today(), new TransferId(run + "-1"), cents);
    }

    private void opened(String run) {
      world.must(new OpenSettlementRun(new SettlementRunId(run), PROGRAMME, world.today(), CLERK));
    }

    private static IssueDebitNote issuing() {
      return new IssueDebitNote(new DebitNoteId("ND-1"), VENUE, PROGRAMME, CLERK);
    }

    @Test
    void isAskedForFromTheNinetiethDaysMidnightInParisAndNotASecondBefore() {
      reversedWhenPaid();
      assertThat(REVERSED.plusDays(90)).isEqualTo("2026-06-11");

      assertThat(clerkAt("2026-06-10T21:59:59Z")).as("the 89th day").isEmpty();
      assertThat(world.ledger.rehearse(issuing()).toString()).contains("NOTHING_TO_CLAIM");
      assertThat(clerkAt("2026-06-10T22:00:00Z"))
          .as("the 90th")
          .hasSize(1)
          .first()
          .isEqualTo(ask());
      assertThat(world.ledger.rehearse(issuing())).isInstanceOf(Outcome.Recorded.class);

      Task task = world.task();
      assertThat(task.cents()).isEqualTo(2_000);
      assertThat(task.since()).isEqualTo("2026-06-10T22:00:00Z");
      assertThat(task.dueOn()).contains(LocalDate.of(2026, 6, 11));
      assertThat(task.startedBy()).as("anybody issues it").isEmpty();
      assertThat(task.remedy()).isEqualTo("issueDebitNote");
    }

    private static String ask() {
      return "ISSUE_DEBIT_NOTE " + VENUE + "/" + PROGRAMME;
    }

    @Test
    void untilTheNoteIsIssuedAndForClerksAndAuditorsOnly() {
      reversedWhenPaid();
      world.on(LocalDate.of(2026, 6, 20));
      assertThat(world.clerk()).containsExactly(ask());
      assertThat(world.tasks(new Actor("auditor-1", Role.AUDITOR, "")))
          .containsExactly(world.task());
      assertThat(world.venue()).isEmpty();
      assertThat(world.funder(STATE)).isEmpty();

      assertThat(world.must(issuing()).cents()).isEqualTo(2_000);
      assertThat(world.clerk()).isEmpty();
    }

    @Test
    void notWhatTheNextSettlementNetsNorWhatARunIsAboutToNet() {
      reversedWhenPaid();
      world.on(LocalDate.of(2026, 3, 20));
      world.presents("BR-2", 6, 9);
      world.on(LocalDate.of(2026, 6, 20));
      opened("R-2");
      assertThat(world.clerk()).containsExactly("RELEASE_RUN R-2");

      world.must(new CancelSettlementRun(new SettlementRunId("R-2"), CLERK));
      assertThat(world.clerk()).as("it is not netted after all").containsExactly(ask());
      assertThat(world.task().since()).as("it was being netted").isAfter("2026-06-19T22:00:00Z");

      paid("R-3", 2_000);
      assertThat(world.clerk()).isEmpty();
    }

    @Test
    void notWhatIsContestedAndSinceItIsUpheldOnceThatIsDecided() {
      reversedWhenPaid();
      contests("indu-1");
      world.on(LocalDate.of(2026, 6, 20));
      assertThat(world.clerk()).containsExactly("DECIDE_CONTEST indu-1");

      decides("indu-1", DecideContest.Outcome.UPHELD);
      assertThat(world.clerk()).containsExactly(ask());
      assertThat(world.task().since()).isAfter("2026-06-20T00:00:00Z");
    }

    @Test
    void notWhatIsForgivenAgain() {
      reversedWhenPaid();
      contests("indu-1");
      world.on(LocalDate.of(2026, 6, 20));
      decides("indu-1", DecideContest.Outcome.LIFTED);

      assertThat(world.clerk()).isEmpty();
    }
  }

  /** Two of five lines of an order are reversed before they are paid; the order then ends. */
  @Nested
  class WhatCameBack {
    private static final String CREDIT = "CREDIT_RECOVERED o-1";

    private void reversedOn(LocalDate day) {
      long slip = world.presents("BR-1", 1, 5);
      world.on(day);
      world.reverses("indu-1", "BR-1", slip, 1, 2);
    }

    private void expired() {
      world.on(LocalDate.of(2026, 10, 6));
      world.must(new ExpireCheques(ORDER));
      world.on(LocalDate.of(2026, 10, 7));
    }

    private void signed(FunderId... funders) {
      world.must(new SignExpiry(ORDER, ExpiryStep.STATEMENT, Optional.empty(), CLERK));
      for (FunderId funder : funders) {
        world.must(new SignExpiry(ORDER, ExpiryStep.STATEMENT, Optional.of(funder), "x@" + funder));
      }
    }

    private List<String> credits() {
      return world.clerk().stream().filter(task -> task.startsWith("CREDIT_REC")).toList();
    }

    private Task credit() {
      return world.tasks(new Actor(CLERK, Role.CLERK, "")).stream()
          .filter(task -> task.kind() == Task.Kind.CREDIT_RECOVERED)
          .findFirst()
          .orElseThrow();
    }

    @Test
    void isCreditedToWhoHasAgreedTheStatementAndGoneWhenAllIs() {
      reversedOn(LocalDate.of(2026, 5, 4));
      world.on(LocalDate.of(2026, 7, 1));
      assertThat(world.clerk()).as("the order goes on").isEmpty();
      expired();
      assertThat(credits()).as("nobody has agreed the statement").isEmpty();
      signed(STATE);
      assertThat(credits()).containsExactly(CREDIT);
      assertThat(credit().cents()).isEqualTo(1_143);
      assertThat(credit().dueOn()).contains(LocalDate.of(2026, 10, 7));
      assertThat(credit().remedy()).isEqualTo("creditRecovered");
      assertThat(world.funder(STATE)).as("the operator's task").isEmpty();
      assertThat(world.tasks(new Actor("auditor-1", Role.AUDITOR, ""))).contains(credit());

      assertThat(world.must(new CreditRecovered(ORDER)).creditNotes())
          .extracting(CreditNoteIssued::amountCents)
          .containsExactly(1_143L);
      assertThat(credits()).isEmpty();

      world.must(new SignExpiry(ORDER, ExpiryStep.STATEMENT, Optional.of(REGION), "x@" + REGION));
      assertThat(credit().cents()).isEqualTo(857);
      world.must(new CreditRecovered(ORDER));
      assertThat(credits()).isEmpty();
    }

    @Test
    void fromTheMidnightInParisAfterTheLastDayToContestIt() {
      reversedOn(LocalDate.of(2026, 9, 20));
      expired();
      signed(STATE, REGION);

      clerkAt("2026-10-20T21:59:59Z");
      assertThat(credits()).as("it may be contested").isEmpty();
      assertThat(world.must(new CreditRecovered(ORDER)).creditNotes()).isEmpty();
      clerkAt("2026-10-20T22:00:00Z");
      assertThat(credits()).containsExactly(CREDIT);
      assertThat(credit().since()).isEqualTo("2026-10-20T22:00:00Z");
      assertThat(credit().dueOn()).contains(LocalDate.of(2026, 10, 21));
      assertThat(world.must(new CreditRecovered(ORDER)).creditNotes()).hasSize(2);
      assertThat(credits()).isEmpty();
    }

    @Test
    void notWhileItIsContestedAndNeverOnceItIsLifted() {
      reversedOn(LocalDate.of(2026, 9, 20));
      contests("indu-1");
      expired();
      signed(STATE, REGION);
      world.on(LocalDate.of(2026, 11, 20));
      assertThat(credits()).isEmpty();

      decides("indu-1", DecideContest.Outcome.LIFTED);
      assertThat(credits()).isEmpty();
    }

    @Test
    void sinceItsContestWasDecidedWhereThatCameLast() {
      reversedOn(LocalDate.of(2026, 9, 20));
      contests("indu-1");
      expired();
      signed(STATE, REGION);
      world.on(LocalDate.of(2026, 10, 12));
      decides("indu-1", DecideContest.Outcome.UPHELD);

      assertThat(credits()).as("before the days to contest are over").containsExactly(CREDIT);
      assertThat(credit().dueOn()).contains(LocalDate.of(2026, 10, 12));
    }
  }

  /** A projection that was folded anew comes to other sums. */
  @Nested
  class ARebuild {
    private static final RebuildId REBUILD = new RebuildId("accounts-2");

    private static RebuildDifferences differences(String digest) {
      return new RebuildDifferences(
          REBUILD,
          "accounts",
          40,
          digest,
          1,
          List.of(
              new DifferingSum(
                  "balance",
                  "x",
                  Optional.of(1L),
                  Optional.of(2L),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty())));
    }

    @Test
    void waitsForSomebodyThenForASecondPersonAndThenForNobody() {
      world.differs(REBUILD, "d1");
      assertThat(world.clerk()).containsExactly("ACCEPT_REBUILD accounts-2");
      assertThat(world.task().startedBy()).isEmpty();
      assertThat(world.task().remedy()).isEqualTo("acceptRebuildDifferences");
      assertThat(world.venue()).isEmpty();
      assertThat(world.funder(STATE)).isEmpty();

      world.ledger.given(new RebuildDifferencesProposed(differences("d1"), CLERK));
      assertThat(world.clerk()).containsExactly("CONFIRM_REBUILD accounts-2");
      assertThat(world.task().startedBy()).contains(CLERK);
      assertThat(world.task().remedy()).isEqualTo("confirmRebuildDifferences");

      world.ledger.given(new RebuildDifferencesAccepted(differences("d1"), CLERK, SECOND));
      assertThat(world.clerk()).as("accepted, and not switched in yet").isEmpty();
      world.differs(REBUILD, "");
      assertThat(world.clerk()).isEmpty();
    }

    @Test
    void thatIsComparedAgainWithAnotherResultIsToBeLookedAtAgain() {
      world.differs(REBUILD, "d1");
      world.ledger.given(new RebuildDifferencesProposed(differences("d1"), CLERK));
      world.differs(REBUILD, "d2");

      assertThat(world.clerk()).containsExactly("ACCEPT_REBUILD accounts-2");
    }

    @Test
    void thatIsAbandonedWaitsForNobody() {
      world.differs(REBUILD, "d1");
      world.ledger.given(new RebuildDifferencesProposed(differences("d1"), CLERK));
      world.differs(REBUILD, "");

      assertThat(world.clerk()).isEmpty();
    }
  }
}
