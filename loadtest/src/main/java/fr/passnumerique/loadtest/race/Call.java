package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.issuance.Serial;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One call of one client, as the client saw it.
 *
 * @param client from 0
 * @param node that was asked
 * @param slip its reference; {@code -} for a check
 * @param cheques {@code Serial.key()} of each line, in order; -1 for a code that was never issued
 * @param invoked nanoseconds since the round began
 * @param answered the same; {@link #NEVER} if the client does not know what came of it
 * @param answer {@link #NONE} without one; else, of a slip, {@code NEW} or {@code AGAIN}, the
 *     position of its fact and a letter for each line: A accepted, R already redeemed, U another
 *     verdict. Of a withdrawal the same with L for a line that it releases and - for others. Of a
 *     check {@code LIVE} or {@code SPENT}. {@code REFUSED} and its code otherwise.
 */
record Call(
    int client,
    String node,
    Kind kind,
    String slip,
    List<Long> cheques,
    long invoked,
    long answered,
    String answer) {

  static final long NEVER = Long.MAX_VALUE;
  static final String NONE = "-";

  /** What was asked. */
  enum Kind {
    SUBMIT,
    /** Other lines under a reference that is used. */
    REUSE,
    WITHDRAW,
    /** Of one cheque, read from the node's registers. */
    CHECK
  }

  boolean isAnswered() {
    return answered != NEVER;
  }

  boolean isNew() {
    return answer.startsWith("NEW ");
  }

  boolean isAgain() {
    return answer.startsWith("AGAIN ");
  }

  /** What was recorded: position and letters. Only of one that is new or again. */
  String recorded() {
    return answer.substring(answer.indexOf(' ') + 1);
  }

  long position() {
    String recorded = recorded();
    return Long.parseLong(recorded.substring(0, recorded.indexOf(' ')));
  }

  /** What was told of one line. Only of one that is new or again. */
  char letter(int line) {
    return answer.charAt(answer.lastIndexOf(' ') + 1 + line);
  }

  /** Whether it is about a cheque or slip, named as a finding is. */
  boolean isOn(String object) {
    return object.equals("slip " + slip) ? kind != Kind.CHECK : !linesOf(object).isEmpty();
  }

  /**
   * What of it is about one object, so that it stands without the calls on others: of a cheque its
   * lines alone; of a slip the answer as it is, and no cheque by name.
   */
  Call about(String object) {
    if (object.equals("slip " + slip)) {
      return with(cheques.stream().map(_ -> -1L).toList(), answer);
    }
    List<Integer> lines = linesOf(object);
    return with(
        lines.stream().map(cheques::get).toList(),
        isNew() || isAgain()
            ? answer.substring(0, answer.lastIndexOf(' ') + 1)
                + lines.stream()
                    .map(line -> String.valueOf(letter(line)))
                    .collect(Collectors.joining())
            : answer);
  }

  private List<Integer> linesOf(String object) {
    return kind == Kind.REUSE
        ? List.of()
        : IntStream.range(0, cheques.size())
            .filter(line -> cheques.get(line) >= 0)
            .filter(line -> object.equals("cheque " + Serial.ofKey(cheques.get(line))))
            .boxed()
            .toList();
  }

  private Call with(List<Long> cheques, String answer) {
    return new Call(client, node, kind, slip, cheques, invoked, answered, answer);
  }

  /** One line of a history's file. */
  String written() {
    return String.join(
        "\t",
        String.valueOf(client),
        node,
        kind.name(),
        slip,
        cheques.stream().map(String::valueOf).collect(Collectors.joining(",")),
        String.valueOf(invoked),
        isAnswered() ? String.valueOf(answered) : NONE,
        answer);
  }

  static Call read(String line) {
    String[] columns = line.split("\t", -1);
    if (columns.length != 8) {
      throw new IllegalArgumentException("a call has eight columns, not: " + line);
    }
    return new Call(
        Integer.parseInt(columns[0]),
        columns[1],
        Kind.valueOf(columns[2]),
        columns[3],
        Arrays.stream(columns[4].split(",", -1)).map(Long::valueOf).toList(),
        Long.parseLong(columns[5]),
        columns[6].equals(NONE) ? NEVER : Long.parseLong(columns[6]),
        columns[7]);
  }
}
