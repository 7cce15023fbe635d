package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.Bank;
import fr.passnumerique.clearing.budget.Budget;
import fr.passnumerique.clearing.calls.Calls;
import fr.passnumerique.clearing.cover.Cover;
import fr.passnumerique.clearing.distribution.Distribution;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.funding.Funding;
import fr.passnumerique.clearing.giveback.GiveBacks;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Issuance;
import fr.passnumerique.clearing.ledger.AppendFaults;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.Ledger;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.payee.Payees;
import fr.passnumerique.clearing.redemption.ChequeCounter;
import fr.passnumerique.clearing.redemption.Redemption;
import fr.passnumerique.clearing.redemption.SlipDesk;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.redemption.WithdrawSlip;
import fr.passnumerique.clearing.refund.Refunds;
import fr.passnumerique.clearing.reversal.Reversals;
import fr.passnumerique.clearing.settlement.Settlement;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.Venues;
import fr.passnumerique.loadtest.race.Script.Slip;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * A complete node of the engine in this process: every capability's registers and decisions by
 * their own wiring, its own appender, election and command bus. Around its registers, decisions and
 * database stands the bug that is tried, if one is.
 */
final class RaceNode implements Asked {
  /** After it the outcome of a command is told to be unknown. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration START = Duration.ofSeconds(20);

  private final String name;
  private final AnnotationConfigApplicationContext capabilities;
  private @Nullable LedgerNode ledger;

  private RaceNode(String name, AnnotationConfigApplicationContext capabilities) {
    this.name = name;
    this.capabilities = capabilities;
  }

  /**
   * @param writer of its ledger
   * @param elected as {@link LedgerNode.Parts#elected}
   * @param bug {@link Bug#NONE} for the engine as it is
   */
  static RaceNode start(
      String name,
      DataSource writer,
      Path checkKeys,
      boolean elected,
      Bug bug,
      AppendFaults faults) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    RaceNode node = new RaceNode(name, context);
    node.wire(checkKeys);
    Bug.Seat seat = new Bug.Seat(name, node::desk);
    List<Register> registers = new ArrayList<>();
    context
        .getBeansOfType(Register.class)
        .values()
        .forEach(register -> registers.add(bug.register(register, seat)));
    List<Decider<?, ?>> deciders = new ArrayList<>();
    context
        .getBeansOfType(Decider.class)
        .values()
        .forEach(decider -> deciders.add(bug.decider(decider, seat)));
    node.ledger =
        Ledger.start(
            new LedgerNode.Parts(
                bug.database(writer, seat),
                catalogue(),
                registers,
                deciders,
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                elected,
                PATIENCE),
            bug.faults(faults, seat));
    return node;
  }

  /** Waits until it writes, or until it can be seen that it follows the one that does. */
  void awaitStarted(boolean writing) throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end && ledger().state() != LedgerNode.State.STOPPED) {
      if (ledger().state() == LedgerNode.State.WRITING
          || !writing && ledger().followed() >= ledger().reader().head()) {
        return;
      }
      Thread.sleep(2);
    }
  }

  static FactCatalogue catalogue() {
    return new FactCatalogue(
        Stream.of(
                Ledger.FACTS,
                Funding.FACTS,
                Issuance.FACTS,
                Distribution.FACTS,
                Venues.FACTS,
                Payees.FACTS,
                Redemption.FACTS,
                Settlement.FACTS,
                Expiry.FACTS,
                Bank.FACTS,
                Calls.FACTS,
                Reversals.FACTS,
                GiveBacks.FACTS,
                Refunds.FACTS)
            .flatMap(List::stream)
            .toList(),
        List.of());
  }

  /** Beans come into being when they are asked for: endpoints never are. */
  private void wire(Path checkKeys) {
    capabilities
        .getBeanFactory()
        .setConversionService(ApplicationConversionService.getSharedInstance());
    capabilities
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "race",
                Map.of(
                    "pass.check-keys-directory",
                    checkKeys.toString(),
                    "pass.slips.false-check-parts-an-hour",
                    "1000000000")));
    capabilities.registerBean(Clock.class, Clock::systemUTC);
    capabilities.registerBean(Vault.class, NoVault::new);
    capabilities.registerBean(
        PersonalData.class, () -> new PersonalData(new NoVault(), (entries, _) -> entries));
    capabilities.registerBean(Commands.class, () -> ledger().commands());
    capabilities.registerBean(LedgerReader.class, () -> ledger().reader());
    capabilities.registerBean(
        ReadLock.class,
        () ->
            new ReadLock() {
              @Override
              public <T> T read(Supplier<T> query) {
                return ledger().readLock().read(query);
              }

              @Override
              public <T> Optional<T> find(String what, Supplier<Optional<T>> query) {
                return ledger().readLock().find(what, query);
              }
            });
    capabilities.register(
        Funding.class,
        Issuance.class,
        Distribution.class,
        Venues.class,
        Payees.class,
        Redemption.class,
        Settlement.class,
        Expiry.class,
        Bank.class,
        Calls.class,
        Cover.class,
        Budget.class,
        Reversals.class,
        GiveBacks.class,
        Refunds.class);
    capabilities.addBeanFactoryPostProcessor(
        factory -> {
          for (String bean : factory.getBeanDefinitionNames()) {
            factory.getBeanDefinition(bean).setLazyInit(true);
          }
        });
    capabilities.refresh();
  }

  private LedgerNode ledger() {
    LedgerNode started = ledger;
    if (started == null) {
      throw new IllegalStateException("node %s is not started".formatted(name));
    }
    return started;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String submit(Slip slip) {
    return switch (commands()
        .send(
            desk().prepare(slip.place().venue(), new SlipReference(slip.reference()), slip.lines()),
            actor(slip.place().venue()))) {
      case Outcome.Recorded<SlipJudged>(SlipJudged judged, long position, boolean already) ->
          told(already, position, Slips.letters(judged));
      case Outcome.Refused<SlipJudged>(var refusal) -> "REFUSED " + refusal.code().name();
    };
  }

  @Override
  public String withdraw(long position, List<Long> cheques) {
    List<RecordedFact> recorded = ledger().reader().read(position - 1, 1);
    if (recorded.isEmpty() || !(recorded.getFirst().fact() instanceof SlipJudged slip)) {
      throw new LedgerUnavailableException("no slip is recorded here at %d".formatted(position));
    }
    return switch (commands().send(new WithdrawSlip(slip, position), actor(slip.venue()))) {
      case Outcome.Recorded<SlipWithdrawn>(SlipWithdrawn withdrawn, long at, boolean already) ->
          told(already, at, Slips.letters(withdrawn, cheques));
      case Outcome.Refused<SlipWithdrawn>(var refusal) -> "REFUSED " + refusal.code().name();
    };
  }

  private static String told(boolean already, long position, String letters) {
    return "%s %d %s".formatted(already ? "AGAIN" : "NEW", position, letters);
  }

  @Override
  public String check(ChequeCode code) {
    Verdict verdict =
        capabilities
            .getBean(ChequeCounter.class)
            .check(code, ChequeCounter.Use.ANYWHERE)
            .line()
            .verdict();
    return switch (verdict) {
      case ACCEPTED -> ChequeSpecification.LIVE;
      case ALREADY_REDEEMED -> ChequeSpecification.SPENT;
      default -> verdict.name();
    };
  }

  private static Actor actor(VenueId venue) {
    return new Actor("race", Role.VENUE, venue.value());
  }

  private Commands commands() {
    return ledger().commands();
  }

  private SlipDesk desk() {
    return capabilities.getBean(SlipDesk.class);
  }

  @Override
  public boolean isStopped() {
    return ledger().state() == LedgerNode.State.STOPPED && !isKilled();
  }

  @Override
  public boolean isKilled() {
    return stopReason().contains(Disturbance.Killed.MESSAGE);
  }

  @Override
  public String stopReason() {
    return ledger().stopReason();
  }

  @Override
  public void close() {
    ledger().close();
    capabilities.close();
  }
}
