package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.access.RowSecurity;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the ledger's node from what the capabilities declare. */
@Configuration(proxyBeanMethods = false)
public class Ledger {
  public static final List<FactType> FACTS = List.of(FactType.v1(DayOpened.class));

  private static final String DIRECTORY =
      "${pass.registers.directory:${pass.data-directory:.data}/registers}";

  private static final Duration TICK = Duration.ofSeconds(1);

  /**
   * Snapshots of the registers are kept in {@code pass.registers.directory}, unless {@code
   * pass.registers.snapshots} is false; nodes that share {@code pass.data-directory} want one each.
   *
   * @param environment asked itself: this is made before values can be injected everywhere
   */
  @Bean
  static EarlyRegisters earlyRegisters(FactCatalogue catalogue, Environment environment) {
    boolean snapshots = environment.getProperty("pass.registers.snapshots", Boolean.class, true);
    Path directory = Path.of(environment.resolvePlaceholders(DIRECTORY));
    return new EarlyRegisters(catalogue, snapshots ? Optional.of(directory) : Optional.empty());
  }

  /**
   * @param silence for how long the elected node asks nothing before another takes over, {@code
   *     pass.ledger.silence}
   * @param address by which the other nodes reach this one, {@code pass.node.address}; empty where
   *     nothing is to be forwarded to it
   */
  @Bean(destroyMethod = "close")
  LedgerNode ledgerNode(
      @Qualifier("ledger") DataSource writer,
      FactCatalogue catalogue,
      EarlyRegisters registers,
      List<Decider<?, ?>> deciders,
      Clock clock,
      MeterRegistry meters,
      @Value("${pass.ledger.elected:true}") boolean elected,
      @Value("${pass.ledger.patience:15s}") Duration patience,
      @Value("${pass.ledger.silence:400ms}") Duration silence,
      @Value("${pass.node.address:}") String address) {
    return LedgerNode.start(
        new LedgerNode.Parts(
            writer,
            catalogue,
            registers.registers(),
            registers.with(deciders),
            clock,
            meters,
            elected,
            patience,
            silence,
            WriterAddress.of(address),
            registers.files()));
  }

  /** Starts a node with the ledger's own register and decider beside the capabilities'. */
  public static LedgerNode start(LedgerNode.Parts parts) {
    return start(parts, AppendFaults.NONE);
  }

  /** The same for tests and simulations, which disturb it. */
  public static LedgerNode start(LedgerNode.Parts parts, AppendFaults faults) {
    Days days = new Days();
    return LedgerNode.start(
        parts.with(days.behind(parts.registers().stream()), days.behind(parts.deciders())), faults);
  }

  @Bean
  Commands commands(LedgerNode node) {
    return node.commands();
  }

  @Bean
  LedgerReader ledgerReader(LedgerNode node, @Qualifier("reader") DataSource people) {
    return node.reader(people, RowSecurity.ofWhoAsks());
  }

  @Bean
  ReadLock readLock(LedgerNode node) {
    return node.readLock();
  }

  @Bean
  ParisCalendar parisCalendar(Commands commands, Clock clock) {
    return new ParisCalendar(commands, clock);
  }

  /**
   * A tick rather than one timer per midnight: the clock may be a compressed one, and a node may be
   * elected in the middle of a day. A tick in a day that is open adds nothing.
   */
  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService midnight(ParisCalendar calendar) {
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("midnight").factory());
    ticks.scheduleAtFixedRate(calendar::openToday, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    return ticks;
  }

  /**
   * A node that stands by takes no commands: a balancer must send them to the one that is up. Down
   * while nothing can be recorded, though the database answers.
   */
  @Bean
  HealthIndicator ledgerHealth(LedgerNode node) {
    return () ->
        switch (node.state()) {
          case WRITING -> {
            String notRecording = node.notRecording();
            yield notRecording.isEmpty()
                ? standing(Health.up(), node, LedgerNode.State.WRITING)
                : Health.down().withDetail("reason", notRecording).build();
          }
          case STANDBY -> standing(Health.outOfService(), node, LedgerNode.State.STANDBY);
          case STOPPED -> {
            Health.Builder down = Health.down();
            node.stopped()
                .ifPresent(
                    stop ->
                        down.withDetail("position", stop.position())
                            .withDetail("reason", stop.reason())
                            .withDetail("remedy", stop.remedy()));
            yield down.build();
          }
        };
  }

  private static Health standing(Health.Builder health, LedgerNode node, LedgerNode.State state) {
    health.withDetail("state", state).withDetail("position", node.followed());
    node.recordedAhead()
        .ifPresent(ahead -> health.withDetail("recordedAheadSeconds", ahead.toSeconds()));
    return health.build();
  }
}
