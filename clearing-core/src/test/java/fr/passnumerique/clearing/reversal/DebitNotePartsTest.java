package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.DUE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_RECEIVABLE;
import static fr.passnumerique.clearing.reversal.ReversalWorld.ALPHA;
import static fr.passnumerique.clearing.reversal.ReversalWorld.CLERK;
import static fr.passnumerique.clearing.reversal.ReversalWorld.PASS;
import static fr.passnumerique.clearing.reversal.ReversalWorld.SEVEN;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.settlement.VoidedLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A debit note of three lines of ten euros is paid as the venue can. */
class DebitNotePartsTest {
  private static final DebitNoteId NOTE = new DebitNoteId("titre-1");

  private final ReversalWorld world = new ReversalWorld();

  @BeforeEach
  void threePaidLinesAreReversedAndAskedFor() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2, 3);
    world.nextDay();
    world.pay("R-1");
    world.reverse("indu-1", ALPHA, "S-1", 1, 2, 3);
    world.begin(world.today().plusDays(90));
    world.send(new IssueDebitNote(NOTE, ALPHA, PASS, CLERK));
  }

  private DebitNote read() {
    return DebitNote.of(world.register, world.register.note(NOTE));
  }

  private static long cents(VoidedLine line) {
    return line.parts().stream().mapToLong(SpentCents::cents).sum();
  }

  @Test
  void theOldestLinesArePaidFirstAndTheNextOneInPart() {
    DebitNotePaid paid = world.payPart(NOTE, 1_300);

    assertThat(paid.lines()).extracting(line -> line.cheque().ordinal()).containsExactly(1, 2);
    assertThat(paid.lines()).extracting(DebitNotePartsTest::cents).containsExactly(1_000L, 300L);
    assertThat(world.balance(DUE_BACK)).isEqualTo(-1_300);
    assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(1_700);
    assertThat(read().paidCents()).isEqualTo(1_300);
    assertThat(read().openCents()).isEqualTo(1_700);
    assertThat(read().paidOn()).isEmpty();
    assertThat(read().payments()).hasSize(1);
    assertThat(world.read("indu-1").dueBackCents()).isEqualTo(1_300);
    assertThat(world.read("indu-1").claimedCents()).isEqualTo(1_700);
  }

  @Test
  void partsOfWhateverSizeComeToWhatEachFunderPaid() {
    Map<String, Long> back = new HashMap<>();
    for (long cents : new long[] {1, 570, 429, 999, 2}) {
      world.payPart(NOTE, cents);
    }
    world.send(new RecordDebitNotePayment(NOTE, world.today(), CLERK));

    Map<String, Long> paid = new HashMap<>();
    world
        .ledger
        .facts(LinesReversed.class)
        .forEach(
            f ->
                f.lines().stream()
                    .flatMap(line -> line.parts().stream())
                    .forEach(p -> paid.merge(p.funder().value(), p.cents(), Long::sum)));
    world
        .ledger
        .facts(DebitNotePaid.class)
        .forEach(
            f ->
                f.lines().stream()
                    .flatMap(line -> line.parts().stream())
                    .forEach(p -> back.merge(p.funder().value(), p.cents(), Long::sum)));
    assertThat(back).isEqualTo(paid);
    assertThat(read().openCents()).isZero();
    assertThat(read().paidOn()).contains(world.today());
    assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    world.ledger.when(new RecordDebitNotePayment(NOTE, world.today(), CLERK)).thenAlreadyRecorded();
  }

  @Test
  void whatIsPaidByHandIsTheRest() {
    world.payPart(NOTE, 1_300);

    DebitNotePaid rest = world.send(new RecordDebitNotePayment(NOTE, world.today(), CLERK));

    assertThat(rest.cents()).isEqualTo(1_700);
    assertThat(rest.lines()).extracting(DebitNotePartsTest::cents).containsExactly(700L, 1_000L);
  }

  @Test
  void aLineThatIsPaidInPartIsCreditedWithItsRest() {
    world.payPart(NOTE, 1_300);

    assertThat(world.send(new CreditRecovered(new OrderId("o-" + SEVEN))).waitingCents())
        .isEqualTo(1_300);
  }

  @Test
  void liftedTheVenueIsOwedThePartAndKeepsTheRest() {
    // Today a contest is decided before the note, or comes too late; ledgers hold contested notes.
    world.ledger.given(
        new ReversalContested(new ReversalId("indu-1"), ALPHA, "venue", Optional.empty()));
    world.payPart(NOTE, 1_300);

    DecideContest.Decided lifted = world.lift("indu-1");

    assertThat(lifted.owedAgainCents()).isEqualTo(1_300);
    assertThat(lifted.forgivenCents()).isEqualTo(1_700);
    assertThat(world.read("indu-1").owedAgainCents()).isEqualTo(1_300);
    assertThat(world.read("indu-1").forgivenCents()).isEqualTo(1_700);
    assertThat(world.read("indu-1").dueBackCents()).isZero();
    assertThat(world.balance(DUE_BACK)).isZero();
    assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-1_300);
    assertThat(read().openCents()).isZero();

    world.nextDay();
    assertThat(world.pay("R-2").transfers().getFirst().amountCents()).isEqualTo(1_300);
    assertThat(world.balance(VENUE_PAYABLE)).isZero();
  }
}
