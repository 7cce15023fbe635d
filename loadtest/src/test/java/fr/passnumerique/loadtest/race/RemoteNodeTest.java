package fr.passnumerique.loadtest.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.loadtest.race.Script.Slip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both ends of the line between a round and a node's process; a shell stands for the other. */
class RemoteNodeTest {
  private static final ChequeCode CODE = new ChequeCode(new Serial(Batch.of(1), 1), 1);

  private final Disturbance.Counts counts = new Disturbance.Counts();
  private final PrintStream standardOut = System.out;

  @AfterEach
  void giveBack() {
    System.setOut(standardOut);
  }

  private RemoteNode speaking(String script) throws IOException {
    return new RemoteNode("left-0", new ProcessBuilder("sh", "-c", script).start(), counts);
  }

  @Test
  void aNodeThatStopsForGoodIsStoppedThoughItsProcessLives() throws Exception {
    try (RemoteNode node =
        speaking(
            "echo ready; read q; echo 'stopped the appender failed'; echo '1 unavailable'; read"
                + " q")) {
      node.awaitReady();
      assertThat(node.isStopped()).as("before").isFalse();

      assertThatThrownBy(() -> node.check(CODE)).isInstanceOf(LedgerUnavailableException.class);

      assertThat(node.isStopped()).isTrue();
      assertThat(node.isKilled()).isFalse();
      assertThat(node.stopReason()).isEqualTo("the appender failed");
    }
  }

  @Test
  void aProcessThatEndsByItselfIsNoneThatWasKilled() throws Exception {
    try (RemoteNode node = speaking("echo ready; read q")) {
      node.awaitReady();

      assertThatThrownBy(() -> node.check(CODE)).isInstanceOf(LedgerUnavailableException.class);

      assertThat(node.isStopped()).isTrue();
      assertThat(node.isKilled()).as("and so not replaced").isFalse();
      assertThat(node.stopReason()).isEqualTo("its process ended by itself");
    }
  }

  @Test
  void oneThatIsKilledHasNotStopped() throws Exception {
    try (RemoteNode node = speaking("echo ready; exec sleep 60")) {
      node.awaitReady();

      node.kill();
      while (!node.isKilled()) {
        Thread.sleep(1);
      }

      assertThat(node.isStopped()).isFalse();
    }
  }

  @Test
  void whatBefellANodeIsCountedThoughItIsKilledAfterwards() throws Exception {
    try (RemoteNode node =
        speaking(
            "echo ready; echo 'lost answer'; echo 'lost statement'; echo 'lost answer'; read q;"
                + " echo '1 LIVE'; read q")) {
      node.awaitReady();

      assertThat(node.check(CODE)).isEqualTo("LIVE");

      assertThat(counts.lostAnswers).hasValue(2);
      assertThat(counts.lostStatements).hasValue(1);
    }
  }

  /** In the node's own process. */
  @Test
  void theProcessTellsOnceThatItsNodeIsStopped() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, UTF_8));
    RaceNodeProcess process = new RaceNodeProcess();
    Stopping node = new Stopping();
    String question = "CHECK" + RemoteNode.BETWEEN + CODE.printed();

    process.answer(node, "1" + RemoteNode.BETWEEN + question);
    node.reason = "the appender failed:\na bug";
    process.answer(node, "2" + RemoteNode.BETWEEN + question);
    process.answer(node, "3" + RemoteNode.BETWEEN + question);

    assertThat(said.toString(UTF_8).lines())
        .containsExactly(
            "1 LIVE",
            RemoteNode.STOPPED + "the appender failed: a bug",
            "2 " + RemoteNode.UNAVAILABLE,
            "3 " + RemoteNode.UNAVAILABLE);
  }

  private static final class Stopping implements Asked {
    private String reason = "";

    @Override
    public String name() {
      return "left-0";
    }

    @Override
    public String submit(Slip slip) {
      throw new IllegalStateException("nobody submits here");
    }

    @Override
    public String withdraw(long position, List<Long> cheques) {
      throw new IllegalStateException("nobody withdraws here");
    }

    @Override
    public String check(ChequeCode code) {
      if (isStopped()) {
        throw new LedgerUnavailableException(reason);
      }
      return ChequeSpecification.LIVE;
    }

    @Override
    public boolean isStopped() {
      return !reason.isEmpty();
    }

    @Override
    public boolean isKilled() {
      return false;
    }

    @Override
    public String stopReason() {
      return reason;
    }

    @Override
    public void close() {}
  }
}
