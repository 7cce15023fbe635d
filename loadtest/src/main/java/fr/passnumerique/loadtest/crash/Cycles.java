package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.crash.Acknowledged.Answer;
import fr.passnumerique.loadtest.crash.FreshFold.Compared;
import fr.passnumerique.loadtest.options.InTurn;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Kills under load, and holds what was acknowledged against what is there. */
final class Cycles implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** Of the cycle's slips so many are presented after the kill at least. */
  private static final int AFTERWARDS = 20;

  private final Installation installation;
  private final Acknowledged acknowledged;
  private final Faults faults;
  private final Settings settings;
  private final Recorded recorded;
  private final TopicCopy topic;

  /** Of those acknowledged, how many were held against the ledger. */
  private int held;

  /**
   * How it is done.
   *
   * @param slips acknowledged in each cycle at least
   */
  record Settings(long seed, int slips, List<Blow> blows) {}

  Cycles(Installation installation, Acknowledged acknowledged, Faults faults, Settings settings) {
    this.installation = installation;
    this.acknowledged = acknowledged;
    this.faults = faults;
    this.settings = settings;
    this.recorded = new Recorded(installation.server().superuser(Installation.LEDGER), faults);
    this.topic = topic();
  }

  private TopicCopy topic() {
    return new TopicCopy(installation.broker().bootstrapServers(), Installation.TOPIC, faults);
  }

  /**
   * @param number from 0
   */
  Cycle run(int number) throws IOException, SQLException, InterruptedException {
    Blow blow = InTurn.at(settings.blows(), settings.seed(), number);
    Random random = new Random(settings.seed() * 31 + number);
    int moment = random.nextInt(settings.slips() * 3 / 4);
    int ended = installation.application().endedByItself();
    try (Presenting presenting =
        Presenting.begin(
            installation.slips(),
            List.of(installation.application().root()),
            installation.slips().clients(),
            acknowledged,
            faults,
            settings.slips() * 2,
            random.nextLong())) {
      presenting.await(
          "%d slips answered".formatted(moment),
          () -> presenting.answered() >= moment,
          installation.application()::endOfLog);
      LockSupport.parkNanos(random.nextInt(20_000_000));
      presenting.strike();
      long struck = System.nanoTime();
      int cuts = installation.line().cuts();
      AppendsCut appendsCut = installation.line().appendsCut();
      int othersEnded = 0;
      if (blow.fillsDisk()) {
        // As many as find room in what was written before.
        presenting.allow(settings.slips() * Crash.ROOM);
        othersEnded =
            new FullDisk(installation, presenting, faults)
                .live(
                    blow == Blow.LOG_DISK_FULL, Duration.ofMillis(2_000 + random.nextInt(23_000)));
      } else if (blow == Blow.CONNECTIONS_CUT) {
        new ConnectionsCut(installation.line(), presenting).live(random, faults);
      } else if (blow.isFault()) {
        installation.inflict(blow, random, faults);
      } else {
        installation.kill(blow, random.nextBoolean());
        installation.bringBack(blow);
      }
      presenting.allow(AFTERWARDS * 2);
      presenting.await(
          "slips answered after the kill",
          () ->
              presenting.answered() >= settings.slips() && presenting.answeredSince() >= AFTERWARDS,
          installation.application()::endOfLog);
      presenting.end();
      cuts = installation.line().cuts() - cuts;
      ended = installation.application().endedByItself() - ended;
      if (ended > 0 && !blow.startsWithoutDatabase()) {
        faults.add("the application ended by itself at %s, and should live through it", blow);
      }
      hold();
      Presenting.Counts counts = presenting.counts();
      return new Cycle(
          blow,
          presenting.answered(),
          presenting.silence().toMillis(),
          (System.nanoTime() - struck) / 1_000_000,
          counts.lost.get(),
          counts.refused(),
          counts.givenUp.get(),
          counts.recordedUnheard.get(),
          ended,
          cuts,
          othersEnded,
          counts.refusals(),
          installation.line().appendsCut().minus(appendsCut));
    }
  }

  /**
   * What came since the last look; that what was there before is there still is told by the number
   * of rows and the last one's hash, and looked at whole by {@link #holdWhole}.
   */
  private void hold() throws SQLException, InterruptedException {
    recorded.readOn();
    List<Answer> since = acknowledged.since(held);
    recorded.hold(since);
    recorded.holdNoOther(since);
    held += since.size();
    topic.hold(recorded, PATIENCE);
    FreshFold.awaitProjections(
        installation.server(), Installation.LEDGER, recorded.position(), PATIENCE, faults);
  }

  /** All of it from the first row on, by every means, while nothing is recorded. */
  String holdWhole() throws SQLException, IOException, InterruptedException {
    Recorded anew = new Recorded(installation.server().superuser(Installation.LEDGER), faults);
    anew.readOn();
    anew.hold(acknowledged.all());
    anew.holdNoOther(acknowledged.all());
    try (TopicCopy read = topic()) {
      read.hold(anew, PATIENCE);
    }
    Audit.hold(
        installation.server().superuser(Installation.LEDGER),
        installation.home().resolve("export.ndjson"),
        faults);
    Compared compared =
        new FreshFold(installation.server(), Installation.LEDGER, installation.home(), faults)
            .compare(anew.position());
    return String.format(
        Locale.ROOT,
        "slips acknowledged %d, recorded %d; cheques redeemed %d; ledger and topic read from 1 to"
            + " %d; verify-ledger on its export; %d tables with %d rows compared with a fresh fold;"
            + " recorded times ahead of the clock by %d s",
        acknowledged.size(),
        anew.slips(),
        anew.redeemed(),
        anew.position(),
        compared.tables(),
        compared.rows(),
        Math.max(0, Duration.between(Instant.now(), anew.recordedAt()).toSeconds()));
  }

  @Override
  public void close() {
    topic.close();
  }
}
