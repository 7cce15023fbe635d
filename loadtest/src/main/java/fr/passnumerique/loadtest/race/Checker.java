package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.loadtest.race.Linearizability.Result;
import fr.passnumerique.loadtest.race.Linearizability.Timed;
import fr.passnumerique.loadtest.race.Specification.Step;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks a history: linearizable for each cheque and for each slip. It knows what clients asked and
 * were told, and when, and nothing of the engine.
 *
 * <p>A check is a read of one node's registers. Where another node records too it may be behind: it
 * is held to be not behind any call that the same node had answered before it began, and not ahead
 * of its own end.
 */
final class Checker {
  private Checker() {}

  /**
   * An object whose calls cannot be put in an order.
   *
   * @param name of the cheque or slip
   * @param calls on it, by when they began
   */
  record Finding(String name, Result result, List<Call> calls) {
    String told() {
      return name
          + " "
          + (result == Result.GIVEN_UP
              ? "could not be decided"
              : "has no order of its calls that explains their answers")
          + calls.stream()
              .map(call -> "%n    %s".formatted(call.written()))
              .collect(Collectors.joining());
    }
  }

  /**
   * @param objects cheques and slips
   * @param calls each counted on every object that it is on
   */
  record Checked(int objects, int calls, List<Finding> findings) {}

  static Checked check(History history) {
    Map<String, List<On>> objects = new TreeMap<>();
    for (Call call : history.calls()) {
      if (call.kind() != Call.Kind.CHECK) {
        objects
            .computeIfAbsent("slip " + call.slip(), _ -> new ArrayList<>())
            .add(new On(call, wholeAnswer(call)));
      }
      for (int line = 0; line < call.cheques().size(); line++) {
        if (call.cheques().get(line) >= 0 && call.kind() != Call.Kind.REUSE) {
          objects
              .computeIfAbsent(
                  "cheque " + Serial.ofKey(call.cheques().get(line)), _ -> new ArrayList<>())
              .add(new On(call, answerOfLine(call, line)));
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    int calls = 0;
    for (Map.Entry<String, List<On>> object : objects.entrySet()) {
      List<On> on = withoutIdle(object.getValue());
      calls += on.size();
      Result result = check(object.getKey(), on, history.lagging());
      if (result != Result.LINEARIZABLE) {
        findings.add(new Finding(object.getKey(), result, on.stream().map(On::call).toList()));
      }
    }
    return new Checked(objects.size(), calls, findings);
  }

  /**
   * @param answer the part that is about the object; empty if there is none
   */
  private record On(Call call, String answer) {
    String effect() {
      return call.kind() + " " + call.slip();
    }
  }

  /**
   * Leaves out calls without an answer that change nothing in any order: those of a slip that
   * another call recorded, and of several the later ones, whose effect the first may have as well.
   */
  private static List<On> withoutIdle(List<On> all) {
    Set<String> done = new HashSet<>();
    all.stream()
        .filter(one -> one.call().isNew() || one.call().kind() == Call.Kind.REUSE)
        .forEach(one -> done.add(one.effect()));
    List<On> left = new ArrayList<>();
    all.stream()
        .sorted(Comparator.comparingLong(one -> one.call().invoked()))
        .filter(one -> one.call().isAnswered() || done.add(one.effect()))
        .forEach(left::add);
    return left;
  }

  private static String wholeAnswer(Call call) {
    if (!call.isAnswered()) {
      return "";
    }
    return call.isNew() || call.isAgain() ? call.recorded() : call.answer();
  }

  private static String answerOfLine(Call call, int line) {
    if (!call.isAnswered()) {
      return "";
    }
    return call.isNew() || call.isAgain() ? String.valueOf(call.letter(line)) : call.answer();
  }

  private static Result check(String name, List<On> on, List<String> lagging) {
    Map<String, Integer> slips = new LinkedHashMap<>();
    on.forEach(one -> slips.putIfAbsent(one.call().slip(), slips.size()));
    List<Timed> timed = new ArrayList<>();
    for (On one : on) {
      Call call = one.call();
      Integer slip = slips.get(call.slip());
      Step step = new Step(call.kind(), slip == null ? 0 : slip, call.isNew(), one.answer());
      BitSet after = new BitSet();
      long begun = call.invoked();
      if (call.kind() == Call.Kind.CHECK && lagging.contains(call.node())) {
        begun = 0;
        for (int i = 0; i < on.size(); i++) {
          Call earlier = on.get(i).call();
          if (earlier.node().equals(call.node()) && earlier.answered() < call.invoked()) {
            after.set(i);
            begun = Math.max(begun, earlier.invoked());
          }
        }
      }
      timed.add(new Timed(step, begun, call.answered(), after));
    }
    return Linearizability.of(
        name.startsWith("slip ") ? new SlipSpecification() : new ChequeSpecification(slips.size()),
        timed);
  }
}
