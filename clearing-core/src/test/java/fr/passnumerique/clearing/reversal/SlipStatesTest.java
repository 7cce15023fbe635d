package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalWorld.ALPHA;
import static fr.passnumerique.clearing.reversal.ReversalWorld.SEVEN;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.settlement.TransferId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a slip's money is said to be when its lines are reversed or netted. */
class SlipStatesTest {
  private final ReversalWorld world = new ReversalWorld();

  private List<String> states(String reference) {
    for (int position = 1; position <= world.ledger.facts().size(); position++) {
      if (world.ledger.facts().get(position - 1) instanceof SlipJudged slip
          && slip.reference().value().equals(reference)) {
        return world.settlement.slip(position).stream()
            .map(part -> part.state() + " " + part.cents() + " of them " + part.reversedCents())
            .toList();
      }
    }
    return List.of();
  }

  @Test
  void aLineReversedBeforeARunTookItIsBackWithItsFundersAndTheRestIsPaid() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2, 3);
    world.reverse("indu-1", ALPHA, "S-1", 2);
    assertThat(states("S-1")).containsExactly("OWED 2000 of them 0", "REVERSED 1000 of them 0");
    world.nextDay();
    world.pay("R-1");
    assertThat(states("S-1")).containsExactly("PAID 2000 of them 0", "REVERSED 1000 of them 0");
  }

  @Test
  void aLineReversedSinceItWasPaidIsPaidAndReversedAndWhatIsNettedForItHasNoTransfer() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.nextDay();
    world.pay("R-1");
    world.reverse("indu-1", ALPHA, "S-1", 1);
    assertThat(states("S-1")).containsExactly("PAID 2000 of them 1000");

    world.slip(ALPHA, "S-2", SEVEN, 3);
    world.nextDay();
    assertThat(world.open("R-2")).isPresent();
    assertThat(states("S-2")).containsExactly("IN_RUN 1000 of them 0");
    assertThat(states("S-1")).as("not netted yet").containsExactly("PAID 2000 of them 1000");
    world.release("R-2");
    assertThat(states("S-2")).containsExactly("NETTED 1000 of them 0");
    assertThat(states("S-1")).containsExactly("PAID 2000 of them 0");
  }

  @Test
  void aLineThatADebitNoteAsksForIsNoMoreToldByItsSlip() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.nextDay();
    world.pay("R-1");
    world.reverse("indu-1", ALPHA, "S-1", 1);
    world.begin(world.today().plusDays(120));
    world.send(
        new IssueDebitNote(
            new DebitNoteId("note-1"), ALPHA, ReversalWorld.PASS, ReversalWorld.CLERK));
    assertThat(states("S-1")).containsExactly("PAID 2000 of them 0");
  }

  @Test
  void whatARunNettedAndDidNotTransferIsOwedAndNotSentBackWhenItsTransferIsRejected() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.nextDay();
    world.pay("R-1");
    world.reverse("indu-1", ALPHA, "S-1", 1);
    world.slip(ALPHA, "S-2", SEVEN, 3, 4, 5);
    world.nextDay();
    TransferId transfer = world.open("R-2").orElseThrow().transfers().getFirst().transfer();
    world.release("R-2");
    world.reject("R-2", transfer);
    assertThat(states("S-2")).containsExactly("SENT_BACK 2000 of them 0", "OWED 1000 of them 0");
    assertThat(states("S-1")).as("owed back again").containsExactly("PAID 2000 of them 1000");
  }

  @Test
  void aLineReversedOnItsWayIsBackWithItsFundersOnceItsTransferIsRejected() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.nextDay();
    TransferId transfer = world.open("R-1").orElseThrow().transfers().getFirst().transfer();
    world.release("R-1");
    world.reverse("indu-1", ALPHA, "S-1", 1);
    assertThat(states("S-1")).containsExactly("SENT 2000 of them 1000");
    world.reject("R-1", transfer);
    assertThat(states("S-1"))
        .containsExactly("SENT_BACK 1000 of them 0", "REVERSED 1000 of them 0");
  }

  @Test
  void liftedSinceTheVenueGaveItBackTheLineIsOwedAgainBesidesWhatWasPaid() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.nextDay();
    world.pay("R-1");
    world.reverse("indu-1", ALPHA, "S-1", 1);
    world.slip(ALPHA, "S-2", SEVEN, 3);
    world.nextDay();
    world.pay("R-2");
    world.contest("indu-1", ALPHA);
    world.lift("indu-1");
    assertThat(states("S-1"))
        .containsExactly(
            "PAID 2000 of them 0", "OWED 1000 of them 0", "GIVEN_BACK -1000 of them 0");
    assertThat(states("S-2")).containsExactly("NETTED 1000 of them 0");
    world.nextDay();
    world.pay("R-3");
    assertThat(states("S-1"))
        .containsExactly(
            "PAID 2000 of them 0", "PAID 1000 of them 0", "GIVEN_BACK -1000 of them 0");
  }

  @Test
  void liftedWhileTheVenueOwesItBackItKeepsWhatItWasPaid() {
    world.slip(ALPHA, "S-1", SEVEN, 1, 2);
    world.nextDay();
    world.pay("R-1");
    world.reverse("indu-1", ALPHA, "S-1", 1);
    world.contest("indu-1", ALPHA);
    world.lift("indu-1");
    assertThat(states("S-1")).containsExactly("PAID 2000 of them 0");
  }
}
