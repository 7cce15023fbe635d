package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.loadtest.model.Action;
import fr.passnumerique.loadtest.model.Reversing;
import fr.passnumerique.loadtest.model.Settling;
import fr.passnumerique.loadtest.model.Told;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each action was answered how: what stories are made of. */
final class Tally {
  private final Map<String, Map<String, Integer>> answers = new TreeMap<>();

  void count(Action action, Told told) {
    String kind = action.getClass().getSimpleName();
    String answer = told.accepted() ? told.again() ? "again" : "done" : told.refused();
    add(kind, answer, 1);
    boolean opened = action instanceof Action.OpenRun || action instanceof Settling.OpenRunFor;
    if (opened && answer.equals("done")) {
      for (String part : List.of("netted", "carried", "doubted", "with none", "unpayable=[]")) {
        add("a run", part, told.answer().contains(part) ? 1 : 0);
      }
    }
    if (action instanceof Action.SubmitSlip && answer.equals("done")) {
      for (String verdict : told.answer().split(" ")) {
        add("a line", verdict.replaceAll("@.*", ""), 1);
      }
    }
    if (action instanceof Action.MatchEntry match && answer.equals("done")) {
      add("an explanation", match.kind(), 1);
    }
    if (action instanceof Reversing.DecideContest && told.answer().startsWith("LIFTED")) {
      String[] cents = told.answer().split(" ");
      boolean owed = !cents[1].equals("0");
      add("a lift", owed ? cents[2].equals("0") ? "owed again" : "owed in part" : "forgiven", 1);
    }
    if (action instanceof Action.ImportFile && !told.answer().isEmpty()) {
      for (String one : told.answer().split(" ")) {
        add("a booking", kindOf(one), 1);
      }
    }
  }

  /** The same without names. */
  private static String kindOf(String told) {
    return told.startsWith("UNMATCHED") ? told : told.replaceAll(":.*", "");
  }

  private void add(String kind, String answer, int times) {
    answers.computeIfAbsent(kind, _ -> new TreeMap<>()).merge(answer, times, Integer::sum);
  }

  void add(Tally other) {
    other.answers.forEach((kind, of) -> of.forEach((answer, times) -> add(kind, answer, times)));
  }

  int of(String kind, String answer) {
    return answers.getOrDefault(kind, Map.of()).getOrDefault(answer, 0);
  }

  private int sum(boolean accepted) {
    int sum = 0;
    for (Map.Entry<String, Map<String, Integer>> kind : answers.entrySet()) {
      if (!kind.getKey().startsWith("a ")) {
        for (Map.Entry<String, Integer> answer : kind.getValue().entrySet()) {
          boolean done = answer.getKey().equals("done") || answer.getKey().equals("again");
          sum += done == accepted ? answer.getValue() : 0;
        }
      }
    }
    return sum;
  }

  int accepted() {
    return sum(true);
  }

  int refused() {
    return sum(false);
  }

  void print(PrintWriter out) {
    answers.forEach((kind, of) -> out.printf("%-18s %s%n", kind, of));
  }
}
