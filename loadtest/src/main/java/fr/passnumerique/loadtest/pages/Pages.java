package fr.passnumerique.loadtest.pages;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.pages.Reader.Seen;
import fr.passnumerique.loadtest.peak.Course;
import fr.passnumerique.loadtest.peak.Findings;
import fr.passnumerique.loadtest.peak.Load;
import fr.passnumerique.loadtest.peak.Millis;
import fr.passnumerique.loadtest.peak.Plan;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Preparation;
import fr.passnumerique.loadtest.peak.Shape;
import fr.passnumerique.loadtest.peak.Slip;
import fr.passnumerique.loadtest.peak.Stage;
import fr.passnumerique.loadtest.peak.Stage.Through;
import fr.passnumerique.loadtest.scenario.Filling;
import fr.passnumerique.loadtest.scenario.Office;
import fr.passnumerique.loadtest.scenario.Staging;
import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast pages are in a large ledger. */
@Command(
    name = "pages",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fills a ledger with redeemed lines over HTTP, settles those of the day before, then logs in"
          + " as each role, finds every page by following links, and reads each again and again.",
      "Prints when the first byte and when the whole page was there. Exits with 1 if a page is out"
          + " of its bounds or a link leads nowhere."
    })
public final class Pages implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Mixin private Staging staging;

  @Option(
      names = "--lines",
      defaultValue = "1000000",
      paramLabel = "<n>",
      description =
          "Redeemed lines in the ledger, within a few per cent. Default: ${DEFAULT-VALUE}.")
  private long lines;

  @Option(
      names = "--slips-before",
      defaultValue = "2000",
      paramLabel = "<n>",
      description =
          "Accepted the day before, to be paid by the settlement; 0 for none. Default:"
              + " ${DEFAULT-VALUE}.")
  private int slipsBefore;

  @Option(
      names = "--warm-up",
      defaultValue = "10",
      paramLabel = "<n>",
      description =
          "Times that each page is read before, which do not count: Java compiles what it runs"
              + " often. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--times",
      defaultValue = "20",
      paramLabel = "<n>",
      description = "That each page is read. Default: ${DEFAULT-VALUE}.")
  private int times;

  @Option(
      names = "--of-a-kind",
      defaultValue = "3",
      paramLabel = "<n>",
      description =
          "Pages of one kind, as those of cheques are, that are read. Default: ${DEFAULT-VALUE}.")
  private int ofAKind;

  @Option(
      names = "--answers",
      defaultValue = "1000",
      paramLabel = "<n>",
      description =
          "Of one kind to a form that only asks, that are read: each choice of each list makes one."
              + " Default: ${DEFAULT-VALUE}.")
  private int answers;

  @Mixin private Patience patience;

  /** How long a reader waits. */
  static final class Patience {
    @Option(
        names = "--most-first-byte",
        defaultValue = "100",
        paramLabel = "<ms>",
        description =
            "19 of 20 readings of each page are to begin within this time. Default:"
                + " ${DEFAULT-VALUE}.")
    private double mostFirstByteMillis;

    @Option(
        names = "--most-page",
        defaultValue = "300",
        paramLabel = "<ms>",
        description = "And to be whole within this time. Default: ${DEFAULT-VALUE}.")
    private double mostPageMillis;

    /** For picocli, which sets the options. */
    Patience() {}

    Patience(double mostFirstByteMillis, double mostPageMillis) {
      this.mostFirstByteMillis = mostFirstByteMillis;
      this.mostPageMillis = mostPageMillis;
    }
  }

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Pages() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(lines >= 1, "--lines", "1 or more");
    terminal.require(slipsBefore >= 0, "--slips-before", "0 or more");
    terminal.require(warmUp >= 0, "--warm-up", "0 or more");
    terminal.require(times >= 1, "--times", "1 or more");
    terminal.require(ofAKind >= 1, "--of-a-kind", "1 or more");
    terminal.require(answers >= 1, "--answers", "1 or more");
    return staging.play(
        terminal, new Played(lines, slipsBefore, 42, warmUp, times, ofAKind, answers, patience));
  }

  /** The scenario with its settings. */
  record Played(
      long lines,
      int slipsBefore,
      int linesOfSlip,
      int warmUp,
      int times,
      int ofAKind,
      int answers,
      Patience patience)
      implements Staging.Scenario {
    private static final String RUN = "pages-run-1";
    private static final double OFTEN = 95;

    @Override
    public String title() {
      return "How fast pages are";
    }

    @Override
    public String how() {
      return """
      The ledger is filled over HTTP with slips of %d lines; a settlement of %d slips of the day before is opened, released by another clerk, and its file downloaded. Then one browser at a time, without script, logs in as a clerk, an auditor, the State as funder, the venue with the most lines and a prescriber, follows every link from its first page and sends every form that only asks (as it stands, with each choice of each list, with a letter in each text); of pages of one shape (`…` stands for what has a digit) %d at most, of a form's answers %d. Each is read %d times, then %d times that count, all pages in turn, so that none profits from having just been read. Pages are rendered by the server and need no script, and so the whole page has its main table. Pages that come in answer to a form that is posted, or that ask a clerk for a second factor, are not measured. Nothing else is asked meanwhile.\
      """
          .formatted(linesOfSlip, slipsBefore, ofAKind, answers, warmUp, times);
    }

    @Override
    public List<Shape> shapes() {
      List<Shape> shapes = new ArrayList<>(Filling.shapes(lines, linesOfSlip));
      if (slipsBefore > 0) {
        shapes.add(Shape.ofRealSizes(slipsBefore).dayBefore());
      }
      return shapes;
    }

    @Override
    public List<Through> through() {
      return List.of(Through.http);
    }

    @Override
    public Findings play(Stage stage, List<Round> rounds) throws IOException, InterruptedException {
      Course course = stage.course(Through.http);
      stage.say("filling the ledger");
      int filling = rounds.size() - (slipsBefore > 0 ? 1 : 0);
      Filling.present(course, rounds.subList(0, filling));
      for (Round before : rounds.subList(filling, rounds.size())) {
        settle(stage, before);
      }
      course.way().drain();
      stage.say("%d redeemed lines", course.way().books().accepted());
      Findings findings = new Findings();
      findings.table(
          "role",
          "page",
          "KB",
          "first byte: p50 ms",
          "p95 ms",
          "most ms",
          "whole: p50 ms",
          "p95 ms",
          "most ms");
      List<Page> all = new ArrayList<>();
      List<String> faults = new ArrayList<>();
      for (Visitor visitor : visitors(stage, rounds)) {
        try (Reader reader =
            Reader.logIn(
                stage.root(),
                accounts(stage),
                "reading-" + visitor.name(),
                visitor.role(),
                visitor.subject())) {
          SiteMap map = SiteMap.of(stage.root(), reader, ofAKind, answers);
          map.faults().forEach(fault -> faults.add(visitor.name() + ": " + fault));
          List<Page> pages =
              map.paths().entrySet().stream()
                  .map(shape -> new Page(visitor.name(), shape.getKey(), shape.getValue()))
                  .toList();
          stage.say("%s: %d kinds of pages", visitor.name(), pages.size());
          for (int time = 0; time < warmUp + times; time++) {
            for (Page page : pages) {
              page.read(reader, time >= warmUp, faults);
            }
          }
          pages.forEach(page -> page.tell(findings));
          all.addAll(pages);
        }
      }
      judge(findings, all, faults);
      return findings;
    }

    private static Accounts accounts(Stage stage) {
      return stage.accounts(Through.http);
    }

    /** So that there are transfers to look at. */
    private static void settle(Stage stage, Round before) throws IOException, InterruptedException {
      stage.say("settling what was accepted the day before");
      try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        Office office = new Office("pages", stage.plan(), http, stage.root(), accounts(stage));
        for (int venue : new TreeSet<>(before.all().map(Slip::venue).toList())) {
          office.openAccount(stage.plan().venues().get(venue), venue);
        }
        office.openRun(RUN);
        office.release(RUN);
        office.downloadFile(RUN);
      }
    }

    /**
     * @param subject whom it acts for; empty for clerks and auditors
     */
    private record Visitor(String name, Role role, String subject) {}

    private static List<Visitor> visitors(Stage stage, List<Round> rounds) {
      Plan plan = stage.plan();
      return List.of(
          new Visitor("clerk", Role.CLERK, ""),
          new Visitor("auditor", Role.AUDITOR, ""),
          new Visitor(
              "funder", Role.FUNDER, plan.agreements().getFirst().key().getFirst().funder()),
          new Visitor("venue", Role.VENUE, plan.venues().get(busiest(rounds))),
          new Visitor(
              "prescriber",
              Role.PRESCRIBER,
              Preparation.prescriber(plan.agreements().getFirst()).value()));
    }

    private static int busiest(List<Round> rounds) {
      return rounds.stream()
          .flatMap(Round::all)
          .collect(Collectors.groupingBy(Slip::venue, Collectors.counting()))
          .entrySet()
          .stream()
          .max(Map.Entry.comparingByValue())
          .orElseThrow()
          .getKey();
    }

    private void judge(Findings findings, List<Page> pages, List<String> faults) {
      bound(findings, pages, "first byte", page -> page.firstByte, patience.mostFirstByteMillis);
      bound(findings, pages, "whole page", page -> page.whole, patience.mostPageMillis);
      findings.must(
          faults.isEmpty(),
          faults.isEmpty()
              ? "every link leads to a page, and every page was answered each time"
              : String.join("; ", faults));
    }

    /** Tells of the slowest, and of every other that is out. */
    private static void bound(
        Findings findings,
        List<Page> pages,
        String what,
        Function<Page, Histogram> times,
        double most) {
      List<Page> slowest =
          pages.stream().sorted(Comparator.comparing(page -> -millis(times.apply(page)))).toList();
      for (Page page : slowest) {
        double millis = millis(times.apply(page));
        if (millis > most || page == slowest.getFirst()) {
          findings.atMost(
              "%s of %s (%s), p95".formatted(what, page.shape, page.visitor), millis, most, " ms");
        }
      }
    }

    private static double millis(Histogram nanos) {
      return nanos.getValueAtPercentile(OFTEN) / 1e6;
    }
  }

  /** Those of one shape that somebody comes to. */
  private static final class Page {
    private final String visitor;
    private final String shape;
    private final List<String> paths;
    private final Histogram firstByte = new Histogram(Load.DIGITS);
    private final Histogram whole = new Histogram(Load.DIGITS);
    private int mostBytes;

    Page(String visitor, String shape, List<String> paths) {
      this.visitor = visitor;
      this.shape = shape;
      this.paths = paths;
    }

    void read(Reader reader, boolean counts, List<String> faults)
        throws IOException, InterruptedException {
      for (String path : paths) {
        Seen seen = reader.see(path);
        if (!seen.isPage()) {
          faults.add("%s: %s is answered %d".formatted(visitor, path, seen.status()));
        } else if (counts) {
          firstByte.recordValue(seen.firstByteNanos());
          whole.recordValue(seen.nanos());
          mostBytes = Math.max(mostBytes, seen.body().length);
        }
      }
    }

    void tell(Findings findings) {
      findings.row(
          visitor,
          "`" + shape + "`",
          Math.ceilDiv(mostBytes, 1_000),
          Millis.at(firstByte, 50),
          Millis.at(firstByte, Played.OFTEN),
          Millis.at(firstByte, 100),
          Millis.at(whole, 50),
          Millis.at(whole, Played.OFTEN),
          Millis.at(whole, 100));
    }
  }
}
