package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.crash.Acknowledged.Answer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether a restored ledger is the one that was lost, as it stood at an instant. */
final class Restored {
  private Restored() {}

  /**
   * @param restored as it stands before anything is recorded anew
   * @param lost read to its end before it was lost
   * @param before what was acknowledged before the instant
   */
  static void hold(
      Recorded restored, Recorded lost, List<Answer> before, Instant instant, Faults faults) {
    restored.hold(before);
    if (restored.recordedAt().isAfter(instant)) {
      faults.add(
          "position %d is restored and was recorded at %s, after %s",
          restored.position(), restored.recordedAt(), instant);
    }
    if (restored.position() >= lost.position()) {
      faults.add(
          "the ledger was lost at position %d and is restored up to %d: nothing came after the"
              + " instant",
          lost.position(), restored.position());
    } else if (restored.position() == 0
        || !Arrays.equals(restored.hashAt(restored.position()), lost.hashAt(restored.position()))) {
      faults.add(
          "the restored ledger ends at position %d with another fact than the lost one had there",
          restored.position());
    }
  }

  /**
   * What was lost and sent again is answered as before, but for where it is recorded.
   *
   * @param head up to which was restored
   * @return how many were recorded there: their answer alone had come after the instant
   */
  static long holdSentAgain(List<Answer> lost, List<Answer> again, long head, Faults faults) {
    long there = 0;
    Map<Integer, Answer> answers = new HashMap<>();
    again.forEach(answer -> answers.put(answer.slip(), answer));
    for (Answer first : lost) {
      Answer second = answers.get(first.slip());
      if (second == null) {
        faults.add("%s was acknowledged after the instant and is not again", first.told());
      } else if (first.cents() != second.cents() || !first.verdicts().equals(second.verdicts())) {
        faults.add("%s was acknowledged as %s, and again as %s", first.told(), first, second);
      } else if (second.position() <= head) {
        there++;
      }
    }
    return there;
  }
}
