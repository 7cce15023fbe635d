package fr.passnumerique.ui.deed;

import java.util.ArrayList;
import java.util.List;

/**
 * What an operation would do, as its dry run tells it, in French: what is confirmed is what stands
 * here, word for word.
 *
 * @param button what the person does: a verb and its object
 * @param afterwards who has to act next, or what follows by itself; empty for nothing
 * @param danger it cannot be taken back
 * @param already it was done before: nothing is left to confirm
 */
public record Effect(
    String button, List<Line> lines, String afterwards, boolean danger, boolean already) {
  /** One thing that it comes to. */
  public record Line(String label, String words) {}

  public Effect {
    lines = List.copyOf(lines);
  }

  public static Effect of(String button) {
    return new Effect(button, List.of(), "", false, false);
  }

  public Effect line(String label, String words) {
    List<Line> more = new ArrayList<>(lines);
    more.add(new Line(label, words));
    return new Effect(button, more, afterwards, danger, already);
  }

  /** The same line, where there is something to say. */
  public Effect lineIf(boolean said, String label, String words) {
    return said ? line(label, words) : this;
  }

  public Effect afterwards(String words) {
    return new Effect(button, lines, words, danger, already);
  }

  public Effect dangerous() {
    return new Effect(button, lines, afterwards, true, already);
  }

  public Effect already(boolean done) {
    return new Effect(button, lines, afterwards, danger, done);
  }
}
