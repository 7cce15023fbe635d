package fr.passnumerique.clearing.notices;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Page;
import fr.passnumerique.clearing.ledger.ReadLock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what somebody was notified of, and notes what of it is seen. */
public final class NoticeQuery {
  private final NoticeRegister register;
  private final SeenNotices seen;
  private final ReadLock registers;

  NoticeQuery(NoticeRegister register, SeenNotices seen, ReadLock registers) {
    this.register = register;
    this.seen = seen;
    this.registers = registers;
  }

  /**
   * How many of its notices an account has not seen: from memory, and one row by its key for
   * somebody who has any.
   */
  public int unseen(Actor actor) {
    List<Notice> notices = of(actor);
    return notices.isEmpty() ? 0 : unseen(notices, seen.until(actor.account()));
  }

  private static int unseen(List<Notice> notices, long until) {
    return (int) notices.stream().filter(notice -> notice.position() > until).count();
  }

  /**
   * @param newest position of the newest; 0 if there is none
   */
  record Read(Page<Notice> page, long seenUntil, int unseen, long newest) {}

  /**
   * @param after what the page before names as next; null for the first page
   * @param limit at least 1
   * @throws fr.passnumerique.clearing.http.Problem INVALID_PARAMETER if no page names {@code after}
   */
  Read read(Actor actor, @Nullable String after, int limit) {
    NoticePlace last = after == null ? null : NoticePlace.read(after);
    List<Notice> notices = of(actor);
    long until = seen.until(actor.account());
    return new Read(
        Page.of(notices, NoticePlace::of, last, limit),
        until,
        unseen(notices, until),
        notices.isEmpty() ? 0 : notices.getLast().position());
  }

  /**
   * Up to a position all are seen; a position that is not reached yet is none that was looked at,
   * so that no more than the newest is noted.
   */
  Read markSeen(Actor actor, long until) {
    List<Notice> notices = of(actor);
    if (!notices.isEmpty()) {
      seen.mark(actor.account(), Math.clamp(until, 0, notices.getLast().position()));
    }
    return read(actor, null, 1);
  }

  /** The subject's, in the order of the ledger, but for what the account itself did. */
  private List<Notice> of(Actor actor) {
    return registers.read(
        () ->
            register.of(Reader.of(actor)).stream()
                .filter(notice -> notice.by().filter(actor.account()::equals).isEmpty())
                .toList());
  }
}
