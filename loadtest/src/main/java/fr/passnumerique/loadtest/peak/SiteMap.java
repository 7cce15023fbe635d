package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Reader.Seen;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.nodes.Element;

/**
 * The pages that somebody comes to from the first by following links. Pages of one shape, as those
 * of a thousand cheques are, are looked at a few times each: a page that is added is found without
 * being named here.
 */
final class SiteMap {
  /** Of each shape, so that one that happens to be empty does not speak for the others. */
  private static final int OF_A_SHAPE = 3;

  private static final String FILES = "/api/";

  private final URI root;
  private final Map<String, List<String>> paths = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  private SiteMap(URI root) {
    this.root = root;
  }

  /**
   * @param root where the application answers
   * @param reader has logged in
   */
  static SiteMap of(URI root, Reader reader) throws IOException, InterruptedException {
    SiteMap map = new SiteMap(root);
    Deque<String> ahead = new ArrayDeque<>(List.of("/"));
    Set<String> known = new HashSet<>(ahead);
    Map<String, Integer> asked = new LinkedHashMap<>();
    while (!ahead.isEmpty()) {
      String path = ahead.remove();
      if (asked.merge(shape(path), 1, Integer::sum) > OF_A_SHAPE) {
        continue;
      }
      Seen seen = reader.see(path);
      for (String link : map.take(path, seen)) {
        if (known.add(link)) {
          ahead.add(link);
        }
      }
    }
    return map;
  }

  /** Keeps what is a page. */
  private List<String> take(String path, Seen seen) {
    if (seen.status() / 100 == 3) {
      return own(path, seen.location());
    }
    if (seen.status() != 200) {
      faults.add("%s is answered %d".formatted(path, seen.status()));
      return List.of();
    }
    if (!seen.isPage()) {
      return List.of();
    }
    paths.computeIfAbsent(shape(path), _ -> new ArrayList<>()).add(path);
    List<String> links = new ArrayList<>();
    for (Element link : seen.page().select("a[href]")) {
      links.addAll(own(path, link.attr("href")));
    }
    return links;
  }

  /**
   * Where a link leads to, if that may be a page: not files, which may be as long as the ledger.
   */
  private List<String> own(String from, String href) {
    URI to = root.resolve(from).resolve(href);
    if (!root.getAuthority().equals(to.getAuthority()) || to.getRawPath().startsWith(FILES)) {
      return List.of();
    }
    String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
    return List.of(to.getRawPath() + query);
  }

  /**
   * A path without what differs between pages of a kind: a segment with a digit is a name of
   * something, and of the query only the names stay.
   */
  static String shape(String path) {
    int mark = path.indexOf('?');
    StringBuilder shape = new StringBuilder();
    for (String segment : (mark < 0 ? path : path.substring(0, mark)).substring(1).split("/")) {
      shape.append('/').append(segment.matches(".*\\d.*") ? "…" : segment);
    }
    if (mark >= 0) {
      Set<String> names = new TreeSet<>();
      for (String parameter : path.substring(mark + 1).split("&")) {
        names.add(parameter.replaceFirst("=.*", ""));
      }
      shape.append('?').append(String.join("&", names));
    }
    return shape.toString();
  }

  /** Of each shape those that were found, in the order in which they were. */
  Map<String, List<String>> paths() {
    return paths;
  }

  /** Links that lead to no page. */
  List<String> faults() {
    return faults;
  }
}
