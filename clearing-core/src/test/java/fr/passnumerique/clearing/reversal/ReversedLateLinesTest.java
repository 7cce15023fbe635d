package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalWorld.ALPHA;
import static fr.passnumerique.clearing.reversal.ReversalWorld.EIGHT;
import static fr.passnumerique.clearing.reversal.ReversalWorld.SEVEN;
import static fr.passnumerique.clearing.reversal.ReversalWorld.START;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reversal does to late payments; a slip of the first day is to be paid until the 21st. */
class ReversedLateLinesTest {
  private static final LocalDate LATE = START.plusDays(22);

  private final ReversalWorld world = new ReversalWorld();

  private List<String> late(LocalDate asOf) {
    return world.settlement.late(asOf, world.today());
  }

  @Test
  void aLineThatIsReversedBeforeItIsInARunIsNotLateFromThatDayOn() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.begin(LATE);
    assertThat(late(LATE)).containsExactly("OPEN_LATE S-1 2000 1");
    world.begin(LATE.plusDays(1));
    world.reverse("indu-1", ALPHA, "S-1", 1);
    assertThat(late(LATE.plusDays(1))).containsExactly("OPEN_LATE S-1 1000 2");
    assertThat(late(LATE)).containsExactly("OPEN_LATE S-1 2000 1");
  }

  @Test
  void norOneThatIsReversedOnItsWayWhateverItsTransferPays() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.begin(LATE);
    TransferId transfer = world.open("R-1").orElseThrow().transfers().getFirst().transfer();
    world.release("R-1");
    world.reverse("indu-1", ALPHA, "S-1", 1);
    assertThat(late(LATE)).containsExactly("OPEN_LATE S-1 1000 1");
    world.nextDay();
    world.confirm("R-1", transfer);
    assertThat(late(LATE.plusDays(1))).containsExactly("PAID_LATE S-1 1000 2");
    assertThat(late(LATE)).containsExactly("OPEN_LATE S-1 1000 1");
  }

  @Test
  void itIsLateAgainOnceItsReversalIsLifted() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.begin(LATE);
    assertThat(world.open("R-1")).isPresent();
    world.release("R-1");
    world.reverse("indu-1", ALPHA, "S-1", 1);
    world.contest("indu-1", ALPHA);
    world.nextDay();
    world.lift("indu-1");
    assertThat(late(LATE.plusDays(1))).containsExactly("OPEN_LATE S-1 2000 2");
    assertThat(late(LATE)).containsExactly("OPEN_LATE S-1 1000 1");
  }

  @Test
  void aLineThatWasPaidLateStaysALatePaymentWhenItIsReversed() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.begin(LATE);
    world.pay("R-1");
    world.nextDay();
    world.reverse("indu-1", ALPHA, "S-1", 1);
    assertThat(late(world.today())).containsExactly("PAID_LATE S-1 2000 1");
  }

  @Test
  void aLineThatWasReversedAfterAReturnThatTheBankTellsNoMoreWasPaidAllTheWhile() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.begin(LATE);
    TransferId transfer = world.pay("R-1").transfers().getFirst().transfer();
    world.nextDay();
    world.comeBack(transfer);
    world.begin(LATE.plusDays(3));
    world.reverse("indu-1", ALPHA, "S-1", 1);
    assertThat(late(LATE.plusDays(3))).containsExactly("OPEN_LATE S-1 1000 4");
    world.begin(LATE.plusDays(5));

    assertThat(world.hadNotComeBack(transfer, LATE.plusDays(1))).isTrue();

    for (int days = 1; days <= 5; days++) {
      assertThat(late(LATE.plusDays(days))).containsExactly("PAID_LATE S-1 2000 1");
    }
    world.nextDay();
    world.comeBack(transfer);
    assertThat(late(LATE.plusDays(6))).containsExactly("OPEN_LATE S-1 2000 7");
  }

  @Test
  void aNettingPaysOnItsReleaseAndNotAnyMoreOnceItsTransferIsRejected() {
    world.slip(ALPHA, "S-0", EIGHT, 1);
    world.nextDay();
    world.pay("R-0");
    world.reverse("indu-1", ALPHA, "S-0", 1);
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.begin(LATE);
    TransferId transfer = world.open("R-1").orElseThrow().transfers().getFirst().transfer();
    assertThat(late(LATE)).containsExactly("OPEN_LATE S-1 1000 1", "OPEN_LATE S-1 1000 1");
    world.release("R-1");
    assertThat(late(LATE))
        .containsExactlyInAnyOrder("PAID_LATE S-1 1000 1", "OPEN_LATE S-1 1000 1");
    world.nextDay();
    world.reject("R-1", transfer);

    assertThat(late(LATE.plusDays(1))).containsExactly("OPEN_LATE S-1 2000 2");
    assertThat(late(LATE))
        .containsExactlyInAnyOrder("PAID_LATE S-1 1000 1", "OPEN_LATE S-1 1000 1");
    world.ledger.given(new VenueAccountOpened(ALPHA, new VaultReference("v-2"), "iban-2"));
    world.nextDay();
    world.pay("R-2");
    // The claim is netted once more, the rest is transferred.
    assertThat(late(world.today())).containsExactly("PAID_LATE S-1 1000 3", "PAID_LATE S-1 1000 3");
  }
}
