package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.CancelSettlementRun;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers.Why;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.RejectTransfer;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementParts;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.InDoubt;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The bank told that transfer R-1-1 of 50 € came back, and tells that no more. Another venue is
 * owed 20 €. Each test does what the refusals say.
 */
class ReturnsTakenBackTest {
  private static final VenueId VENUE = new VenueId("10000000000001");
  private static final VenueId OTHER = new VenueId("10000000000002");
  private static final TransferId TRANSFER = new TransferId("R-1-1");
  private static final LocalDate DAY = LocalDate.of(2026, 4, 3);
  private static final LocalDate NEXT = DAY.plusDays(1);

  private final BankWorld world = BankWorld.usual();

  @BeforeEach
  void aTransferCameBack() {
    world.ledger.given(
        new VenueAccountOpened(VENUE, new VaultReference("v-1"), "iban-1"), slip(VENUE, 5_000));
    world.ledger.on(DAY).given(new DayOpened(DAY));
    world.must(opening("R-1"));
    world.must(new ReleaseSettlementRun(new SettlementRunId("R-1"), "clerk-2"));
  }

  private static SlipJudged slip(VenueId venue, long cents) {
    return new SlipJudged(
        venue,
        new SlipReference("S-1"),
        "digest",
        Instant.parse("2026-03-20T10:00:00Z"),
        List.of(),
        List.of(),
        List.of(
            new SpentCents(
                PROGRAMME, AGREEMENT, 1, CREUSE, CREUSE, STATE, cents, Optional.empty())));
  }

  private static Camt debited() {
    return Camt.statement("S-1", DAY.toString(), DAY.toString(), 0)
        .entry("B-1", DAY.toString(), -5_000, "R-1-1", "");
  }

  private void comesBack() {
    world.importing(debited().returned("B-2", DAY.toString(), 5_000, "R-1-1", "AC04").bytes());
    world.ledger.given(
        new VenueAccountOpened(VENUE, new VaultReference("v-2"), "iban-2"),
        new VenueAccountOpened(OTHER, new VaultReference("v-3"), "iban-3"),
        slip(OTHER, 2_000));
    world.ledger.on(NEXT).given(new DayOpened(NEXT));
    stands(7_000, 0, 0, 0);
  }

  private OpenSettlementRun opening(String run) {
    LocalDate day = run.equals("R-1") ? DAY : NEXT;
    return new OpenSettlementRun(new SettlementRunId(run), PROGRAMME, day, "clerk-1");
  }

  private static ReleaseSettlementRun releasing(String run) {
    return new ReleaseSettlementRun(new SettlementRunId(run), "clerk-2");
  }

  private void cancel(String run) {
    world.must(new CancelSettlementRun(new SettlementRunId(run), "clerk-1"));
  }

  private List<String> corrected(String exception) {
    return world
        .must(
            new CloseBankException(
                exception,
                BankExceptionClosed.Reason.CORRECTED_BY_BANK,
                Optional.empty(),
                "clerk-1"))
        .takenOut()
        .stream()
        .map(each -> each.became() + " " + each.cents())
        .toList();
  }

  private MatchBankEntry matching(String entry) {
    return new MatchBankEntry(entry, List.of(), Optional.empty(), Optional.of(TRANSFER), "clerk-1");
  }

  private String refused(Command<?> command, String... because) {
    Outcome<?> outcome = world.ledger.send(command);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(List.of(because)).allSatisfy(word -> assertThat(outcome.toString()).contains(word));
    return ((Outcome.Refused<?>) outcome).refusal().code().toString();
  }

  private void stands(long payable, long inTransit, long paid, long bank) {
    assertThat(
            List.of(
                -world.balance(VENUE_PAYABLE),
                -world.balance(TRANSFER_IN_TRANSIT),
                world.balance(TITLES_PAID),
                world.balance(BANK)))
        .as("payable, in transit, paid, bank")
        .containsExactly(payable, inTransit, paid, bank);
  }

  /** Paid once, for ever, and nothing is left to be explained. */
  private void isPaidOnce() {
    assertThat(world.words.getFirst().find("R-1-1").orElseThrow().standing())
        .isEqualTo(Standing.CONFIRMED);
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(world.register.unmatched()).isEmpty();
    assertThat(world.register.doubtful()).isEmpty();
    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(true);
    assertThat(world.register.proof().disputed()).isEmpty();
  }

  private String exception() {
    return world.register.doubts().getFirst().exception();
  }

  @Test
  void beforeItsExceptionIsClosedNobodyIsPaidItsMoneyAgainAndTheOthersArePaid() {
    comesBack();
    world.must(opening("R-2"));
    world.importing(debited().bytes());

    assertThat(refused(releasing("R-2"), "R-2-1", "R-1-1", exception(), "CORRECTED_BY_BANK"))
        .isEqualTo("MAY_BE_PAID_ALREADY");

    cancel("R-2");
    SettlementRunOpened opened = world.must(opening("R-3"));
    assertThat(opened.transfers())
        .extracting(SettlementRunOpened.Transfer::amountCents)
        .containsExactly(2_000L);
    assertThat(opened.inDoubt())
        .containsExactly(new InDoubt(VENUE, 5_000, TRANSFER, Why.RETURN_IN_DOUBT, exception()));
    world.must(releasing("R-3"));
    assertThat(corrected(opened.inDoubt().getFirst().exception()))
        .containsExactly("RETURN_TAKEN_BACK 5000");

    stands(0, 2_000, 5_000, -5_000);
    isPaidOnce();
    assertThat(refused(opening("R-4"))).isEqualTo("NOTHING_TO_PAY");
  }

  @Test
  void closedWhileARunWasOpenItIsTakenBackOnceThatIsCancelled() {
    comesBack();
    world.must(opening("R-2"));
    world.importing(debited().bytes());
    assertThat(corrected(exception())).containsExactly("TO_EXPLAIN 5000");
    String entry = exception();
    assertThat(refused(matching(entry), "RETURNED", "cancel the run"))
        .isEqualTo("TRANSFER_DIFFERS");
    assertThat(refused(releasing("R-2"), "match entry " + entry + " to transfer R-1-1"))
        .isEqualTo("MAY_BE_PAID_ALREADY");

    cancel("R-2");
    assertThat(world.must(opening("R-3")).inDoubt())
        .containsExactly(new InDoubt(VENUE, 5_000, TRANSFER, Why.ENTRY_UNEXPLAINED, entry));
    world.must(releasing("R-3"));
    world.must(matching(entry));

    stands(0, 2_000, 5_000, -5_000);
    isPaidOnce();
    world.ledger.when(matching(entry)).thenAlreadyRecorded();
    assertThat(refused(opening("R-4"))).isEqualTo("NOTHING_TO_PAY");
  }

  @Test
  void closedWhileNoRunIsOpenItIsPaidAtOnceThoughARunWasCancelledBefore() {
    comesBack();
    world.must(opening("R-2"));
    world.importing(debited().bytes());
    cancel("R-2");

    assertThat(corrected(exception())).containsExactly("RETURN_TAKEN_BACK 5000");

    stands(2_000, 0, 5_000, -5_000);
    isPaidOnce();
  }

  @Test
  void theFileOfARunThatWasReleasedBeforeIsNotHandedOut() {
    comesBack();
    world.must(opening("R-2"));
    world.must(releasing("R-2"));
    world.importing(debited().bytes());

    assertThat(refused(SettlementParts.download("R-2"), "R-2-1", "R-1-1", exception()))
        .isEqualTo("MAY_BE_PAID_ALREADY");
  }

  @Test
  void whatWasOnlyNotifiedAndTheStatementOfItsDayLeavesOutIsInDoubtToo() {
    world.importing(
        Camt.notification("N-1")
            .entry("B-1", DAY.toString(), -5_000, "R-1-1", "")
            .returned("B-2", DAY.toString(), 5_000, "R-1-1", "AC04")
            .bytes());
    world.ledger.given(new VenueAccountOpened(VENUE, new VaultReference("v-2"), "iban-2"));
    world.ledger.on(NEXT).given(new DayOpened(NEXT));
    assertThat(world.register.doubts()).isEmpty();

    world.importing(debited().bytes());

    assertThat(refused(opening("R-2"), exception(), "R-1-1")).isEqualTo("NOTHING_TO_PAY");
    assertThat(corrected(exception())).containsExactly("RETURN_TAKEN_BACK 5000");
    stands(0, 0, 5_000, -5_000);
    isPaidOnce();
  }

  @Test
  void aStatementThatIsToldAnewWhileARunIsOpenedIsSeenByIt() {
    comesBack();
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debited().bytes());

    var race = world.ledger.race(new ImportBankFile(file, Map.of(), Map.of()), opening("R-2"));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.ledger.facts(SettlementRunOpened.class).getLast().inDoubt()).hasSize(1);
  }

  @Test
  void whatTheBankLeftOfOtherMoneyTakesNoReturnBack() {
    comesBack();
    BankEntryUnmatched left =
        new BankEntryUnmatched(
            new BankEntry(
                    "E1", Optional.empty(), DAY, DAY, 5_000, Optional.empty(), Optional.empty())
                .toldNoMore(),
            -5_000,
            BankEntryUnmatched.Why.TOLD_NO_MORE,
            Optional.empty(),
            Optional.empty());
    world.ledger.given(left);

    assertThat(refused(matching(left.entry().id()), "R-1-1")).isEqualTo("TRANSFER_DIFFERS");
  }

  @Test
  void whatTheBankDebitedOfAnotherAmountAfterItsRejectionIsLeftOutToo() {
    world.must(SettlementParts.download("R-1"));
    world.must(new RejectTransfer(new SettlementRunId("R-1"), TRANSFER, DAY, "AC04"));
    world.ledger.given(
        new VenueAccountOpened(VENUE, new VaultReference("v-2"), "iban-2"),
        new VenueAccountOpened(OTHER, new VaultReference("v-3"), "iban-3"),
        slip(OTHER, 2_000));
    world.importing(
        Camt.notification("N-1").entry("B-1", DAY.toString(), -4_999, "R-1-1", "").bytes());
    world.ledger.on(NEXT).given(new DayOpened(NEXT));

    SettlementRunOpened opened = world.must(opening("R-2"));

    assertThat(opened.transfers()).hasSize(1);
    assertThat(opened.inDoubt())
        .extracting(InDoubt::venue, InDoubt::cents, InDoubt::why)
        .containsExactly(tuple(VENUE, 5_000L, Why.ENTRY_UNEXPLAINED));
    world.must(releasing("R-2"));
  }
}
