package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.issuance.FileCheckKeys;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.loadtest.model.Action;
import fr.passnumerique.loadtest.model.Model;
import fr.passnumerique.loadtest.model.Pot;
import fr.passnumerique.loadtest.model.Reversing;
import fr.passnumerique.loadtest.model.Step;
import fr.passnumerique.loadtest.model.Step.Accident;
import fr.passnumerique.loadtest.model.Told;
import fr.passnumerique.loadtest.simulator.Mismatch.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One story, played to the engine and to the model side by side. */
final class Simulation implements AutoCloseable {
  /** Registers and projections are compared with a fresh fold after so many steps. */
  static final int THOROUGH_EVERY = 25;

  /** Actions that are asked again of a node before and after its restart. */
  private static final int ASKED_AGAIN = 15;

  private static final int MOST_ATTEMPTS = 4;

  private final SimulatedClock clock = new SimulatedClock();
  private final Model model;
  private final Accidents accidents;
  private final Engine engine;
  private final Books books;
  private final Readings readings;
  private final Verified verified;
  private final List<Action> played = new ArrayList<>();
  private final Tally tally = new Tally();
  private final boolean snapshots;
  private Instant sentAt = Instant.EPOCH;
  private boolean sentAgain;

  /**
   * @param snapshots whether each node goes on from the registers of the one before it
   */
  Simulation(long seed, Databases.Fresh database, Mutant mutant, boolean snapshots) {
    int contestDays = Reversing.contestDays(seed);
    model = new Model(contestDays);
    accidents = new Accidents(seed);
    Path keys = database.directory().resolve("check-keys");
    FileCheckKeys.open(keys, new Random(seed));
    books = new Books(mutant);
    this.snapshots = snapshots;
    engine =
        new Engine(
            database.ledger(),
            keys,
            clock,
            accidents,
            mutant,
            books,
            contestDays,
            snapshots ? Optional.of(database.directory().resolve("registers")) : Optional.empty());
    readings = new Readings(database.projections());
    verified = new Verified(database.directory(), database.projections(), clock);
  }

  Model model() {
    return model;
  }

  /**
   * @throws Mismatch if engine and model do not agree
   */
  void play(Step step) {
    clock.moveTo(step.at());
    if (step.accident() == Accident.RESTARTED) {
      engine.restart();
    }
    boolean[] between = {false};
    accidents.meanwhile(
        () -> {
          between[0] = true;
          step.meanwhile().forEach(this::play);
          accidents.expect(step.accident());
        });
    Told told = answered(step);
    accidents.meanwhile(() -> {});
    accidents.expect(Accident.NONE);
    compare(step, told);
    if (!between[0]) {
      // Nothing was to be recorded, so nothing could come between.
      step.meanwhile().forEach(this::play);
    }
  }

  /** A node that stands still shows nothing; what it has recorded before it did may. */
  private Told answered(Step step) {
    Action action = step.action();
    try {
      return engineOn(action, step.accident());
    } catch (Mismatch e) {
      if (!e.isDifference()) {
        compareWhatIsRecorded(action);
      }
      throw e;
    }
  }

  /** It was recorded, or it was not: the balances are those before it or those after it. */
  private void compareWhatIsRecorded(Action action) {
    books.read(engine.reader());
    if (books.pots().equals(model.pots())) {
      return;
    }
    Told expected = model.play(action, clock.instant(), clock.instant());
    compareBalances(
        Kind.BALANCES,
        "the node stands still, %s must be told %s, and the ledger's".formatted(action, expected),
        books.pots(),
        model.pots());
  }

  /** Sends it, and sends it again as long as the node dies of it. */
  private Told engineOn(Action action, Step.Accident accident) {
    Instant first = clock.instant();
    for (int attempt = 1; ; attempt++) {
      Instant at = clock.instant();
      try {
        Told told = engine.play(action);
        // What the node recorded before it died was decided when it came the first time.
        sentAt = accident == Step.Accident.KILLED_AFTER ? first : at;
        sentAgain = attempt > 1;
        return told;
      } catch (LedgerUnavailableException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw new Mismatch(
              Kind.UNAVAILABLE, "", "%s is not answered: %s".formatted(action, e.getMessage()), e);
        }
        engine.restart();
      } catch (Mismatch e) {
        throw e;
      } catch (RuntimeException e) {
        throw new Mismatch(
            Kind.EXCEPTION,
            action.getClass().getSimpleName() + " " + e.getClass().getSimpleName(),
            "%s fails: %s".formatted(action, e),
            e);
      }
    }
  }

  private void compare(Step step, Told told) {
    Action action = step.action();
    Told expected = model.play(action, sentAt, clock.instant());
    // Sent again, a file tells that all of it is known, and a credit that nothing is left of it.
    boolean again =
        sentAgain
            && (action instanceof Action.ImportFile || action instanceof Reversing.CreditRecovered);
    boolean agrees =
        again
            ? told.refused().equals(expected.refused())
            : sentAgain ? told.sameAs(expected) : told.equals(expected);
    if (!agrees) {
      throw new Mismatch(
          Kind.ANSWER,
          action.getClass().getSimpleName() + " " + told.refused() + " " + expected.refused(),
          "%s is told%n  %s%nand must be told%n  %s".formatted(action, told, expected));
    }
    tally.count(action, told);
    played.add(action);
    books.read(engine.reader());
    compareBalances(Kind.BALANCES, "the ledger's", books.pots(), model.pots());
    if (!books.recordedAt().equals(model.recordedAt())) {
      throw new Mismatch(
          Kind.RECORDED_TIME,
          "%s is recorded at %s, not at %s"
              .formatted(action, books.recordedAt(), model.recordedAt()));
    }
    same(Kind.COVER, "cover", engine.cover(), model.cover());
    same(Kind.READING, "budgets", engine.budgets(), model.budgets(clock.instant()));
    model
        .reversals()
        .forEach(
            (name, mustBe) ->
                same(Kind.READING, "reversal " + name, engine.reversal(name), mustBe));
    for (Model.HandedOut one : model.handedOut()) {
      same(
          Kind.READING,
          "last service day of " + one,
          engine.lastServiceDay(one.batch(), one.ordinal()),
          Optional.of(one.last()));
    }
    tryAllCheques(step.trial());
  }

  private static void compareBalances(
      Kind kind, String whose, Map<Pot, Long> is, Map<Pot, Long> mustBe) {
    if (is.equals(mustBe)) {
      return;
    }
    Map<String, String> differences = new TreeMap<>();
    is.forEach(
        (pot, cents) -> {
          long other = mustBe.getOrDefault(pot, 0L);
          if (cents != other) {
            differences.put(pot.toString(), cents + " and must be " + other);
          }
        });
    mustBe.forEach(
        (pot, cents) -> {
          if (!is.containsKey(pot)) {
            differences.put(pot.toString(), "0 and must be " + cents);
          }
        });
    String kinds =
        Stream.concat(is.keySet().stream(), mustBe.keySet().stream())
            .filter(pot -> differences.containsKey(pot.toString()))
            .map(Pot::kind)
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
    throw new Mismatch(kind, kinds, "%s balances differ: %s".formatted(whose, differences));
  }

  /** Asks of every cheque what a line with it would be told. */
  private void tryAllCheques(Step.Trial trial) {
    for (Action.SubmitSlip slip : model.trials(trial.venue(), trial.servedOn(), trial.service())) {
      if (slip.lines().isEmpty()) {
        continue;
      }
      String is = engine.rehearse(slip).answer();
      String mustBe = model.wouldBe(slip, clock.instant());
      if (!is.equals(mustBe)) {
        String[] some = is.split(" ");
        String[] others = mustBe.split(" ");
        for (int i = 0; i < others.length; i++) {
          if (some.length <= i || !some[i].equals(others[i])) {
            String other = some.length <= i ? "nothing" : some[i];
            throw new Mismatch(
                Kind.VERDICT,
                withoutDay(other) + " " + withoutDay(others[i]),
                "%s would be told %s and must be told %s"
                    .formatted(slip.lines().get(i), other, others[i]));
          }
        }
      }
    }
  }

  private static String withoutDay(String verdict) {
    int day = verdict.indexOf('@');
    return day < 0 ? verdict : verdict.substring(0, day);
  }

  /**
   * A new node goes on from the registers of the last one, and holds what others hold that fold
   * everything.
   */
  void restore() {
    engine.restart();
    engine
        .unlike(books.facts())
        .ifPresent(
            difference -> {
              throw new Mismatch(Kind.FRESH_FOLD, "", "restored registers: " + difference);
            });
  }

  double restored() {
    return snapshots ? engine.restored() : 0;
  }

  /** Registers and projections are what a fresh fold of the ledger gives. */
  void compareWithFreshFold() {
    List<Action> again = played.subList(Math.max(0, played.size() - ASKED_AGAIN), played.size());
    List<Told> before = again.stream().map(engine::rehearse).toList();
    engine.restart();
    for (int i = 0; i < again.size(); i++) {
      Told after = engine.rehearse(again.get(i));
      if (!after.equals(before.get(i))) {
        throw new Mismatch(
            Kind.FRESH_FOLD,
            "%s would be told %s before a restart and %s after it"
                .formatted(again.get(i), before.get(i), after));
      }
    }
    try {
      readings.follow(books.facts());
      compareBalances(Kind.FRESH_FOLD, "the projection's", readings.pots(), books.pots());
      same(
          Kind.FRESH_FOLD,
          "unexplained differences of the reconciliation",
          readings.unexplained(agreements(books.pots())),
          Map.of());
      same(
          Kind.FRESH_FOLD,
          "differences of what funders paid in",
          readings.paidIn(books.facts(), agreements(books.pots())),
          Set.of());
      same(Kind.FRESH_FOLD, "claims", readings.claims(), model.spent());
      same(Kind.FRESH_FOLD, "stock registers", readings.stock(), model.stock());
    } catch (SQLException e) {
      throw new Mismatch(Kind.FRESH_FOLD, "", "the projections fail: " + e.getMessage(), e);
    }
  }

  /** An auditor who is handed the ledger finds nothing. */
  void verify() {
    Set<String> funders = new TreeSet<>();
    books
        .facts()
        .forEach(
            recorded -> {
              if (recorded.fact() instanceof FunderRegistered registered) {
                funders.add(registered.funder().value());
              }
            });
    verified.hold(engine.reader(), funders);
  }

  private static Set<String> agreements(Map<Pot, Long> pots) {
    Set<String> agreements = new TreeSet<>();
    pots.keySet().forEach(pot -> agreements.add(pot.agreement()));
    agreements.remove("");
    return agreements;
  }

  private static void same(Kind kind, String what, Object are, Object mustBe) {
    if (!are.equals(mustBe)) {
      throw new Mismatch(kind, "%s are %s and must be %s".formatted(what, are, mustBe));
    }
  }

  Tally tally() {
    return tally;
  }

  Moments moments() {
    return books.moments();
  }

  String lastHash() {
    return books.lastHash();
  }

  @Override
  public void close() {
    engine.close();
  }
}
