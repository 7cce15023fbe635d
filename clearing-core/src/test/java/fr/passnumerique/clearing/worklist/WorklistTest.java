package fr.passnumerique.clearing.worklist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.Bank;
import fr.passnumerique.clearing.calls.Calls;
import fr.passnumerique.clearing.distribution.Distribution;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.giveback.GiveBacks;
import fr.passnumerique.clearing.issuance.Issuance;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.payee.Payees;
import fr.passnumerique.clearing.redemption.Redemption;
import fr.passnumerique.clearing.refund.Refunds;
import fr.passnumerique.clearing.reversal.Reversals;
import fr.passnumerique.clearing.settlement.Settlement;
import fr.passnumerique.clearing.venues.Venues;
import fr.passnumerique.clearing.worklist.Task.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Told with the stored samples of each fact. */
class WorklistTest {
  private static final FactCatalogue CATALOGUE =
      new FactCatalogue(
          Stream.of(
                  Issuance.FACTS,
                  Distribution.FACTS,
                  Redemption.FACTS,
                  Settlement.FACTS,
                  Reversals.FACTS,
                  GiveBacks.FACTS,
                  Refunds.FACTS,
                  Expiry.FACTS,
                  Calls.FACTS,
                  Venues.FACTS,
                  Payees.FACTS,
                  Bank.FACTS)
              .flatMap(List::stream)
              .toList(),
          List.of());
  private static final LocalDate TODAY = LocalDate.of(2026, 4, 1);
  private static final Instant AT = Instant.parse("2026-03-31T22:00:00Z");
  private static final String VENUE = "21230096100018";

  private final WorklistRegister begun = new WorklistRegister();
  private final DueRegister due = new DueRegister();
  private long position;

  /** The sample of this type, its ids made those of another. */
  private void record(String type, String... replaced) {
    String text = sample(type);
    for (int i = 0; i < replaced.length; i += 2) {
      assertThat(text).as(type).contains(replaced[i]);
      text = text.replace(replaced[i], replaced[i + 1]);
    }
    var fact = CATALOGUE.read(type, 1, text);
    position++;
    begun.fold(fact, position, AT);
    due.fold(fact, position, AT);
  }

  private static String sample(String type) {
    try (InputStream in = WorklistTest.class.getResourceAsStream("/facts/" + type + ".v1.json")) {
      assertThat(in).as(type).isNotNull();
      return new String(in.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Kind> operators() {
    return begun.tasks(null, TODAY).stream().map(Task::kind).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "SettlementRunOpened,   RELEASE_RUN,           SettlementRunReleased",
    "SettlementRunOpened,   RELEASE_RUN,           SettlementRunCancelled",
    "RefundsOrdered,        RELEASE_REFUNDS,       RefundsReleased",
    "VenueAccountProposed,  CONFIRM_VENUE_ACCOUNT, VenueAccountProposalDropped",
    "VenueIdentificationProposed, CONFIRM_IDENTIFICATION, VenueIdentified",
    "VenueIdentificationProposed, CONFIRM_IDENTIFICATION, VenueIdentificationDropped",
    "FunderAccountProposed, CONFIRM_FUNDER_ACCOUNT,FunderAccountOpened",
    "FunderAccountProposed, CONFIRM_FUNDER_ACCOUNT,FunderAccountProposalDropped",
    "ReversalProposed,      CONFIRM_REVERSAL,      ReversalDropped",
    "ReversalContested,     DECIDE_CONTEST,        ReversalUpheld",
    "ReversalContested,     DECIDE_CONTEST,        ReversalLifted",
    "CreditNoteIssued,      REFUND_CREDIT_NOTE,    CreditNoteRefunded",
  })
  void whatOneFactBeginsAnotherEnds(String begins, Kind kind, String ends) {
    record(begins);
    assertThat(operators()).containsExactly(kind);

    record(ends);
    assertThat(operators()).isEmpty();
  }

  @Test
  void aHighOppositionIsOpenUntilItIsRecorded() {
    record("OppositionProposed");
    assertThat(operators()).containsExactly(Kind.APPROVE_OPPOSITION);

    record("ChequesOpposed", "\"perte-12\"", "\"perte-13\"");
    assertThat(operators()).isEmpty();
  }

  @Test
  void anEntryIsOpenUntilItIsMatched() {
    record("BankEntryUnmatched");
    assertThat(begun.tasks(null, TODAY))
        .singleElement()
        .satisfies(task -> assertThat(task.cents()).isEqualTo(2_500));

    String entry = sample("BankEntryUnmatched").replaceAll("^\\{\"entry\":(\\{.*?}}).*", "$1");
    String matched = sample("BankEntryMatched").replaceAll("^\\{\"entry\":(\\{.*?}).*", "$1");
    record("BankEntryMatched", matched, entry);
    assertThat(operators()).isEmpty();
  }

  @Test
  void anEntryOfNothingThatAnOlderLedgerHoldsIsNoTask() {
    record("BankEntryUnmatched", "\"cents\":2500", "\"cents\":0");

    assertThat(operators()).isEmpty();
  }

  @Test
  void aRunsContinuationsAddToWhatIsToBeReleased() {
    record("SettlementRunOpened");
    long opened = begun.tasks(null, TODAY).getFirst().cents();
    record("SettlementRunContinued");

    assertThat(begun.tasks(null, TODAY))
        .singleElement()
        .satisfies(task -> assertThat(task.cents()).isGreaterThan(opened));
  }

  @Test
  void whoProposedCannotBeWhoConfirms() {
    record("VenueAccountProposed");

    assertThat(begun.tasks(null, TODAY).getFirst().startedBy()).contains("agent-1");
  }

  @Test
  void aRefundThatTheBankRejectsIsToBeMadeAgain() {
    record("CreditNoteIssued");
    record("RefundsOrdered");
    record("RefundsReleased");
    assertThat(operators()).isEmpty();

    record("RefundRejected");

    assertThat(begun.tasks(null, TODAY))
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.kind()).isEqualTo(Kind.REFUND_CREDIT_NOTE);
              assertThat(task.cents()).isEqualTo(3_000);
            });

    record("RefundReinstated");
    assertThat(operators()).as("the bank paid it after all").isEmpty();
  }

  @Test
  void aVenueAnswersAReversalUntilTheLastDayToContestIt() {
    record("LinesReversed");
    LocalDate last = LocalDate.of(2026, 5, 1);

    assertThat(begun.tasks(VENUE, last))
        .extracting(Task::kind)
        .containsExactly(Kind.ANSWER_REVERSAL);
    assertThat(begun.tasks(VENUE, last.plusDays(1))).isEmpty();
    assertThat(begun.tasks("40109226700020", last)).isEmpty();
    assertThat(operators()).isEmpty();

    record("ReversalContested");
    assertThat(begun.tasks(VENUE, last)).isEmpty();
  }

  @Test
  void whatIsTooLateToDoIsForgottenOnTheNextDay() {
    record("LinesReversed");
    record("CreditNoteIssued");
    LocalDate last = LocalDate.of(2026, 5, 1);

    opens(last);
    assertThat(begun.size()).isEqualTo(2);
    opens(last.plusDays(1));

    assertThat(begun.size()).as("a note has no last day").isEqualTo(1);
    assertThat(operators()).containsExactly(Kind.REFUND_CREDIT_NOTE);
  }

  private void opens(LocalDate day) {
    position++;
    begun.fold(new DayOpened(day), position, AT);
    due.fold(new DayOpened(day), position, AT);
  }

  @Test
  void aRefundThatComesBackIsToBeMadeAgainForWhatItCameTo() {
    record("CreditNoteIssued");
    record("CreditNoteRefunded");
    assertThat(operators()).isEmpty();

    record("RefundReturned");

    assertThat(begun.tasks(null, TODAY))
        .singleElement()
        .satisfies(task -> assertThat(task.cents()).isEqualTo(3_000));
  }

  @Test
  void aCallIsItsFundersFromTheFirstDayAndTheClerksOnceItIsLate() {
    record("FundsCalled");
    LocalDate last = LocalDate.of(2026, 4, 30);

    assertThat(kinds("creuse", last)).containsExactly(Kind.PAY_CALL);
    assertThat(kinds("anct", last)).isEmpty();
    assertThat(kinds(null, last)).isEmpty();
    assertThat(kinds(null, last.plusDays(1))).containsExactly(Kind.CHASE_CALL);

    record("FundsCallCancelled");
    assertThat(kinds("creuse", last)).isEmpty();
    assertThat(kinds(null, last.plusDays(1))).isEmpty();
  }

  @Test
  void anOrdersFundersSignEachStepFromItsDay() {
    record("ChequesIssued", "\"O-1\"", "\"o-1\"");
    LocalDate end = LocalDate.of(2026, 8, 31);
    assertThat(kinds("anct", end)).as("not announced").isEmpty();
    record("ExpiryAnnounced");

    assertThat(kinds("anct", end.minusDays(16))).isEmpty();
    assertThat(kinds("anct", end.minusDays(15))).containsExactly(Kind.APPROVE_EXPIRY);
    assertThat(kinds("anct", end.minusDays(7)))
        .containsExactly(Kind.APPROVE_EXPIRY, Kind.ACKNOWLEDGE_EXPIRY);
    assertThat(kinds("creuse", end)).as("no funder of it").isEmpty();
    record("ExpirySigned", "STATEMENT", "APPROVAL");
    assertThat(kinds("anct", end)).containsExactly(Kind.ACKNOWLEDGE_EXPIRY);
    assertThat(kinds("nouvelle-aquitaine", end)).hasSize(2);
  }

  @Test
  void aPrescriberIsToldToStopOnceAllFundersApprovedAndWhileItHoldsCheques() {
    record("ChequesIssued", "\"O-1\"", "\"o-1\"");
    record("ChequesDelivered");
    record("ChequesHandedOut");
    assertThat(due.held("ccas-gueret")).as("its end is not announced").isEmpty();
    record("ExpiryAnnounced");
    record("ExpirySigned", "STATEMENT", "APPROVAL");
    assertThat(due.held("ccas-gueret"))
        .as("one funder has not approved")
        .containsExactly(
            new Task(
                Kind.HAND_OUT_BEFORE_END,
                "o-1",
                AT,
                0,
                Optional.of(LocalDate.of(2026, 8, 31)),
                Optional.empty()));

    record("ExpirySigned", "STATEMENT", "APPROVAL", "\"anct\"", "\"nouvelle-aquitaine\"");

    assertThat(due.held("ccas-gueret"))
        .containsExactly(
            new Task(Kind.STOP_HANDING_OUT, "o-1", AT, 0, Optional.empty(), Optional.empty()));
    assertThat(due.held("another")).isEmpty();
    // 6 of 50 are handed out; one of 44 is left.
    String rest =
        "[{\"batch\":\"00001\",\"first\":6,\"last\":7},{\"batch\":\"00001\",\"first\":9,\"last\":49}]";
    record("StockReturned", "[{\"batch\":\"00007\",\"first\":3,\"last\":5}]", rest);
    assertThat(due.held("ccas-gueret")).hasSize(1);
    record(
        "StockReturned",
        "{\"batch\":\"00007\",\"first\":3,\"last\":5}",
        "{\"batch\":\"00001\",\"first\":50,\"last\":50}");
    assertThat(due.held("ccas-gueret")).as("nothing is left").isEmpty();
    record(
        "HandOutCorrected",
        "{\"batch\":\"00007\",\"first\":3,\"last\":5}",
        "{\"batch\":\"00001\",\"first\":8,\"last\":8}");
    assertThat(due.held("ccas-gueret")).hasSize(1);

    record("ChequesExpired");
    assertThat(due.held("ccas-gueret")).as("over").isEmpty();
  }

  /** And not while they are with the operator, nor once they are handed out. */
  @Test
  void whatReplacesLostChequesIsToBeHandedOverByWhoHoldsIt() {
    record(
        "ChequesIssued",
        "\"shares\"",
        "\"inherited\":{\"batch\":\"00007\",\"ordinals\":[3,5]},\"shares\"");
    assertThat(due.held("ccas-gueret")).isEmpty();
    record("ChequesDelivered");

    assertThat(due.held("ccas-gueret"))
        .containsExactly(
            new Task(Kind.HAND_OVER_REPLACEMENT, "O-1", AT, 0, Optional.empty(), Optional.empty()));
    assertThat(due.held("another")).isEmpty();
    String all = "[{\"batch\":\"00001\",\"first\":1,\"last\":50}]";
    record("StockReturned", "[{\"batch\":\"00007\",\"first\":3,\"last\":5}]", all);
    assertThat(due.held("ccas-gueret")).isEmpty();
  }

  @Test
  void anOrderIsToBeDeliveredUntilSomeOfItIs() {
    record("ChequesIssued");
    assertThat(due.awaited())
        .containsExactly(
            new Task(Kind.DELIVER_ORDER, "O-1", AT, 0, Optional.empty(), Optional.empty()));

    record("ChequesDelivered");

    assertThat(due.awaited()).isEmpty();
  }

  @Test
  void anOrderThatExpiredIsNotDelivered() {
    record("ChequesIssued", "\"O-1\"", "\"o-1\"");
    record("ChequesExpired");
    assertThat(due.awaited()).isEmpty();
  }

  /** Of ten opposed cheques one was in somebody's hand; the others lie in a stock. */
  @Test
  void onlyWhatPeopleHeldIsToBeReplaced() {
    record("ChequesOpposed");
    assertThat(due.awaited())
        .containsExactly(
            new Task(Kind.REPLACE_CHEQUES, "perte-12", AT, 0, Optional.empty(), Optional.empty()));
    record("ChequesReplaced", "\"000070003\"", "\"000070004\"");
    assertThat(due.awaited()).as("another cheque was").hasSize(1);

    record("ChequesReplaced");

    assertThat(due.awaited()).isEmpty();
  }

  /** Of the cheques that a slip had redeemed, the opposition applies once it is withdrawn. */
  @Test
  void whatASlipHadRedeemedIsToBeReplacedOnceItIsWithdrawn() {
    record("ChequesOpposed");
    record("ChequesReplaced");
    assertThat(due.awaited()).isEmpty();

    record("SlipWithdrawn", "\"000070003\"", "\"00007000B\"");
    assertThat(due.awaited())
        .containsExactly(
            new Task(Kind.REPLACE_CHEQUES, "perte-12", AT, 0, Optional.empty(), Optional.empty()));

    record("ChequesReplaced", "\"000070003\"", "\"00007000B\"");
    assertThat(due.awaited()).isEmpty();
  }

  @Test
  void nobodyWaitsForAReplacementOnceTheOrderHasExpired() {
    record("ChequesIssued", "\"O-1\"", "\"o-1\"", "\"00001\"", "\"00007\"");
    record("ChequesDelivered", "\"00001\"", "\"00007\"");
    record("ChequesOpposed");
    record("ChequesExpired");
    assertThat(due.awaited()).isEmpty();
  }

  @Test
  void bothSidesSignTheStatementAWeekAfterTheTolerance() {
    record("ChequesIssued", "\"O-1\"", "\"o-1\"");
    record("ExpiryAnnounced");
    record("ChequesExpired");
    LocalDate from = LocalDate.of(2026, 10, 7);

    assertThat(kinds(null, from.minusDays(1))).isEmpty();
    assertThat(kinds(null, from)).containsExactly(Kind.SIGN_STATEMENT);
    assertThat(kinds("anct", from)).containsExactly(Kind.SIGN_STATEMENT);
    record("ExpirySigned");
    assertThat(kinds("anct", from)).isEmpty();
    assertThat(kinds(null, from)).containsExactly(Kind.SIGN_STATEMENT);
    assertThat(due.size()).isEqualTo(1);

    record("ExpirySigned", "\"anct\"", "\"nouvelle-aquitaine\"");
    assertThat(due.size()).as("the operator has not signed").isEqualTo(1);
    record("ExpirySigned", ",\"funder\":\"anct\"", "");

    assertThat(kinds(null, from)).isEmpty();
    assertThat(due.size()).as("nothing waits any more").isZero();
    record("ExpirySigned", "STATEMENT", "APPROVAL");
    record("ExpiryAnnounced");
    assertThat(due.size()).as("late words begin nothing again").isZero();
  }

  @Test
  void anOrderThatExpiredUnannouncedHasItsStatementSignedTheSame() {
    record("ChequesIssued", "\"O-1\"", "\"o-1\"");
    assertThat(due.size()).as("a running order is not walked through").isZero();
    record("ChequesExpired");
    LocalDate from = LocalDate.of(2026, 10, 7);

    assertThat(kinds(null, from)).containsExactly(Kind.SIGN_STATEMENT);
    assertThat(kinds("anct", from)).containsExactly(Kind.SIGN_STATEMENT);
  }

  private List<Kind> kinds(@Nullable String funder, LocalDate today) {
    return due.tasks(funder, today).stream().map(Task::kind).toList();
  }
}
