package fr.passnumerique.loadtest.crash;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One kill and what came of it.
 *
 * @param acknowledged slips answered for the first time in this cycle
 * @param silentMillis the longest time without an answer to a slip from the kill until slips were
 *     taken as before: where nothing answers any more, the time to the first slip accepted
 * @param wholeMillis from the kill until topic and projections held all that was recorded by then
 * @param lost requests that ended without an answer
 * @param refused requests answered 503 or 429: later
 * @param givenUp requests that the client gave up before the answer
 * @param recordedUnheard slips that were recorded though no answer had come: the next one said so
 * @param endedByItself starts of the application that ended without a kill: it refuses to start
 *     where PostgreSQL is not back yet
 * @param cuts connections to PostgreSQL that were cut
 * @param othersEnded ends of PostgreSQL and broker that nobody had killed
 * @param refusals those refused, by the code that said why
 * @param appendsCut of the connections cut, those that were recording slips
 */
record Cycle(
    Blow blow,
    int acknowledged,
    long silentMillis,
    long wholeMillis,
    int lost,
    int refused,
    int givenUp,
    int recordedUnheard,
    int endedByItself,
    int cuts,
    int othersEnded,
    Map<String, Integer> refusals,
    AppendsCut appendsCut) {
  Cycle {
    refusals = Map.copyOf(refusals);
  }

  private static final String NONE = "-";

  /** A line of the state file. */
  String line() {
    return "%s %d %d %d %d %d %d %d %d %d %d %s %s"
        .formatted(
            blow,
            acknowledged,
            silentMillis,
            wholeMillis,
            lost,
            refused,
            givenUp,
            recordedUnheard,
            endedByItself,
            cuts,
            othersEnded,
            word(refusals),
            appendsCut.word());
  }

  static Cycle of(String line) {
    String[] parts = line.split(" ");
    return new Cycle(
        Blow.valueOf(parts[0]),
        Integer.parseInt(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Integer.parseInt(parts[4]),
        Integer.parseInt(parts[5]),
        Integer.parseInt(parts[6]),
        Integer.parseInt(parts[7]),
        Integer.parseInt(parts[8]),
        Integer.parseInt(parts[9]),
        Integer.parseInt(parts[10]),
        refusals(parts[11]),
        AppendsCut.of(parts[12]));
  }

  private static String word(Map<String, Integer> refusals) {
    return refusals.isEmpty()
        ? NONE
        : refusals.entrySet().stream()
            .map(refusal -> refusal.getKey() + "=" + refusal.getValue())
            .collect(Collectors.joining(","));
  }

  private static Map<String, Integer> refusals(String word) {
    Map<String, Integer> refusals = new HashMap<>();
    if (!word.equals(NONE)) {
      for (String refusal : word.split(",")) {
        String[] parts = refusal.split("=");
        refusals.put(parts[0], Integer.valueOf(parts[1]));
      }
    }
    return refusals;
  }

  String told() {
    return "%-27s %4d slips acknowledged, silent for %5d ms, all whole after %5d ms; answers lost %d, given up %d, refused %d, recorded unheard %d"
        .formatted(
            blow, acknowledged, silentMillis, wholeMillis, lost, givenUp, refused, recordedUnheard);
  }
}
