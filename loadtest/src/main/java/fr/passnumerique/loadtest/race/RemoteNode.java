package fr.passnumerique.loadtest.race;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.loadtest.race.Script.Slip;
import fr.passnumerique.projections.broker.JavaProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A node in a process of its own, which can be killed and frozen. One line asks, one line answers,
 * under a number, in any order; others tell what the process alone knows of itself.
 */
final class RemoteNode implements Asked {
  static final String READY = "ready";
  static final String UNAVAILABLE = "unavailable";
  static final String FAILED = "failed ";

  /** Said once, with the reason, before the first answer that the node gives since. */
  static final String STOPPED = "stopped ";

  /** Said as they befall it, since a count would die with the process. */
  static final String LOST_STATEMENT = "lost statement";

  static final String LOST_ANSWER = "lost answer";

  /** Between what a question is made of. */
  static final String BETWEEN = "\t";

  private static final String MAIN = "fr.passnumerique.loadtest.Loadtest";

  /** Shorter than a node is frozen: its client has turned to the other by then. */
  private static final long PATIENCE_MILLIS = 800;

  private static final long START_SECONDS = 60;

  private final String name;
  private final Process process;
  private final Disturbance.Counts counts;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private volatile boolean dead;

  /** By this side: whoever is dead without it ended by itself. */
  private volatile boolean struck;

  private volatile String stopped = "";

  /**
   * @param process that speaks as {@link RaceNodeProcess} does
   */
  RemoteNode(String name, Process process, Disturbance.Counts counts) {
    this.name = name;
    this.process = process;
    this.counts = counts;
    Thread.ofPlatform().daemon().name("of-" + name).start(this::listen);
  }

  /**
   * @param settings of its database, as {@link RaceNodeProcess} reads them
   * @param seed of what befalls it
   * @param counts to which is added what does
   */
  static RemoteNode start(
      String name, Path settings, Path log, boolean elected, long seed, Disturbance.Counts counts)
      throws IOException {
    return new RemoteNode(
        name,
        new ProcessBuilder(
                JavaProgram.on(System.getProperty("java.class.path"))
                    .command(
                        JavaProgram.forMinutes("-Xmx256m"),
                        MAIN,
                        List.of(
                            "race-node",
                            settings.toString(),
                            name,
                            String.valueOf(elected),
                            "--",
                            String.valueOf(seed))))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        counts);
  }

  void awaitReady() throws InterruptedException {
    try {
      ready.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("node %s does not start".formatted(name), e);
    }
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        hear(line);
      }
    } catch (IOException | UncheckedIOException | NumberFormatException e) {
      // It was killed, perhaps in the middle of a line.
    }
    dead = true;
    asked.values().forEach(answer -> answer.complete(UNAVAILABLE));
    ready.completeExceptionally(new IllegalStateException("it ended"));
  }

  private void hear(String line) {
    switch (line) {
      case READY -> ready.complete(null);
      case LOST_STATEMENT -> counts.lostStatement();
      case LOST_ANSWER -> counts.lostAnswer();
      case String why when why.startsWith(STOPPED) -> stopped = why.substring(STOPPED.length());
      default -> {
        int space = line.indexOf(' ');
        CompletableFuture<String> answer =
            asked.remove(Long.parseLong(line.substring(0, Math.max(0, space))));
        if (answer != null) {
          answer.complete(line.substring(space + 1));
        }
      }
    }
  }

  private String ask(String... question) {
    long number = numbers.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    asked.put(number, answer);
    String told;
    try {
      synchronized (this) {
        process.outputWriter(UTF_8).write(number + BETWEEN + String.join(BETWEEN, question) + "\n");
        process.outputWriter(UTF_8).flush();
      }
      told = dead ? UNAVAILABLE : answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IOException | TimeoutException e) {
      throw new LedgerUnavailableException("node %s does not answer".formatted(name), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    if (told.equals(UNAVAILABLE)) {
      throw new LedgerUnavailableException("node %s cannot tell".formatted(name));
    }
    if (told.startsWith(FAILED)) {
      throw new IllegalStateException(told);
    }
    return told;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String submit(Slip slip) {
    return ask(
        "SUBMIT",
        slip.reference(),
        slip.place().venue().value(),
        slip.place().pointOfService().value(),
        slip.place().service(),
        slip.lines().getFirst().servedOn().toString(),
        slip.lines().stream()
            .map(line -> line.cheque().printed())
            .collect(Collectors.joining(",")));
  }

  @Override
  public String withdraw(long position, List<Long> cheques) {
    return ask(
        "WITHDRAW",
        String.valueOf(position),
        cheques.stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  @Override
  public String check(ChequeCode code) {
    return ask("CHECK", code.printed());
  }

  @Override
  public boolean isStopped() {
    return !stopReason().isEmpty();
  }

  @Override
  public boolean isKilled() {
    return dead && struck;
  }

  @Override
  public String stopReason() {
    return !stopped.isEmpty() ? stopped : dead && !struck ? "its process ended by itself" : "";
  }

  /** As {@code kill -9}. */
  void kill() {
    struck = true;
    process.destroyForcibly();
  }

  void freeze() {
    signal("STOP");
  }

  void wake() {
    signal("CONT");
  }

  /** Java has no way to send these. */
  private void signal(String signal) {
    try {
      var _ =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
    process.onExit().join();
  }
}
