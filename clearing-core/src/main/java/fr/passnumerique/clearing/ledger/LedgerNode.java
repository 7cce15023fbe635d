package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.access.Hands;
import fr.passnumerique.clearing.access.RowSecurity;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.update.UpdateCheckerConfigurationEnhancer;
import org.jspecify.annotations.Nullable;

/**
 * One node of the ledger: registers, appender, election and Axon's command bus, wired here and
 * nowhere else. A newer Axon is a change of this class, {@link AxonCommands} and {@link
 * PostgresEventStorageEngine}.
 */
public final class LedgerNode implements AutoCloseable {
  private final Appender appender;
  private final @Nullable WriterElection election;
  private final AxonConfiguration axon;
  private final ReadLock readLock;
  private final Head head;
  private final RecordedAhead ahead;
  private final AxonCommands commands;
  private final PostgresLedgerReader reader;
  private final Optional<WriterAddress> address;
  private final Optional<SnapshotKeeper> snapshots;

  /**
   * What a node is made of.
   *
   * @param writer connections that may insert into the ledger
   * @param elected one of several nodes writes at a time; without election every node writes and
   *     the fence alone keeps them apart
   * @param patience how long a command waits for a database that does not answer
   * @param silence for how long the elected node asks nothing before another takes over
   * @param address where the others forward commands to when this node is elected
   * @param snapshots of these registers, whose reading may have begun; empty where each start folds
   *     everything
   */
  public record Parts(
      DataSource writer,
      FactCatalogue catalogue,
      List<? extends Register> registers,
      List<? extends Decider<?, ?>> deciders,
      Clock clock,
      MeterRegistry meters,
      boolean elected,
      Duration patience,
      Duration silence,
      Optional<WriterAddress> address,
      Optional<RegistersOnFile> snapshots) {

    /** Of a node to which nothing is forwarded, and that keeps no snapshots. */
    public Parts(
        DataSource writer,
        FactCatalogue catalogue,
        List<? extends Register> registers,
        List<? extends Decider<?, ?>> deciders,
        Clock clock,
        MeterRegistry meters,
        boolean elected,
        Duration patience) {
      this(
          writer,
          catalogue,
          registers,
          deciders,
          clock,
          meters,
          elected,
          patience,
          WriterElection.SILENCE,
          Optional.empty(),
          Optional.empty());
    }

    /** The same with snapshots of its registers. */
    public Parts snapshotsIn(Path directory) {
      return with(
          registers, deciders, Optional.of(new RegistersOnFile(directory, registers, catalogue)));
    }

    Parts with(List<? extends Register> others, List<? extends Decider<?, ?>> otherDeciders) {
      return with(others, otherDeciders, snapshots.map(files -> files.of(others)));
    }

    private Parts with(
        List<? extends Register> others,
        List<? extends Decider<?, ?>> otherDeciders,
        Optional<RegistersOnFile> files) {
      return new Parts(
          writer,
          catalogue,
          others,
          otherDeciders,
          clock,
          meters,
          elected,
          patience,
          silence,
          address,
          files);
    }
  }

  /** The state of a node, for health and for whoever has to find the writer. */
  public enum State {
    STANDBY,
    WRITING,
    STOPPED
  }

  /** Starts at once; registers are folded and the election is held in the background. */
  public static LedgerNode start(Parts parts) {
    return start(parts, AppendFaults.NONE);
  }

  static LedgerNode start(Parts parts, AppendFaults faults) {
    return new LedgerNode(parts, faults);
  }

  private LedgerNode(Parts parts, AppendFaults faults) {
    address = parts.address();
    EventCoding coding = EventCoding.of(parts.catalogue());
    Registers registers = new Registers(parts.registers());
    head = new Head();
    ahead = new RecordedAhead(parts.clock(), parts.meters());
    Optional<RegisterSnapshots> kept =
        parts.snapshots().map(files -> new RegisterSnapshots(files, parts.meters()));
    WriterSession session = new WriterSession();
    appender =
        new Appender(
            parts.writer(),
            session,
            coding,
            registers,
            head,
            ahead,
            Duration.ofMillis(20),
            faults,
            kept,
            parts.meters());
    EventStorageEngine engine =
        new PostgresEventStorageEngine(parts.writer(), coding, appender, head, parts.patience());
    axon =
        EventSourcingConfigurer.create()
            .registerEventStorageEngine(_ -> engine)
            .registerTagResolver(_ -> event -> AxonCommands.tags(coding.fact(event).tags()))
            // It would ask a server of the framework's makers for news, and write into the home
            // directory.
            .componentRegistry(
                registry -> registry.disableEnhancer(UpdateCheckerConfigurationEnhancer.class))
            .start();
    reader = new PostgresLedgerReader(parts.writer(), parts.catalogue(), head);
    readLock = new FollowedRegisters(registers, head, reader::head);
    commands =
        new AxonCommands(
            axon.getComponent(CommandBus.class),
            engine,
            registers,
            parts.catalogue(),
            this::factAt,
            head,
            reader::head,
            new Hands(parts.writer()),
            parts.patience(),
            parts.clock(),
            faults,
            parts.deciders());
    if (parts.elected()) {
      election =
          new WriterElection(
              parts.writer(),
              session,
              appender,
              WriterElection.HEARTBEAT,
              parts.silence(),
              parts.address(),
              parts.meters());
      election.start();
    } else {
      election = null;
      appender.elected(true);
    }
    appender.start();
    snapshots =
        kept.map(written -> SnapshotKeeper.start(written, registers, appender, Clock.systemUTC()));
  }

  /** What is sent twice is sent twice within moments, most often. */
  private Fact factAt(long position) {
    List<RecordedFact> found = reader.recent(position - 1, 1);
    return (found.isEmpty() ? reader.read(position - 1, 1) : found).getFirst().fact();
  }

  public Commands commands() {
    return commands;
  }

  /** Wakes as soon as this node commits or follows. */
  public LedgerReader reader() {
    return reader;
  }

  /**
   * As {@link #reader}.
   *
   * @param people by which it reads what people ask of it
   * @param rows which facts they are shown
   */
  public LedgerReader reader(DataSource people, RowSecurity rows) {
    return reader.asking(people, rows);
  }

  public ReadLock readLock() {
    return readLock;
  }

  public State state() {
    return State.valueOf(appender.state().name());
  }

  /** Where others forward commands to when this node writes. */
  public Optional<WriterAddress> address() {
    return address;
  }

  /** The node that commands are to be forwarded to; empty if it is this one, or none is known. */
  public Optional<WriterAddress> elsewhere() {
    return election == null ? Optional.empty() : election.elsewhere();
  }

  /** Why the database, which answers, records nothing now; empty while it does. */
  public String notRecording() {
    return appender.notRecording();
  }

  /**
   * How far the last recorded time runs ahead of this node's clock; empty while that is no more
   * than clocks of several nodes differ by.
   */
  public Optional<Duration> recordedAhead() {
    return ahead.isFar() ? Optional.of(ahead.now()) : Optional.empty();
  }

  /** Why it stopped for good; empty unless {@link State#STOPPED}. */
  public String stopReason() {
    return appender.stopped().map(LedgerStoppedException::reason).orElse("");
  }

  /** The same with position and remedy. */
  public Optional<LedgerStoppedException> stopped() {
    return appender.stopped();
  }

  /**
   * The position of the last fact that this node's registers hold: less than the ledger's while it
   * catches up, or once it has stopped.
   */
  public long followed() {
    return head.position();
  }

  /**
   * Waits until this node writes.
   *
   * @return whether it does
   */
  public boolean awaitWriting(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (state() != State.WRITING && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    return state() == State.WRITING;
  }

  /** Finishes what is being written, refuses the rest, and hands the election on. */
  @Override
  public void close() {
    appender.close();
    if (election != null) {
      election.close();
    }
    // Last: another node may write meanwhile.
    snapshots.ifPresent(SnapshotKeeper::close);
    axon.shutdown();
  }
}
