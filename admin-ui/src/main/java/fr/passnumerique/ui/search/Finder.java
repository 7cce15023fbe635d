package fr.passnumerique.ui.search;

import fr.passnumerique.clearing.access.Actor;
import java.util.stream.Stream;

/**
 * Finds things of one capability by what is printed of them. Each is looked up by its key or by an
 * index, never by going through all; what is not the reader's is as if it were not.
 */
public interface Finder {
  /** More than this of one kind help nobody to choose. */
  int MOST = 10;

  /**
   * @param typed without blanks at its ends; whatever anybody may type
   * @return those that have a page for the reader; of one kind one more than {@link #MOST}, if
   *     there are more
   */
  Stream<Found> find(String typed, Actor reader);
}
