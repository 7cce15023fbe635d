package fr.passnumerique.loadtest.race;

import org.jspecify.annotations.Nullable;

/** What one object may answer, called by one client after the other. */
interface Specification {
  /** Before anything was asked of it. */
  String initial();

  /**
   * One call on it, at once and alone.
   *
   * @param call one without an answer may have been answered anything
   * @return the state after it; null if it cannot be answered so in this state
   */
  @Nullable String after(String state, Step call);

  /**
   * A call as this object sees it.
   *
   * @param slip number of the slip, counted from 0 among those of this object
   * @param answer the part of the answer that is about this object; empty if it is not known
   */
  record Step(Call.Kind kind, int slip, boolean isNew, String answer) {
    boolean isAnswered() {
      return !answer.isEmpty();
    }
  }
}
