package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.Bank;
import fr.passnumerique.clearing.bank.BankDesk;
import fr.passnumerique.clearing.bank.BankFileImported;
import fr.passnumerique.clearing.budget.Budget;
import fr.passnumerique.clearing.budget.BudgetQuery;
import fr.passnumerique.clearing.calls.Calls;
import fr.passnumerique.clearing.cover.Cover;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.distribution.Distribution;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.funding.Funding;
import fr.passnumerique.clearing.giveback.GiveBacks;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.Issuance;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.Ledger;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.payee.Payees;
import fr.passnumerique.clearing.redemption.ChequeCounter;
import fr.passnumerique.clearing.redemption.Redemption;
import fr.passnumerique.clearing.redemption.SlipDesk;
import fr.passnumerique.clearing.refund.Refunds;
import fr.passnumerique.clearing.reversal.ReversalDesk;
import fr.passnumerique.clearing.reversal.Reversals;
import fr.passnumerique.clearing.settlement.Settlement;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.venues.Venues;
import fr.passnumerique.loadtest.model.Action;
import fr.passnumerique.loadtest.model.Reversing;
import fr.passnumerique.loadtest.model.Told;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
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
 * The real engine: every capability's own wiring, the ledger's node, PostgreSQL. Only the clock,
 * the vault and chance are the simulation's.
 */
final class Engine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Actor ACTOR = new Actor("simulation", Role.CLERK, "");

  private final DataSource ledger;
  private final Path keys;
  private final SimulatedClock clock;
  private final Accidents accidents;
  private final Mutant mutant;
  private final Books books;
  private final BankPaper paper;
  private final int contestDays;
  private final Optional<Path> snapshots;
  private final MemoryVault vault = new MemoryVault();

  private final MeterRegistry meters = new SimpleMeterRegistry();

  private @Nullable Node node;

  /**
   * @param snapshots where its nodes keep their registers from one to the next; empty if they do
   *     not
   */
  Engine(
      DataSource ledger,
      Path keys,
      SimulatedClock clock,
      Accidents accidents,
      Mutant mutant,
      Books books,
      int contestDays,
      Optional<Path> snapshots) {
    this.contestDays = contestDays;
    this.snapshots = snapshots;
    this.books = books;
    paper = new BankPaper(books);
    this.ledger = ledger;
    this.keys = keys;
    this.clock = clock;
    this.accidents = accidents;
    this.mutant = mutant;
    start();
  }

  private record Node(
      AnnotationConfigApplicationContext capabilities,
      LedgerNode ledger,
      Words words,
      ReversalWords reversals) {}

  private void start() {
    AnnotationConfigApplicationContext context = capabilities();
    List<Register> registers = new ArrayList<>();
    context.getBeansOfType(Register.class).values().forEach(r -> registers.add(mutant.register(r)));
    List<Decider<?, ?>> deciders = new ArrayList<>();
    context.getBeansOfType(Decider.class).values().forEach(d -> deciders.add(mutant.decider(d)));
    LedgerNode.Parts parts =
        new LedgerNode.Parts(
            ledger, catalogue(), registers, deciders, clock, meters, false, PATIENCE);
    LedgerNode started = Ledger.start(snapshots.map(parts::snapshotsIn).orElse(parts), accidents);
    ReversalWords reversals = new ReversalWords(() -> context.getBean(ReversalDesk.class), ACTOR);
    node =
        new Node(
            context,
            started,
            new Words(
                context.getBean(SlipDesk.class),
                context.getBean(CheckKeys.class),
                vault,
                books,
                reversals),
            reversals);
    try {
      if (!started.awaitWriting(PATIENCE)) {
        throw stopped(started.stopReason());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whatever the reason: a node that does not start has shown nothing that is wrong. */
  private static Mismatch stopped(String reason) {
    return new Mismatch(Mismatch.Kind.UNAVAILABLE, "", "the node does not write: " + reason);
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
  private AnnotationConfigApplicationContext capabilities() {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "simulation",
                Map.of(
                    "pass.check-keys-directory",
                    keys.toString(),
                    "pass.operator.iban",
                    BankPaper.IBAN,
                    "pass.opposition.most-cheques-alone",
                    Action.MOST_ALONE,
                    "pass.reversal.alone-up-to-cents",
                    Reversing.MOST_ALONE_CENTS,
                    "pass.reversal.contest-days",
                    contestDays,
                    "pass.reversal.debit-note-days",
                    Reversing.DEBIT_NOTE_DAYS)));
    context.registerBean(Clock.class, () -> clock);
    context.registerBean(Vault.class, () -> vault);
    context.registerBean(
        PersonalData.class, () -> new PersonalData(vault, (entries, _) -> entries));
    context.registerBean(Commands.class, () -> node().ledger().commands());
    context.registerBean(LedgerReader.class, () -> node().ledger().reader());
    context.registerBean(
        ReadLock.class,
        () ->
            new ReadLock() {
              @Override
              public <T> T read(Supplier<T> query) {
                return node().ledger().readLock().read(query);
              }
            });
    context.register(
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
    context.addBeanFactoryPostProcessor(
        factory -> {
          for (String name : factory.getBeanDefinitionNames()) {
            factory.getBeanDefinition(name).setLazyInit(true);
          }
        });
    context.refresh();
    return context;
  }

  private Node node() {
    if (node == null) {
      throw new IllegalStateException("the node is not started");
    }
    return node;
  }

  LedgerReader reader() {
    return node().ledger().reader();
  }

  Told play(Action action) {
    if (action instanceof Action.ImportFile file) {
      return read(() -> desk().apply(paper.write(file), ACTOR));
    }
    try {
      return send(node().words().command(action));
    } catch (Words.UnknownSlip e) {
      return Told.refused("UNKNOWN_SLIP");
    } catch (Problem e) {
      return Told.refused(e.code());
    }
  }

  private <A> Told send(Command<A> command) {
    return told(node().ledger().commands().send(command, ACTOR));
  }

  /** What it would be told now; nothing is recorded. */
  Told rehearse(Action action) {
    if (action instanceof Action.ImportFile file) {
      return read(() -> desk().rehearse(paper.write(file)));
    }
    try {
      return rehearse(node().words().command(action));
    } catch (Words.UnknownSlip e) {
      return Told.refused("UNKNOWN_SLIP");
    } catch (Problem e) {
      return Told.refused(e.code());
    }
  }

  private <A> Told rehearse(Command<A> command) {
    return told(node().ledger().commands().rehearse(command));
  }

  private static <A> Told told(Outcome<A> outcome) {
    return switch (outcome) {
      case Outcome.Recorded<A>(A answer, _, boolean already) -> Answers.told(answer, already);
      case Outcome.Refused<A>(var refusal) -> Told.refused(refusal.code().name());
    };
  }

  private BankDesk desk() {
    return node().capabilities().getBean(BankDesk.class);
  }

  private Told read(Supplier<Outcome.Recorded<BankFileImported>> file) {
    try {
      Outcome.Recorded<BankFileImported> read = file.get();
      String answer = new BankWords(books).told(read.answer());
      return read.already() ? Told.again(answer) : Told.done(answer);
    } catch (Problem refused) {
      return Told.refused(refused.code());
    }
  }

  /** Cover as it would be read now, in the model's words. */
  Map<String, String> cover() {
    CoverQuery cover = node().capabilities().getBean(CoverQuery.class);
    return CoverWords.told(cover.read(CoverQuery.Filter.ALL));
  }

  /** Budgets as they would be read now, in the model's words. */
  Map<String, String> budgets() {
    return BudgetWords.told(node().capabilities().getBean(BudgetQuery.class).read());
  }

  /** As whoever holds the cheque is told; empty until it is handed out. */
  Optional<LocalDate> lastServiceDay(int batch, int ordinal) {
    return node()
        .capabilities()
        .getBean(ChequeCounter.class)
        .check(node().words().code(batch, ordinal, true), ChequeCounter.Use.ANYWHERE)
        .lastServiceDay();
  }

  /** As the clerk and the venue read it now. */
  String reversal(String name) {
    return node().reversals().read(name);
  }

  /** How often a node went on from the registers of the one before it. */
  double restored() {
    return meters.get("ledger.snapshot.read").timer().count();
  }

  /** The first difference between the node's registers and others that fold these facts. */
  Optional<String> unlike(List<RecordedFact> facts) {
    try (AnnotationConfigApplicationContext fresh = capabilities()) {
      Map<String, Register> others = fresh.getBeansOfType(Register.class);
      for (RecordedFact recorded : facts) {
        for (Register register : others.values()) {
          register.fold(recorded.fact(), recorded.position(), recorded.recordedAt());
        }
      }
      SameGraph same = new SameGraph();
      return node()
          .ledger()
          .readLock()
          .read(
              () ->
                  node().capabilities().getBeansOfType(Register.class).entrySet().stream()
                      .flatMap(
                          own ->
                              same
                                  .difference(
                                      own.getKey(), own.getValue(), others.get(own.getKey()))
                                  .stream())
                      .findFirst());
    }
  }

  /**
   * A new node on the same ledger, with nothing in its memory but what a snapshot of the last one
   * held.
   */
  void restart() {
    close();
    start();
  }

  @Override
  public void close() {
    if (node != null) {
      node.ledger().close();
      node.capabilities().close();
      node = null;
    }
  }
}
