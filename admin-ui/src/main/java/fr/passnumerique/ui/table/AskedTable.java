package fr.passnumerique.ui.table;

import org.jspecify.annotations.Nullable;

/**
 * How a reader wants the one table of a page, as its address says it; null leaves it as it comes.
 * Bound as a {@code @ModelAttribute}, it is known to the page as three parameters.
 *
 * @param tri key of a column, after a minus for the highest first
 * @param cherche words that a row must hold, all of them, in any case and with or without accents
 * @param page from 1
 */
public record AskedTable(@Nullable String tri, @Nullable String cherche, @Nullable Integer page) {
  public static final AskedTable AS_IT_COMES = new AskedTable(null, null, null);
}
