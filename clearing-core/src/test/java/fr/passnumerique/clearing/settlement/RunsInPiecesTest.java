package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementWorld.CUT_OFF;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.cancel;
import static fr.passnumerique.clearing.settlement.SettlementWorld.confirm;
import static fr.passnumerique.clearing.settlement.SettlementWorld.release;
import static fr.passnumerique.clearing.settlement.SettlementWorld.run;
import static fr.passnumerique.clearing.settlement.SettlementWorld.slip;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FixtureReader;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run of more entries than one fact holds. */
class RunsInPiecesTest {
  /** A transfer of one slip that two funders pay is four entries. */
  private static final int IN_A_PIECE = Pieces.LARGEST / 4;

  private static final int TRANSFERS = 2 * IN_A_PIECE + 1;
  private static final SettlementRunId RUN = new SettlementRunId("R-1");

  private final SettlementWorld world = new SettlementWorld();
  private final SettlementRuns runs =
      new SettlementRuns(
          world.register,
          Supplier::get,
          new FixtureReader(world.ledger),
          new SettlementParts.NoVault(),
          Optional.empty());

  @BeforeEach
  void aLargeRunIsOpen() {
    List<Fact> owed = new ArrayList<>();
    for (int i = 1; i <= TRANSFERS; i++) {
      VenueId venue = new VenueId("%014d".formatted(10_000_000_000_000L + i));
      owed.add(account(venue, "v-" + i, "iban-" + i));
      owed.add(slip(venue, "S-" + i, 1_000L + i));
    }
    world.ledger.given(owed.toArray(Fact[]::new));
    world.begin(CUT_OFF);
    world.ledger.send(run("R-1"));
  }

  @Test
  void eachTransferIsFoundWithTheMoneyOfThePieceThatOrdersIt() {
    long opened = position(1);
    assertThat(opened).isEqualTo(runs.position(RUN));
    assertThat(position(IN_A_PIECE)).isEqualTo(opened);
    assertThat(position(IN_A_PIECE + 1)).isEqualTo(opened + 1);
    assertThat(position(2 * IN_A_PIECE)).isEqualTo(opened + 1);
    assertThat(position(TRANSFERS)).isEqualTo(opened + 2);

    List<SettlementRun.Order> whole = runs.find(RUN).orElseThrow().run().transfers();
    assertThat(whole).hasSize(TRANSFERS);
    IntStream.of(1, IN_A_PIECE, IN_A_PIECE + 1, TRANSFERS)
        .forEach(
            number -> {
              SettlementRuns.FoundTransfer found = find(number).orElseThrow();
              assertThat(found.order()).isEqualTo(whole.get(number - 1));
              assertThat(found.ordered().parts()).hasSize(2);
              assertThat(
                      found.ordered().parts().stream()
                          .mapToLong(part -> part.spent().cents())
                          .sum())
                  .isEqualTo(found.order().amountCents())
                  .isEqualTo(1_000L + number);
            });
    assertThat(find(TRANSFERS + 1)).isEmpty();
    assertThat(runs.find(new SettlementRunId("R-2"), new TransferId("R-1-1"))).isEmpty();
  }

  @Test
  void aTransferOfALaterPieceIsToldAsItStandsNow() {
    SettlementRuns.FoundTransfer open = find(TRANSFERS).orElseThrow();
    assertThat(open.released()).isFalse();
    assertThat(open.order().state()).isEqualTo(SettlementRun.State.ORDERED);

    LocalDate later = CUT_OFF.plusDays(40);
    world.begin(later);
    world.ledger.send(release("R-1", SettlementWorld.SECOND_CLERK));
    world.handOut("R-1");
    LocalDate paidOn = find(TRANSFERS).orElseThrow().executionOn();
    world.begin(paidOn);
    world.ledger.send(confirm("R-1", "R-1-" + TRANSFERS, paidOn));
    SettlementRuns.FoundTransfer paid = find(TRANSFERS).orElseThrow();

    assertThat(paid.released()).isTrue();
    assertThat(paid.executionOn()).isEqualTo(runs.find(RUN).orElseThrow().run().executionOn());
    assertThat(paid.executionOn()).isAfter(open.executionOn());
    assertThat(paid.order())
        .isEqualTo(runs.find(RUN).orElseThrow().run().transfers().get(TRANSFERS - 1));
    assertThat(paid.order().state()).isEqualTo(SettlementRun.State.CONFIRMED);
    assertThat(paid.order().slips().getFirst().late()).isTrue();
  }

  @Test
  void ofACancelledRunItIsFoundToo() {
    world.ledger.send(cancel("R-1"));

    SettlementRuns.FoundTransfer found = find(TRANSFERS).orElseThrow();
    assertThat(found.released()).isFalse();
    assertThat(found.order().state()).isEqualTo(SettlementRun.State.CANCELLED);
    assertThat(found.order())
        .isEqualTo(runs.find(RUN).orElseThrow().run().transfers().get(TRANSFERS - 1));
  }

  private Optional<SettlementRuns.FoundTransfer> find(int number) {
    return runs.find(RUN, new TransferId("R-1-" + number));
  }

  private long position(int number) {
    return find(number).orElseThrow().position();
  }
}
