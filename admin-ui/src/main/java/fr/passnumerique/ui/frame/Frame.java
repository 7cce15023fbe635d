package fr.passnumerique.ui.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a page's contents.
 *
 * @param account who is logged in; null for nobody, and then there is no menu
 * @param role in French
 * @param position of the ledger's head
 */
record Frame(@Nullable String account, String role, List<Door> menu, long position) {

  /**
   * A way to another page.
   *
   * @param current it leads to where the reader is
   */
  record Door(String path, String label, boolean current) {}
}
