package fr.passnumerique.loadtest.race;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.redemption.SlipLine;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.loadtest.peak.HandedOutCheques.Place;
import fr.passnumerique.loadtest.race.Script.Slip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A node in a process of its own, for a race to kill and to freeze. */
@Command(name = "race-node", hidden = true)
public final class RaceNodeProcess implements Callable<Integer> {
  static final String URL = "url";
  static final String USER = "user";
  static final String PASSWORD = "password";
  static final String CHECK_KEYS = "check-keys";

  private static final int CONNECTIONS = 12;

  @Parameters(index = "0")
  private Path settings;

  @Parameters(index = "1")
  private String name;

  @Parameters(index = "2")
  private boolean elected;

  @Parameters(index = "3")
  private long seed;

  private final AtomicBoolean stopTold = new AtomicBoolean();

  /** For picocli, which sets the parameters. */
  @SuppressWarnings("NullAway.Init")
  public RaceNodeProcess() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Race.quiet();
    Properties read = new Properties();
    try (var in = Files.newBufferedReader(settings)) {
      read.load(in);
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(read.getProperty(URL));
    config.setUsername(read.getProperty(USER));
    config.setPassword(read.getProperty(PASSWORD));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(5_000);
    RaceNode node =
        RaceNode.start(
            name,
            new HikariDataSource(config),
            Path.of(read.getProperty(CHECK_KEYS)),
            elected,
            Bug.NONE,
            new Disturbance(seed, true, Disturbance.NEVER, new ToldCounts()));
    node.awaitStarted(!elected);
    say(RemoteNode.READY);
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      String line;
      while ((line = in.readLine()) != null) {
        String question = line;
        var _ = Thread.ofVirtual().start(() -> answer(node, question));
      }
    }
    Runtime.getRuntime().halt(0);
    return 0;
  }

  /** Kept by whoever runs this process. */
  private static final class ToldCounts extends Disturbance.Counts {
    @Override
    void lostStatement() {
      say(RemoteNode.LOST_STATEMENT);
    }

    @Override
    void lostAnswer() {
      say(RemoteNode.LOST_ANSWER);
    }
  }

  void answer(Asked node, String question) {
    List<String> words = Arrays.asList(question.split(RemoteNode.BETWEEN, -1));
    String answer;
    try {
      answer = answer(node, words.subList(1, words.size()));
    } catch (LedgerUnavailableException e) {
      answer = RemoteNode.UNAVAILABLE;
    } catch (RuntimeException e) {
      answer = RemoteNode.FAILED + onOneLine(e.toString());
    }
    if (node.isStopped() && stopTold.compareAndSet(false, true)) {
      say(RemoteNode.STOPPED + onOneLine(node.stopReason()));
    }
    say(words.getFirst() + " " + answer);
  }

  private static String onOneLine(String text) {
    return text.replace('\n', ' ');
  }

  private static String answer(Asked node, List<String> words) {
    return switch (words.getFirst()) {
      case "SUBMIT" -> node.submit(slip(words));
      case "WITHDRAW" ->
          node.withdraw(
              Long.parseLong(words.get(1)),
              Arrays.stream(words.get(2).split(",", -1)).map(Long::valueOf).toList());
      case "CHECK" -> node.check(code(words.get(1)));
      default -> throw new IllegalArgumentException("nobody asks " + words);
    };
  }

  private static Slip slip(List<String> words) {
    Place place =
        new Place(new VenueId(words.get(2)), new PointOfServiceId(words.get(3)), words.get(4));
    LocalDate servedOn = LocalDate.parse(words.get(5));
    List<SlipLine> lines =
        Arrays.stream(words.get(6).split(",", -1))
            .map(
                code -> new SlipLine(code(code), servedOn, place.service(), place.pointOfService()))
            .toList();
    return new Slip(words.get(1), place, lines, List.of());
  }

  private static ChequeCode code(String printed) {
    return ChequeCode.parse(printed).orElseThrow();
  }

  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
