package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.OTHER_VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.cheque;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A hundred false check parts an hour, which come back evenly. */
class SlipDeskTest {
  private final RedemptionWorld world = RedemptionWorld.usual();

  @Test
  void whoTriesCheckPartsIsSoonNotListenedToEvenWhenOneIsRight() {
    for (int i = 0; i < 10; i++) {
      prepare(VENUE, "S-" + i, guesses(10 * i, 10));
    }

    Problem problem = refused(VENUE, guesses(100, 1));
    assertThat(problem.status()).isEqualTo(429);
    assertThat(problem.code()).isEqualTo("TOO_MANY_FALSE_CODES");
    assertThat(problem.retryAfterSeconds()).isBetween(1L, 36L);
    assertThat(refused(VENUE, List.of(line(1))).code()).isEqualTo("TOO_MANY_FALSE_CODES");
  }

  @Test
  void anotherVenueIsListenedTo() {
    prepare(VENUE, "S-1", guesses(0, 200));

    prepare(OTHER_VENUE, "S-1", List.of(line(1)));
  }

  @Test
  void aRecordedSlipIsAnsweredWhateverItsVenueTries() {
    List<SlipLine> lines = List.of(line(1), guesses(0, 1).getFirst());
    SubmitSlip slip = world.desk.prepare(VENUE, new SlipReference("S-1"), lines);
    world.ledger.send(slip, Actor.ENGINE);
    prepare(VENUE, "S-2", guesses(0, 200));

    prepare(VENUE, "S-1", lines);
    assertThat(refused(VENUE, List.of(line(2))).code()).isEqualTo("TOO_MANY_FALSE_CODES");
  }

  @Test
  void codesOfNoChequeAreNoGuesses() {
    List<SlipLine> unknown =
        IntStream.range(0, 500)
            .mapToObj(i -> line(new ChequeCode(new Serial(Batch.of(9), i + 1), i)))
            .toList();
    prepare(VENUE, "S-1", unknown);

    prepare(VENUE, "S-2", List.of(line(1)));
  }

  private static List<SlipLine> guesses(int from, int count) {
    ChequeCode right = cheque(1);
    return IntStream.range(from, from + count)
        .mapToObj(i -> line(new ChequeCode(right.serial(), right.check() ^ (i + 1))))
        .toList();
  }

  private void prepare(VenueId venue, String reference, List<SlipLine> lines) {
    world.desk.prepare(venue, new SlipReference(reference), lines);
  }

  private Problem refused(VenueId venue, List<SlipLine> lines) {
    Problem problem = catchThrowableOfType(Problem.class, () -> prepare(venue, "S-refused", lines));
    assertThat(problem).isNotNull();
    return problem;
  }
}
