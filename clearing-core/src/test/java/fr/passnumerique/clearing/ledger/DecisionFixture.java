package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A ledger in memory for tests of decisions: given facts, when a command, then facts or a refusal.
 *
 * <pre>{@code
 * DecisionFixture ledger = DecisionFixture.of(List.of(register), List.of(new OrderChequesDecider(register)));
 * ledger.given(programme, agreement).when(order).thenRecords(issued);
 * ledger.when(otherOrder).thenRefuses(CEILING_EXCEEDED).saying("ask for an amendment");
 * }</pre>
 *
 * <p>{@link #when} decides and records nothing, so a test may try several commands on one past;
 * {@link #send} also records, as the engine does. On the way it checks of every decision what must
 * hold of any: deciding twice gives the same; the facts survive being stored as JSON; the same
 * command at the same moment on two threads would be recorded once.
 */
public final class DecisionFixture implements Commands {
  public static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  private static final Map<Class<?>, FactCatalogue> CATALOGUES = new ConcurrentHashMap<>();

  private final List<? extends Register> registers;
  private final Map<Class<?>, Decider<?, ?>> deciders;
  private final List<RecordedFact> ledger = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-02T09:00:00Z");

  private DecisionFixture(
      List<? extends Register> registers, List<? extends Decider<?, ?>> deciders) {
    this.registers = List.copyOf(registers);
    this.deciders = deciders.stream().collect(Collectors.toMap(Decider::command, d -> d));
  }

  /**
   * @param registers all that the deciders read, empty
   */
  public static DecisionFixture of(
      List<? extends Register> registers, List<? extends Decider<?, ?>> deciders) {
    return new DecisionFixture(registers, deciders);
  }

  /**
   * When commands are received and facts recorded from now on; 2 March 2026, 10:00 in Paris, unless
   * set.
   */
  public DecisionFixture at(Instant instant) {
    now = instant;
    return this;
  }

  /** Noon of this day in Paris. */
  public DecisionFixture on(LocalDate day) {
    return at(day.atTime(LocalTime.NOON).atZone(PARIS).toInstant());
  }

  /** In Paris. */
  public LocalDate today() {
    return LocalDate.ofInstant(now, PARIS);
  }

  /** Records these facts without a decision. */
  public DecisionFixture given(Fact... facts) {
    for (Fact fact : facts) {
      record(fact);
    }
    return this;
  }

  /** Decides and records nothing. */
  public <A> Then<A> when(Command<A> command) {
    return new Then<>(this, command, decide(command));
  }

  /** Decides and records, as the engine does. */
  @Override
  public <A> Outcome<A> send(Command<A> command, Actor by) {
    return end(decide(command), true);
  }

  public <A> Outcome<A> send(Command<A> command) {
    return send(command, Actor.ENGINE);
  }

  /**
   * Sends a command that cannot be refused here.
   *
   * @return its answer, recorded now or before
   */
  public <A> A must(Command<A> command) {
    return switch (send(command)) {
      case Outcome.Recorded<A>(A answer, _, _) -> answer;
      case Outcome.Refused<A>(var refusal) ->
          throw new AssertionError("%s was refused: %s".formatted(command, refusal));
    };
  }

  @Override
  public <A> Outcome<A> rehearse(Command<A> command) {
    return end(decide(command), false);
  }

  /**
   * Both commands are decided at the same head; then the first is recorded, and the second as the
   * engine would: as decided if its boundary held, else decided again. Shows a tag that is missing
   * from a boundary.
   */
  public <A, B> Race<A, B> race(Command<A> first, Command<B> second) {
    Decision<A> one = decide(first);
    Decision<B> other = decide(second);
    int head = ledger.size();
    Outcome<A> firstOutcome = end(one, true);
    boolean again =
        other instanceof Decision.Accept<B> accepted
            && ledger.subList(head, ledger.size()).stream()
                .anyMatch(recorded -> conflict(accepted.boundary(), recorded.fact()));
    return new Race<>(firstOutcome, end(again ? decide(second) : other, true), again);
  }

  /**
   * @param decidedAgain whether the first's facts were within the second's boundary
   */
  public record Race<A, B>(Outcome<A> first, Outcome<B> second, boolean decidedAgain) {}

  /** Folds all facts so far into a register that begins. */
  public void replay(Register fresh) {
    ledger.forEach(
        recorded -> fresh.fold(recorded.fact(), recorded.position(), recorded.recordedAt()));
  }

  /** All facts so far, in order of position. */
  public List<Fact> facts() {
    return ledger.stream().map(RecordedFact::fact).toList();
  }

  /** All facts of one type so far, in order of position. */
  public <F extends Fact> List<F> facts(Class<F> type) {
    return facts().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Whether a fact recorded since the decision has it decided again. */
  public static boolean conflict(Boundary boundary, Fact fact) {
    return !Collections.disjoint(boundary.tags(), fact.tags())
        || LongStream.of(fact.chequesTouched())
            .anyMatch(touched -> LongStream.of(boundary.cheques()).anyMatch(c -> c == touched));
  }

  private void record(Fact fact) {
    survivesStorage(fact);
    long position = ledger.size() + 1L;
    Instant last = ledger.isEmpty() ? Instant.MIN : ledger.getLast().recordedAt();
    Instant recordedAt = now.isAfter(last) ? now : last.plusNanos(1_000);
    ledger.add(new RecordedFact(position, recordedAt, fact));
    registers.forEach(register -> register.fold(fact, position, recordedAt));
  }

  @SuppressWarnings("unchecked")
  private <A> Decision<A> decide(Command<A> command) {
    Decider<Command<A>, A> decider = (Decider<Command<A>, A>) deciders.get(command.getClass());
    assertThat(decider).as("decider of %s", command.getClass().getSimpleName()).isNotNull();
    Decision<A> decision = decider.decide(command, now);
    if (decision instanceof Decision.Accept<A>(var facts, var boundary, var answer)) {
      // Boundary holds an array, so decisions are compared by their parts.
      Decision.Accept<A> again = (Decision.Accept<A>) decider.decide(command, now);
      assertThat(again.facts()).as("facts when decided twice").isEqualTo(facts);
      assertThat(again.answer()).as("answer when decided twice").isEqualTo(answer);
      facts.forEach(DecisionFixture::survivesStorage);
      assertThat(facts)
          .as("sent twice at the same moment it would be recorded twice: boundary %s", boundary)
          .anyMatch(fact -> conflict(boundary, fact));
    }
    return decision;
  }

  private <A> Outcome<A> end(Decision<A> decision, boolean recording) {
    return switch (decision) {
      case Decision.Accept<A>(var facts, var _, var answer) -> {
        if (recording) {
          facts.forEach(this::record);
        }
        yield new Outcome.Recorded<>(answer, ledger.size(), false);
      }
      case Decision.Known<A>(var position, var reply) ->
          switch (reply.apply(ledger.get((int) position - 1).fact())) {
            case Decision.Reply.Same<A>(var answer) ->
                new Outcome.Recorded<>(answer, position, true);
            case Decision.Reply.Different<A>(var refusal) -> new Outcome.Refused<>(refusal);
          };
      case Decision.Unchanged<A>(var answer) -> new Outcome.Recorded<>(answer, ledger.size(), true);
      case Decision.Refuse<A>(var refusal) -> new Outcome.Refused<>(refusal);
    };
  }

  private static void survivesStorage(Fact fact) {
    FactCatalogue catalogue =
        CATALOGUES.computeIfAbsent(
            fact.getClass(),
            _ -> new FactCatalogue(List.of(FactType.v1(fact.getClass())), List.of()));
    FactType type = catalogue.typeOf(fact);
    String json = catalogue.write(fact);
    assertThat(catalogue.read(type.name(), type.version(), json))
        .as("read back from %s", json)
        .isEqualTo(fact);
  }

  /** What a command came to. */
  public static final class Then<A> {
    private final DecisionFixture fixture;
    private final Command<A> command;
    private final Decision<A> decision;

    private Then(DecisionFixture fixture, Command<A> command, Decision<A> decision) {
      this.fixture = fixture;
      this.command = command;
      this.decision = decision;
    }

    /** Exactly these facts, in this order. */
    public Then<A> thenRecords(Fact... facts) {
      assertThat(accepted().facts()).containsExactly(facts);
      return this;
    }

    /** One fact, of this type, for closer looks. */
    public <F extends Fact> F thenRecordsOne(Class<F> type) {
      List<Fact> facts = accepted().facts();
      assertThat(facts).as("recorded facts").hasSize(1);
      return type.cast(facts.getFirst());
    }

    /** Whether recorded now or the first time. */
    public Then<A> thenAnswers(A answer) {
      assertThat(recorded().answer()).isEqualTo(answer);
      return this;
    }

    /** A retry: the recorded answer, and nothing added. */
    public Then<A> thenAlreadyRecorded() {
      assertThat(recorded().already()).as("answered by an earlier recording").isTrue();
      return this;
    }

    /** What records it stands at this position: of a retry, the first time's. */
    public Then<A> thenRecordedAt(long position) {
      assertThat(recorded().position()).isEqualTo(position);
      return this;
    }

    /** Refused for this reason, with a message and a remedy. */
    public Refused thenRefuses(RefusalCode code) {
      return switch (fixture.end(decision, false)) {
        case Outcome.Refused<A>(Refusal refusal) -> {
          assertThat(refusal.code()).as("%s: %s", command, refusal).isEqualTo(code);
          assertThat(refusal.message()).as("message").isNotBlank();
          assertThat(refusal.remedy()).as("remedy").isNotBlank();
          yield new Refused(SentValue.toldIn(refusal, command));
        }
        case Outcome.Recorded<A> recorded ->
            throw new AssertionError(
                "%s should be refused with %s but came to %s".formatted(command, code, recorded));
      };
    }

    /** Recorded only if no one person may act as who sent it and as one of these. */
    public Then<A> thenNeedsAnotherPersonThan(String... first) {
      SecondPerson second = accepted().boundary().second().orElseThrow();
      assertThat(second.first()).containsExactlyInAnyOrder(first);
      assertThat(second.first()).doesNotContain(second.by());
      return this;
    }

    /** These facts, recorded meanwhile, must have the command decided again. */
    public Then<A> thenIsDecidedAgainAfter(Fact... facts) {
      for (Fact fact : facts) {
        assertThat(conflict(accepted().boundary(), fact))
            .as("%s is within %s", fact, accepted().boundary().tags())
            .isTrue();
      }
      return this;
    }

    /** These facts, recorded meanwhile, change nothing that the command looked at. */
    public Then<A> thenStandsAfter(Fact... facts) {
      for (Fact fact : facts) {
        assertThat(conflict(accepted().boundary(), fact))
            .as("%s is within %s", fact, accepted().boundary().tags())
            .isFalse();
      }
      return this;
    }

    private Decision.Accept<A> accepted() {
      if (decision instanceof Decision.Accept<A> accept) {
        return accept;
      }
      throw new AssertionError("%s should be accepted but came to %s".formatted(command, decision));
    }

    private Outcome.Recorded<A> recorded() {
      return switch (fixture.end(decision, false)) {
        case Outcome.Recorded<A> recorded -> recorded;
        case Outcome.Refused<A>(Refusal refusal) ->
            throw new AssertionError("%s was refused: %s".formatted(command, refusal));
      };
    }
  }

  /** The refusal, for closer looks. */
  public record Refused(Refusal refusal) {
    /** Every part must be in the message or the remedy. */
    public Refused saying(String... parts) {
      assertThat(refusal.message() + " | " + refusal.remedy()).contains(parts);
      return this;
    }

    public Refused about(String field) {
      assertThat(refusal.field()).isEqualTo(field);
      return this;
    }

    /** What the field had, as the engine tells it. */
    public Refused having(String value) {
      assertThat(refusal.value()).isEqualTo(value);
      return this;
    }
  }
}
