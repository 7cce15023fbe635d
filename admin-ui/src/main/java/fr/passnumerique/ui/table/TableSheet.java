package fr.passnumerique.ui.table;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * One page of a table, as its reader asked for it.
 *
 * @param rows of this page
 * @param address of the page that it stands on, without what is asked of the table
 * @param search empty if all rows are shown
 * @param sort as asked for; null for the order in which rows come
 * @param found rows that the search leaves
 * @param all rows
 * @param page from 1
 * @param previous address; null on the first page
 * @param next address; null on the last
 */
public record TableSheet<R>(
    List<R> rows,
    List<Heading> headings,
    String address,
    String search,
    @Nullable String sort,
    int found,
    int all,
    int page,
    int pages,
    @Nullable String previous,
    @Nullable String next) {

  /**
   * @param sorted {@code ascending} or {@code descending}, as {@code aria-sort} has it; null if the
   *     table is not sorted by this column
   * @param address that sorts by it, or turns the order round
   */
  public record Heading(String label, boolean number, @Nullable String sorted, String address) {}

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** What the form of a search keeps of the address, whose own parameters a browser drops. */
  public Map<String, String> kept() {
    return UriComponentsBuilder.fromUriString(address).build().getQueryParams().toSingleValueMap();
  }

  /** A search is offered where looking is work. */
  public boolean searchable() {
    return all > 7 || !search.isEmpty();
  }
}
