package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * How tests start a node whose only capability is {@link Slips}: elected, and by the clock on the
 * wall, unless they say otherwise.
 */
final class NodeOfSlips {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final DataSource ledger;
  private List<? extends Register> registers;
  private List<? extends Decider<?, ?>> deciders;
  private Clock clock = Clock.systemUTC();
  private MeterRegistry meters = new SimpleMeterRegistry();
  private boolean elected = true;
  private Duration patience = Duration.ofSeconds(20);
  private AppendFaults faults = AppendFaults.NONE;

  private NodeOfSlips(DataSource ledger, Slips slips) {
    this.ledger = ledger;
    registers = List.of(slips);
    deciders = List.of(slips);
  }

  static NodeOfSlips on(TestDatabase database) {
    return on(database.ledger(), new Slips());
  }

  static NodeOfSlips on(DataSource ledger, Slips slips) {
    return new NodeOfSlips(ledger, slips);
  }

  NodeOfSlips registers(Register... instead) {
    registers = List.of(instead);
    return this;
  }

  NodeOfSlips deciders(Decider<?, ?>... instead) {
    deciders = List.of(instead);
    return this;
  }

  NodeOfSlips clock(Clock instead) {
    clock = instead;
    return this;
  }

  NodeOfSlips meters(MeterRegistry instead) {
    meters = instead;
    return this;
  }

  NodeOfSlips elected(boolean whether) {
    elected = whether;
    return this;
  }

  NodeOfSlips patience(Duration instead) {
    patience = instead;
    return this;
  }

  NodeOfSlips disturbed(AppendFaults by) {
    faults = by;
    return this;
  }

  LedgerNode.Parts parts() {
    return new LedgerNode.Parts(
        ledger, Slips.CATALOGUE, registers, deciders, clock, meters, elected, patience);
  }

  LedgerNode start() {
    return LedgerNode.start(parts(), faults);
  }

  /** Started, and waited for until it writes. */
  LedgerNode writing() throws InterruptedException {
    return writing(start());
  }

  static LedgerNode writing(LedgerNode started) throws InterruptedException {
    assertThat(started.awaitWriting(SOON)).isTrue();
    return started;
  }
}
