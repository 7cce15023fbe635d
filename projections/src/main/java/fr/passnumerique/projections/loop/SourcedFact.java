package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.ledger.RecordedFact;

/**
 * A fact and where its source goes on after it.
 *
 * @param nextOffset in a topic; {@link Bookmark#NO_OFFSET} from the ledger itself
 */
public record SourcedFact(RecordedFact recorded, long nextOffset) {
  public long position() {
    return recorded.position();
  }

  public Bookmark bookmark() {
    return new Bookmark(position(), nextOffset);
  }
}
