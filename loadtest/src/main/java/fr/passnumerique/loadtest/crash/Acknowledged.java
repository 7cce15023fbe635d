package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.peak.PreparedSlips.Presented;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the clients were told, as they were told it. Kept in a file, so that a run that is gone on
 * with still holds the ledger to what it acknowledged before.
 */
final class Acknowledged implements AutoCloseable {
  static final String FILE = "acknowledged";

  private final Map<Integer, Answer> answers = new HashMap<>();
  private final List<Answer> inOrder = new ArrayList<>();
  private final Faults faults;
  private final BufferedWriter out;

  /**
   * The answer to a slip.
   *
   * @param slip its number
   * @param position of its fact
   * @param cents owed for it
   * @param verdicts of its lines, in their order
   */
  record Answer(
      int slip, String venue, String reference, long position, long cents, List<String> verdicts) {
    Answer {
      verdicts = List.copyOf(verdicts);
    }

    /**
     * @param answer as the application gave it
     */
    static Answer heard(Presented slip, JsonNode answer) {
      List<String> verdicts = new ArrayList<>();
      answer.get("lines").forEach(line -> verdicts.add(line.get("verdict").stringValue()));
      return new Answer(
          slip.number(),
          slip.venue(),
          slip.reference(),
          answer.get("position").longValue(),
          answer.get("amountCents").longValue(),
          verdicts);
    }

    String line() {
      return "%d %s %s %d %d %s"
          .formatted(slip, venue, reference, position, cents, String.join(",", verdicts));
    }

    static Answer of(String line) {
      String[] parts = line.split(" ");
      return new Answer(
          Integer.parseInt(parts[0]),
          parts[1],
          parts[2],
          Long.parseLong(parts[3]),
          Long.parseLong(parts[4]),
          List.of(parts[5].split(",")));
    }

    String told() {
      return "slip %s of venue %s".formatted(reference, venue);
    }
  }

  private Acknowledged(Faults faults, List<String> before, BufferedWriter out) {
    this.faults = faults;
    this.out = out;
    before.forEach(
        line -> {
          Answer answer = Answer.of(line);
          if (answers.putIfAbsent(answer.slip(), answer) == null) {
            inOrder.add(answer);
          }
        });
  }

  /**
   * @param file made if it is not there; a last line that was cut short is left out, since its slip
   *     is sent again
   */
  static Acknowledged in(Path file, Faults faults) throws IOException {
    List<String> before = new ArrayList<>();
    if (Files.exists(file)) {
      String text = Files.readString(file);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      if (whole.length() < text.length()) {
        Files.writeString(file, whole);
      }
      whole.lines().forEach(before::add);
    }
    return new Acknowledged(
        faults,
        before,
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** How many an earlier run has kept in its directory. */
  static long kept(Path home) throws IOException {
    Path file = home.resolve(FILE);
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  /**
   * @return whether the slip is answered for the first time; another answer than the first is a
   *     fault
   */
  synchronized boolean add(Answer answer) {
    Answer first = answers.putIfAbsent(answer.slip(), answer);
    if (first != null) {
      if (!first.equals(answer)) {
        faults.add("%s was answered %s, and then %s", answer.told(), first, answer);
      }
      return false;
    }
    inOrder.add(answer);
    try {
      out.write(answer.line() + "\n");
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }

  synchronized boolean has(int slip) {
    return answers.containsKey(slip);
  }

  synchronized int size() {
    return answers.size();
  }

  synchronized List<Answer> all() {
    return List.copyOf(inOrder);
  }

  /**
   * @param known how many were known before
   */
  synchronized List<Answer> since(int known) {
    return List.copyOf(inOrder.subList(known, inOrder.size()));
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
