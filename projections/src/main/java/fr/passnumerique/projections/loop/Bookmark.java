package fr.passnumerique.projections.loop;

/**
 * How far a projection has read.
 *
 * @param position of the last fact it has taken, 0 before the first
 * @param offset where the next fact lies in a topic; {@link #NO_OFFSET} if it was never read from
 *     one. Not the position: markers of transactions count as well.
 */
public record Bookmark(long position, long offset) {
  public static final long NO_OFFSET = -1;
}
