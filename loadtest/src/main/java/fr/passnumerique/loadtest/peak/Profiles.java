package fr.passnumerique.loadtest.peak;

import static java.util.Comparator.comparing;

import fr.passnumerique.loadtest.peak.Measured.Part;
import fr.passnumerique.loadtest.peak.Measured.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where our Java's time goes at full load, as its flight recorder samples it: a recording for each
 * round that counts, and the frames that are most often on top. The same for this process and for
 * the application's: both are told by {@code jcmd}.
 */
final class Profiles {
  private static final String NAME = "peak";
  private static final String OURS = "fr.passnumerique.";
  private static final int MOST_FRAMES = 12;

  private final Optional<Path> directory;

  /** By way and cell. */
  private final Map<String, Counted> counted = new LinkedHashMap<>();

  private int rounds;

  private Profiles(Optional<Path> directory) {
    this.directory = directory;
  }

  static Profiles none() {
    return new Profiles(Optional.empty());
  }

  /**
   * @param directory made if it is not there
   */
  static Profiles in(Path directory) throws IOException {
    return new Profiles(Optional.of(Files.createDirectories(directory).toAbsolutePath()));
  }

  /** What is sampled, if it is of a way of ours at full load. */
  interface Sampled {
    Load.Sample present() throws InterruptedException;
  }

  Load.Sample of(Turn turn, Way way, Sampled round) throws InterruptedException {
    if (directory.isEmpty() || turn.part() != Part.CLOSED || Stage.Through.byHand(way.name())) {
      return round.present();
    }
    String what = "%s, %s".formatted(way.name(), turn.cell().told());
    Path file =
        directory
            .get()
            .resolve("%s-%d.jfr".formatted(what.replaceAll("[^a-z0-9]+", "-"), ++rounds));
    try {
      Jcmd.run(way.pid(), "JFR.start", "name=" + NAME, "settings=profile");
      Load.Sample sample = round.present();
      Jcmd.run(way.pid(), "JFR.stop", "name=" + NAME, "filename=" + file);
      counted.computeIfAbsent(what, _ -> new Counted()).add(file);
      return sample;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Markdown; empty where nothing was sampled. */
  String told() {
    if (counted.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "\n## Where the time goes\n\nJava's flight recorder ran in the rounds that count, with"
                + " its settings `profile`, in the node's process: this one for the bus, the"
                + " application for HTTP. That takes something of the rates above. It looks every"
                + " few milliseconds at threads that run Java; what the database and the system do"
                + " is not in it.\n");
    counted.forEach((what, frames) -> text.append("%n### %s%n%n".formatted(what)).append(frames));
    return text.toString();
  }

  /** How often which method was at work. */
  static final class Counted {
    private final Map<String, Integer> onTop = new HashMap<>();
    private final Map<String, Integer> ours = new HashMap<>();
    private int samples;

    void add(Path recording) throws IOException {
      try (RecordingFile events = new RecordingFile(recording)) {
        while (events.hasMoreEvents()) {
          RecordedEvent event = events.readEvent();
          if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
            add(event);
          }
        }
      }
    }

    private void add(RecordedEvent event) {
      RecordedThread thread = event.getThread("sampledThread");
      // This process's main thread measures, and checks the answers afterwards.
      if (event.getStackTrace() == null || thread == null || "main".equals(thread.getJavaName())) {
        return;
      }
      List<String> frames =
          event.getStackTrace().getFrames().stream()
              .filter(RecordedFrame::isJavaFrame)
              .map(Counted::name)
              .toList();
      if (frames.isEmpty()) {
        return;
      }
      samples++;
      onTop.merge(frames.getFirst(), 1, Integer::sum);
      ours.merge(
          frames.stream().filter(frame -> frame.startsWith(OURS)).findFirst().orElse("none"),
          1,
          Integer::sum);
    }

    private static String name(RecordedFrame frame) {
      return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    @Override
    public String toString() {
      return table("on top", onTop) + "\n" + table("the nearest of ours", ours);
    }

    private String table(String what, Map<String, Integer> counts) {
      StringBuilder text =
          new StringBuilder("| of %d samples | %s |%n|---|---|%n".formatted(samples, what));
      counts.entrySet().stream()
          .sorted(
              comparing((Map.Entry<String, Integer> count) -> -count.getValue())
                  .thenComparing(Map.Entry::getKey))
          .limit(MOST_FRAMES)
          .forEach(
              count ->
                  text.append(
                      "| %.1f %% | `%s` |%n"
                          .formatted(100.0 * count.getValue() / samples, count.getKey())));
      return text.toString();
    }
  }
}
