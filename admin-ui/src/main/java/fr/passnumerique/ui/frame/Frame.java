package fr.passnumerique.ui.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a page's contents.
 *
 * @param account who is logged in; null for nobody, and then there is no menu
 * @param role in French
 * @param unseen how many notifications are new to them
 * @param position of the ledger's head
 * @param live as of what a page that renews itself was made; null for any other
 */
record Frame(
    @Nullable String account,
    String role,
    List<Menu.Shown> menu,
    int unseen,
    long position,
    @Nullable String live) {}
