package fr.passnumerique.loadtest.relay;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * One blow and what came of it.
 *
 * @param publishedMillis from the blow until the topic held a fact recorded after it
 * @param wholeMillis from the blow until topic and projections held all that was recorded by then
 * @param openTransaction whether the blow left a transaction that had begun and not ended
 * @param takeOverMillis of each projection that was active on a killed node: from the kill until
 *     its rows held a fact recorded after it
 */
record Cycle(
    Blow blow,
    long publishedMillis,
    long wholeMillis,
    boolean openTransaction,
    List<Long> takeOverMillis) {
  Cycle {
    takeOverMillis = List.copyOf(takeOverMillis);
  }

  /** A line of the state file. */
  String line() {
    return "%s %d %d %b %s"
        .formatted(
            blow,
            publishedMillis,
            wholeMillis,
            openTransaction,
            takeOverMillis.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(",", "[", "]")));
  }

  static Cycle of(String line) {
    String[] parts = line.split(" ");
    String takeOvers = parts[4].substring(1, parts[4].length() - 1);
    return new Cycle(
        Blow.valueOf(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Boolean.parseBoolean(parts[3]),
        (takeOvers.isEmpty()
                ? LongStream.empty()
                : Arrays.stream(takeOvers.split(",")).mapToLong(Long::parseLong))
            .boxed()
            .toList());
  }
}
