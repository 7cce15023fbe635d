package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever follows the end of an append, on its way to whoever sent the command, is done by the
 * thread that sent it: one append alone is ended on the appender's own thread, and what waited
 * there for another append would wait for ever.
 */
@Timeout(60)
class SenderThreadIT {
  private static final long CHEQUE = new Serial(Batch.of(1), 1).key();

  private final List<Thread> deciding = new ArrayList<>();
  private LedgerNode node;

  /** Each decision that is about to be recorded, in the order in which they are taken. */
  private void decided() {
    deciding.add(Thread.currentThread());
    switch (deciding.size()) {
      case 1 -> assertThat(send("between")).isEqualTo("A");
      case 2, 4 -> {
        // Theirs.
      }
      case 3 -> assertThat(send("before-it-is-recorded")).isEqualTo("R");
      default -> throw new AssertionError("decided too often: " + deciding);
    }
  }

  private String send(String reference) {
    return ((Outcome.Recorded<String>)
            node.commands()
                .send(new Slips.Take(new SlipReference(reference), List.of(CHEQUE)), Actor.ENGINE))
        .answer();
  }

  @Test
  void whoeverMeetsAConflictMayWaitForOthersBeforeItIsRecorded() throws Exception {
    try (TestDatabase database = TestDatabase.fresh();
        LedgerNode started =
            NodeOfSlips.on(database)
                .disturbed(
                    new AppendFaults() {
                      @Override
                      public void afterDecision() {
                        decided();
                      }
                    })
                .writing()) {
      node = started;

      assertThat(send("conflicts")).isEqualTo("R");

      assertThat(deciding).containsOnly(Thread.currentThread());
      assertThat(LedgerAudit.wholeChain(database.superuser()))
          .extracting(row -> row.tags().getFirst().replaceAll(".*/", ""))
          .containsExactly("between", "before-it-is-recorded", "conflicts");
    }
  }
}
