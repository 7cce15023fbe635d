package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a node refuses while it is behind what another node has recorded. */
class NodeBehindIT {
  private static final int ROUNDS = 20;
  private static final long CHEQUE = new Serial(Batch.of(1), 1).key();

  /** Whether a slip is known: refused if it is not. */
  private record Ask(SlipReference reference) implements Command<String> {}

  private record Asking(Slips slips) implements Decider<Ask, String> {
    @Override
    public Class<Ask> command() {
      return Ask.class;
    }

    @Override
    public Decision<String> decide(Ask asked, Instant receivedAt) {
      return slips.knows(asked.reference())
          ? new Decision.Unchanged<>("known")
          : Decision.refuse(Unknown.SLIP.because("reference", "it is not known", "send it"));
    }
  }

  private enum Unknown implements RefusalCode {
    SLIP;

    @Override
    public Kind kind() {
      return Kind.UNKNOWN;
    }
  }

  @Test
  void nothingIsRefusedForWantOfWhatAnotherNodeHasRecordedAlready() throws Exception {
    try (TestDatabase database = TestDatabase.fresh();
        LedgerNode writer = start(database);
        LedgerNode standby = start(database)) {
      assertThat(writer.awaitWriting(Duration.ofSeconds(10))).isTrue();
      for (int round = 0; round < ROUNDS; round++) {
        SlipReference slip = new SlipReference("s-" + round);
        writer.commands().send(new Slips.Take(slip, List.of(CHEQUE)), Actor.ENGINE);

        // It looks for facts of others every 20 ms.
        Outcome<String> told = standby.commands().send(new Ask(slip), Actor.ENGINE);

        assertThat(told).as("round %d", round).isInstanceOf(Outcome.Recorded.class);
      }
      assertThat(standby.commands().send(new Ask(new SlipReference("never")), Actor.ENGINE))
          .as("what was never recorded")
          .isInstanceOf(Outcome.Refused.class);
    }
  }

  private static LedgerNode start(TestDatabase database) throws InterruptedException {
    Slips slips = new Slips();
    LedgerNode node =
        NodeOfSlips.on(database.ledger(), slips).deciders(slips, new Asking(slips)).start();
    // So that the first one is elected.
    node.awaitWriting(Duration.ofMillis(500));
    return node;
  }
}
