package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A clock that is set back while a slip is judged: it is not recorded before it was presented. */
class ClockSetBackIT {
  private static final Instant MIDNIGHT = Instant.parse("2030-03-01T23:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(MIDNIGHT.plusSeconds(1));

  /** Judges, and finds the clock set back afterwards. */
  private record Judging(Slips slips, AtomicReference<Instant> now)
      implements Decider<Slips.Take, String> {
    @Override
    public Class<Slips.Take> command() {
      return slips.command();
    }

    @Override
    public Decision<String> decide(Slips.Take command, Instant receivedAt) {
      Decision<String> decided = slips.decide(command, receivedAt);
      now.set(MIDNIGHT.minusSeconds(3_600));
      return decided;
    }
  }

  @Test
  void aSlipIsRecordedNoEarlierThanItWasPresented() throws Exception {
    Slips slips = new Slips();
    try (TestDatabase database = TestDatabase.fresh();
        LedgerNode node =
            NodeOfSlips.on(database.ledger(), slips)
                .deciders(new Judging(slips, now))
                .clock(((InstantSource) now::get).withZone(ZoneOffset.UTC))
                .elected(false)
                .writing()) {
      node.commands()
          .send(
              new Slips.Take(new SlipReference("s-1"), List.of(new Serial(Batch.of(1), 1).key())),
              Actor.ENGINE);

      RecordedFact recorded = node.reader().read(0, 1).getFirst();
      assertThat(((SlipJudged) recorded.fact()).presentedAt()).isEqualTo(MIDNIGHT.plusSeconds(1));
      assertThat(recorded.recordedAt()).isEqualTo(MIDNIGHT.plusSeconds(1));
      assertThat(node.recordedAhead()).contains(Duration.ofSeconds(3_601));
      assertThat(new Ledger().ledgerHealth(node).health().getDetails())
          .containsEntry("recordedAheadSeconds", 3_601L);
    }
  }
}
