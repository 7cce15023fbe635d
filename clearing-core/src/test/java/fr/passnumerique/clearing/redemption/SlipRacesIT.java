package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.BATCH;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.GUERET;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.HANDED_OUT;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.KEYS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.activated;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.handedOut;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.labelled;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.listed;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.signed;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.Ledger;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.RedemptionWorld.Rules;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.clearing.venues.VenueListed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slips that meet on a real ledger: many at once, the same one twice, and after a restart. */
class SlipRacesIT {
  private static final int CLIENTS = 8;
  private static final int CHEQUES = 1_000;
  private static final int CHEQUES_PER_VISIT = 3;

  private final FactCatalogue catalogue = catalogue();
  private final SlipDigest digest = new SlipDigest(KEYS);
  private TestDatabase database;
  private LedgerNode node;
  private SlipDesk desk;

  /** Records facts as they are: the past that a test begins with. */
  private record Begin(List<Fact> facts) implements Command<String> {}

  private static final class Beginning implements Decider<Begin, String> {
    @Override
    public Class<Begin> command() {
      return Begin.class;
    }

    @Override
    public Decision<String> decide(Begin command, Instant receivedAt) {
      return new Decision.Accept<>(command.facts(), Boundary.of("beginning"), "begun");
    }
  }

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.fresh();
    start();
    Rules rules = new Rules();
    rules.chequeCount = CHEQUES;
    rules.chequesPerVisit = CHEQUES_PER_VISIT;
    node.commands()
        .send(
            new Begin(
                List.of(
                    signed(),
                    rules.issue(BATCH, 0),
                    activated(BATCH, 1, CHEQUES),
                    handedOut("h-1", HANDED_OUT, new ChequeRange(BATCH, 1, CHEQUES)),
                    listed(VENUE, GUERET),
                    labelled(HANDED_OUT))),
            Actor.ENGINE);
  }

  @AfterEach
  void close() {
    node.close();
    database.close();
  }

  @Test
  void whateverManyVenuesPresentAtOnceEachChequeIsRedeemedOnceAndNoVisitIsOverfull()
      throws Exception {
    long seed = System.nanoTime();
    List<List<SubmitSlip>> slips = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      Random random = new Random(seed + client);
      List<SubmitSlip> own = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        SlipLine[] lines =
            IntStream.range(0, 42)
                .mapToObj(_ -> line(1 + random.nextInt(CHEQUES)))
                .toArray(SlipLine[]::new);
        own.add(slip("S-%d-%d".formatted(client, i), lines));
      }
      slips.add(own);
    }

    Map<SlipReference, SlipJudged> acknowledged = new HashMap<>();
    for (List<SlipJudged> answers :
        allAtOnce(client -> slips.get(client).stream().map(this::send).toList())) {
      answers.forEach(answer -> acknowledged.put(answer.reference(), answer));
    }

    List<SlipJudged> recorded = recordedSlips();
    assertThat(recorded).as("seed %d", seed).hasSize(CLIENTS * 40);
    assertThat(recorded)
        .as("seed %d: what was answered is what is recorded", seed)
        .allMatch(slip -> slip.equals(acknowledged.get(slip.reference())));
    List<Integer> redeemed =
        recorded.stream()
            .flatMap(slip -> slip.lines().stream())
            .filter(line -> line.verdict() == Verdict.ACCEPTED)
            .map(line -> line.cheque().orElseThrow().ordinal())
            .toList();
    assertThat(redeemed).as("seed %d", seed).doesNotHaveDuplicates();
    Map<Integer, Integer> perCarnet = new HashMap<>();
    redeemed.forEach(ordinal -> perCarnet.merge((ordinal - 1) / 10, 1, Integer::sum));
    // All lines are of one day at one place, and each carnet is presented a hundred times over: its
    // visit is full, and no fuller.
    assertThat(perCarnet.values()).as("seed %d", seed).containsOnly(CHEQUES_PER_VISIT);
    assertThat(perCarnet).hasSize(CHEQUES / 10);
  }

  @Test
  void theSameSlipFromManyClientsAtOnceIsRecordedOnceAndAnsweredTheSame() throws Exception {
    for (int round = 0; round < 20; round++) {
      SubmitSlip slip = slip("S-" + round, line(10 * round + 1), line(10 * round + 2));
      List<Outcome.Recorded<SlipJudged>> outcomes =
          allAtOnce(_ -> recorded(node.commands().send(slip, Actor.ENGINE)));

      assertThat(outcomes).filteredOn(outcome -> !outcome.already()).hasSize(1);
      assertThat(outcomes)
          .extracting(Outcome.Recorded::answer)
          .containsOnly(outcomes.getFirst().answer());
      assertThat(outcomes)
          .extracting(Outcome.Recorded::position)
          .containsOnly(outcomes.getFirst().position());
    }
    assertThat(recordedSlips()).hasSize(20);
  }

  @Test
  void afterARestartASlipIsAnsweredWithItsRecordedVerdicts() throws Exception {
    SlipJudged first = send(slip("S-1", line(1), line(1), line(2_000)));
    node.close();
    start();

    Outcome.Recorded<SlipJudged> again =
        recorded(node.commands().send(slip("S-1", line(1), line(1), line(2_000)), Actor.ENGINE));
    assertThat(again.already()).isTrue();
    assertThat(again.answer()).isEqualTo(first);
    assertThat(send(slip("S-2", line(1))).lines().getFirst().verdict())
        .isEqualTo(Verdict.ALREADY_REDEEMED);
  }

  // --- the node

  private void start() throws InterruptedException {
    RedemptionRegister register = new RedemptionRegister();
    node =
        Ledger.start(
            new LedgerNode.Parts(
                database.ledger(),
                catalogue,
                List.of(register),
                List.of(new SlipDecision(register, KEYS, digest), new Beginning()),
                Clock.fixed(Instant.parse("2026-04-01T10:00:00Z"), ZoneOffset.UTC),
                new SimpleMeterRegistry(),
                true,
                Duration.ofSeconds(30)));
    desk = RedemptionWorld.desk(register, node.readLock());
    Instant patience = Instant.now().plusSeconds(60);
    while (node.state() != LedgerNode.State.WRITING) {
      assertThat(Instant.now()).as("the node was not elected in time").isBefore(patience);
      Thread.sleep(10);
    }
  }

  private static FactCatalogue catalogue() {
    List<FactType> types = new ArrayList<>(Ledger.FACTS);
    types.addAll(Redemption.FACTS);
    List.of(
            AgreementSigned.class,
            ChequesIssued.class,
            ChequesActivated.class,
            ChequesHandedOut.class,
            VenueListed.class,
            VenueLabelled.class)
        .forEach(type -> types.add(FactType.v1(type)));
    return new FactCatalogue(types, List.of());
  }

  private SubmitSlip slip(String reference, SlipLine... lines) {
    return desk.prepare(VENUE, new SlipReference(reference), List.of(lines));
  }

  private SlipJudged send(SubmitSlip slip) {
    return recorded(node.commands().send(slip, Actor.ENGINE)).answer();
  }

  private static Outcome.Recorded<SlipJudged> recorded(Outcome<SlipJudged> outcome) {
    return (Outcome.Recorded<SlipJudged>) outcome;
  }

  private List<SlipJudged> recordedSlips() {
    List<SlipJudged> slips = new ArrayList<>();
    long position = 0;
    List<RecordedFact> next = node.reader().read(position, 500);
    while (!next.isEmpty()) {
      for (RecordedFact fact : next) {
        if (fact.fact() instanceof SlipJudged slip) {
          slips.add(slip);
        }
      }
      position = next.getLast().position();
      next = node.reader().read(position, 500);
    }
    return slips;
  }

  private interface Client<T> {
    T act(int client) throws Exception;
  }

  private static <T> List<T> allAtOnce(Client<T> clients) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<T>> calls = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int number = client;
        calls.add(() -> clients.act(number));
      }
      Collections.shuffle(calls);
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
