package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.AccountsWaiting;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.bank.Bank;
import fr.passnumerique.clearing.bank.BankParts;
import fr.passnumerique.clearing.calls.Calls;
import fr.passnumerique.clearing.cover.Cover;
import fr.passnumerique.clearing.distribution.Distribution;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.distribution.RegisterPrescriber;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.funding.Funding;
import fr.passnumerique.clearing.funding.RegisterFunder;
import fr.passnumerique.clearing.giveback.GiveBacks;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Issuance;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerInMemory;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.payee.ConfirmPayeeAccount;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.payee.Payees;
import fr.passnumerique.clearing.payee.ProposePayeeAccount;
import fr.passnumerique.clearing.redemption.Redemption;
import fr.passnumerique.clearing.redemption.SlipDesk;
import fr.passnumerique.clearing.redemption.SlipLine;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.refund.Refunds;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversalProposed;
import fr.passnumerique.clearing.reversal.Reversals;
import fr.passnumerique.clearing.reversal.ReverseLines;
import fr.passnumerique.clearing.settlement.Settlement;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.upkeep.RebuildDifferences;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.upkeep.Stops;
import fr.passnumerique.clearing.upkeep.Upkeep;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.ImportVenues;
import fr.passnumerique.clearing.venues.LabelVenues;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import fr.passnumerique.clearing.venues.Venues;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/**
 * Every capability as the application wires it, on a ledger in memory. An order of 100 cheques of
 * 10 € is paid in, activated and at the CCAS, its first 50 handed out, and a venue is labelled, all
 * on Monday 2 March 2026; the order ends on 31 August. One person opposes 5 cheques and reverses 20
 * € alone.
 */
final class WorklistWorld {
  static final VenueId VENUE = new VenueId("21230096100018");
  static final String CLERK = "clerk-1";
  static final String SECOND = "clerk-2";

  private static final PointOfServiceId DESK = new PointOfServiceId("gueret");

  final DecisionFixture ledger;
  final BankParts bank;
  final Batch batch;
  private final SlipDesk slips;
  private final WorklistQuery worklist;
  private final Today clock;
  private final Rebuilt rebuilt;
  private final Clerks clerks;

  /** Noon of the day that it is. */
  static final class Today extends Clock {
    private LocalDate day = FundedWorld.TODAY;
    private @Nullable Instant moment;

    @Override
    public Instant instant() {
      return moment != null
          ? moment
          : day.atTime(LocalTime.NOON).atZone(DecisionFixture.PARIS).toInstant();
    }

    @Override
    public ZoneId getZone() {
      return DecisionFixture.PARIS;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Import({
    LedgerInMemory.class,
    Funding.class,
    Calls.class,
    Issuance.class,
    Distribution.class,
    Venues.class,
    Payees.class,
    Redemption.class,
    Expiry.class,
    Settlement.class,
    Reversals.class,
    GiveBacks.class,
    Refunds.class,
    Bank.class,
    Cover.class,
    Upkeep.class,
    Worklist.class
  })
  static class Wiring {
    @Bean
    DecisionFixture ledger(List<Register> registers, List<Decider<?, ?>> deciders) {
      return DecisionFixture.of(registers, deciders);
    }

    @Bean
    Today clock() {
      return new Today();
    }

    @Bean
    Rebuilt rebuilt() {
      return new Rebuilt();
    }

    @Bean
    Clerks clerks() {
      return new Clerks();
    }

    @Bean
    Vault vault() {
      return new MemoryVault();
    }

    @Bean
    PersonalData personalData(Vault vault) {
      return Unnoted.readings(vault);
    }

    @Bean
    CheckKeys checkKeys() {
      return FundedWorld.KEYS;
    }
  }

  /** A rebuild that differs, if there is one, and where projections stand. */
  private static final class Clerks implements AccountsWaiting {
    private List<Account> waiting = List.of();

    @Override
    public List<Account> awaitingApproval() {
      return waiting;
    }
  }

  static final class Rebuilt implements Stops {
    private final List<Differing> differing = new ArrayList<>();
    private Set<Long> stopped = Set.of();
    private int asked;

    @Override
    public Map<String, Set<Long>> all() {
      asked++;
      return Map.of("accounts", stopped);
    }

    @Override
    public Optional<RebuildDifferences> differences(RebuildId rebuild) {
      return Optional.empty();
    }

    @Override
    public List<Differing> differing() {
      return List.copyOf(differing);
    }
  }

  WorklistWorld() {
    try (var context = new AnnotationConfigApplicationContext()) {
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "test",
                  Map.of(
                      "pass.operator.name",
                      "Opérateur",
                      "pass.operator.iban",
                      BankParts.IBAN,
                      "pass.opposition.most-cheques-alone",
                      5,
                      "pass.reversal.alone-up-to-cents",
                      2_000)));
      context.register(Wiring.class);
      context.refresh();
      ledger = context.getBean(DecisionFixture.class);
      bank = new BankParts(context);
      slips = context.getBean(SlipDesk.class);
      worklist = context.getBean(WorklistQuery.class);
      clock = context.getBean(Today.class);
      rebuilt = context.getBean(Rebuilt.class);
      clerks = context.getBean(Clerks.class);
    }
    on(FundedWorld.TODAY);
    batch = begin();
  }

  private Batch begin() {
    must(FundedWorld.programme());
    must(new RegisterFunder(FundedWorld.STATE, "ANCT", FunderRegistered.Kind.STATE));
    must(new RegisterFunder(FundedWorld.REGION, "Région", FunderRegistered.Kind.REGION));
    must(
        FundedWorld.agreement(
            FundedWorld.share(FundedWorld.STATE, 5714, 1_000_000),
            FundedWorld.share(FundedWorld.REGION, 4286, 1_000_000)));
    must(new RegisterPrescriber(FundedWorld.CCAS, "CCAS de Guéret", FundedWorld.CREUSE));
    must(FundedWorld.receipt("r-1", FundedWorld.STATE, 57_140));
    must(FundedWorld.receipt("r-2", FundedWorld.REGION, 42_860));
    Batch issued = must(FundedWorld.order("o-1", 100)).batch();
    must(new ActivateCheques(new ActivationId("a-1"), issued, 1, OptionalInt.empty()));
    must(FundedWorld.delivery("d-1", FundedWorld.CCAS, issued, 1, 100));
    must(FundedWorld.handOut("h-1", FundedWorld.CCAS, new Choice.Carnets(issued, 1, 5)));
    must(new ImportVenues("liste", "digest", List.of(listing()), Optional.empty()));
    must(
        new LabelVenues(
            new LabelVenues.These(List.of(VENUE)), FundedWorld.TODAY, "committee of March"));
    return issued;
  }

  private static ImportVenues.Listing listing() {
    return new ImportVenues.Listing(
        VENUE,
        IdentifiedBy.SIRET,
        ImportVenues.Holder.LEGAL_PERSON,
        List.of(),
        List.of(
            new PointOfService(
                DESK,
                "Médiathèque",
                "",
                "23000",
                "Guéret",
                "23096",
                FundedWorld.CREUSE,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of())),
        Optional.empty());
  }

  /** Noon of a day that has begun in the ledger, as each does at midnight. */
  void on(LocalDate day) {
    clock.day = day;
    clock.moment = null;
    ledger.on(day).given(new DayOpened(day));
  }

  /** A moment, whether its day is a fact or not. */
  void at(Instant moment) {
    clock.day = Paris.dayOf(moment);
    clock.moment = moment;
    ledger.at(moment);
  }

  /** A rebuild comes to other sums; none does for an empty digest. */
  void differs(RebuildId rebuild, String digest) {
    rebuilt.differing.clear();
    if (!digest.isEmpty()) {
      rebuilt.differing.add(new Stops.Differing(rebuild, digest, clock.instant()));
    }
  }

  /** These clerks' accounts wait, and no others. */
  void waiting(Account... accounts) {
    clerks.waiting = List.of(accounts);
  }

  /** Every projection stands at the facts of these positions. */
  void stopped(Long... positions) {
    rebuilt.stopped = Set.of(positions);
  }

  /** How often it was asked where projections stand. */
  int asked() {
    return rebuilt.asked;
  }

  /** The day has begun and its fact is not recorded yet. */
  void dawn(LocalDate day) {
    clock.day = day;
  }

  LocalDate today() {
    return clock.day;
  }

  void given(Fact fact) {
    ledger.given(fact);
  }

  <A> A must(Command<A> command) {
    return ledger.must(command);
  }

  /**
   * The venue presents these cheques.
   *
   * @return the slip's position
   */
  long presents(String slip, int first, int last) {
    List<SlipLine> lines =
        IntStream.rangeClosed(first, last)
            .mapToObj(ordinal -> new Serial(batch, ordinal))
            .map(s -> new ChequeCode(s, FundedWorld.KEYS.check(s, FundedWorld.KEY)))
            .map(cheque -> new SlipLine(cheque, FundedWorld.TODAY, "Aide", DESK))
            .toList();
    must(slips.prepare(VENUE, new SlipReference(slip), lines));
    return ledger.facts().size();
  }

  /** A clerk reverses the first lines of a slip whose first cheque is this. */
  void reverses(String reversal, String slip, long position, int firstCheque, int lines) {
    must(
        new ReverseLines(
            new ReversalId(reversal),
            VENUE,
            new SlipReference(slip),
            position,
            IntStream.range(0, lines)
                .mapToObj(
                    i ->
                        new ReversalProposed.Line(
                            i + 1, new Serial(batch, firstCheque + i), FundedWorld.CREUSE))
                .toList(),
            Reason.SERVICE_NOT_GIVEN,
            Optional.empty(),
            CLERK));
  }

  static ProposePayeeAccount proposing(Payee payee, String account) {
    return new ProposePayeeAccount(payee, new VaultReference(account), "f-" + account, CLERK);
  }

  static ConfirmPayeeAccount confirming(Payee payee, String account) {
    return new ConfirmPayeeAccount(payee, new VaultReference(account), SECOND);
  }

  /** {@code RELEASE_RUN R-1}: what waits for clerks. */
  List<String> clerk() {
    return told(new Actor(CLERK, Role.CLERK, ""));
  }

  List<String> funder(FunderId funder) {
    return told(new Actor("funder-1", Role.FUNDER, funder.value()));
  }

  List<String> venue() {
    return told(new Actor("venue-1", Role.VENUE, VENUE.value()));
  }

  private List<String> told(Actor actor) {
    return tasks(actor).stream().map(task -> task.kind() + " " + task.about()).toList();
  }

  List<Task> tasks(Actor actor) {
    return page(actor, null, 1_000).rows();
  }

  Page<Task> of(Actor actor, Set<Task.Kind> kinds, int limit) {
    return worklist.of(actor, kinds, null, limit);
  }

  Page<Task> page(Actor actor, @Nullable String after, int limit) {
    return worklist.of(actor, after, limit);
  }

  /** As it is asked for over HTTP. */
  WorklistEndpoint endpoint() {
    return new WorklistEndpoint(worklist);
  }

  /** The one that waits for clerks. */
  Task task() {
    List<Task> tasks = tasks(new Actor(CLERK, Role.CLERK, ""));
    if (tasks.size() != 1) {
      throw new AssertionError("not one task: " + tasks);
    }
    return tasks.getFirst();
  }
}
