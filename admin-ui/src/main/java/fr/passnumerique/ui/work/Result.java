package fr.passnumerique.ui.work;

import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.words.Trouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** What came of a work. */
public sealed interface Result {
  /**
   * @param answer the operation's own: name, type and how it may be kept stand in its headers
   */
  record File(ResponseEntity<byte[]> answer) implements Result {}

  /** It is recorded. */
  record Done(Deed.Done done) implements Result {}

  /**
   * It was read, nothing is recorded yet, and whoever asked for it says whether to.
   *
   * @param id of this one: what was not shown is not confirmed
   * @param trouble why it is asked once more; null the first time
   * @param next what is done then
   */
  record Question(String id, Effect effect, @Nullable Trouble trouble, Works.Task next)
      implements Result {
    static Question of(Effect effect, @Nullable Trouble trouble, Works.Task next) {
      return new Question(UUID.randomUUID().toString(), effect, trouble, next);
    }
  }
}
