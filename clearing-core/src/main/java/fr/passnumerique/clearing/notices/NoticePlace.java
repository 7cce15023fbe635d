package fr.passnumerique.clearing.notices;

import fr.passnumerique.clearing.http.Page;
import java.util.Comparator;

/** Where a notice stands in a list of them: the newest first. */
record NoticePlace(long position, NoticeKind kind, String about)
    implements Comparable<NoticePlace> {
  private static final Comparator<NoticePlace> ORDER =
      Comparator.comparing(NoticePlace::position)
          .reversed()
          .thenComparing(NoticePlace::kind)
          .thenComparing(NoticePlace::about);

  static NoticePlace of(Notice notice) {
    return new NoticePlace(notice.position(), notice.kind(), notice.about());
  }

  /**
   * @throws fr.passnumerique.clearing.http.Problem INVALID_PARAMETER if it is no place
   */
  static NoticePlace read(String text) {
    String[] parts = text.split("~", 3);
    if (parts.length != 3) {
      throw Page.notNamed(text);
    }
    try {
      return new NoticePlace(Long.parseLong(parts[0]), NoticeKind.valueOf(parts[1]), parts[2]);
    } catch (IllegalArgumentException _) {
      throw Page.notNamed(text);
    }
  }

  @Override
  public int compareTo(NoticePlace other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return position + "~" + kind + "~" + about;
  }
}
