package fr.passnumerique.loadtest.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.loadtest.pages.Reader.Seen;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The pages that somebody comes to from the first by following links and sending forms that only
 * ask. Pages of one shape, as those of a thousand cheques are, are looked at a few times each: a
 * page that is added is found without being named here.
 */
final class SiteMap {
  /** What a page says to who has to show a second factor first. */
  private static final String FACTOR = "Un second facteur est demandé";

  private static final String FILES = "/api/";

  /** Begins many names, so that what is looked for is found. */
  private static final String TYPED = "a";

  private final URI root;
  private final Map<String, List<String>> paths = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  /** What forms lead to: each is looked at, but the same form on it is not sent again. */
  private final Set<String> answers = new HashSet<>();

  private SiteMap(URI root) {
    this.root = root;
  }

  /**
   * @param root where the application answers
   * @param reader has logged in, with a password alone
   * @param ofAShape how many at most, so that one that happens to be empty does not speak for the
   *     others
   * @param answers of a shape, to forms, at most
   */
  static SiteMap of(URI root, Reader reader, int ofAShape, int answers)
      throws IOException, InterruptedException {
    SiteMap map = new SiteMap(root);
    Deque<String> ahead = new ArrayDeque<>(List.of("/"));
    Set<String> known = new HashSet<>(ahead);
    Map<String, Integer> asked = new HashMap<>();
    Map<String, Integer> answered = new HashMap<>();
    while (!ahead.isEmpty()) {
      String path = ahead.remove();
      boolean answer = map.answers.contains(path);
      if ((answer ? answered : asked).merge(shape(path), 1, Integer::sum)
          > (answer ? answers : ofAShape)) {
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
    boolean answer = answers.contains(path);
    if (answer && seen.status() / 100 == 4) {
      // A letter is not everybody's date or number, and is refused.
      return List.of();
    }
    if (seen.status() == 403 && new String(seen.body(), UTF_8).contains(FACTOR)) {
      return List.of();
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
    if (!answer) {
      for (String asked : forms(seen.page())) {
        for (String to : own(path, asked)) {
          answers.add(to);
          links.add(to);
        }
      }
    }
    return links;
  }

  /**
   * The addresses that forms lead to which change nothing: as they stand, with each choice of each
   * list, and with a letter in each text.
   */
  static List<String> forms(Document page) {
    List<String> addresses = new ArrayList<>();
    for (Element form : page.select("form[method=get], form:not([method])")) {
      addresses.add(address(form, null, ""));
      for (Element list : form.select("select[name]")) {
        list.select("option").forEach(option -> addresses.add(address(form, list, option.val())));
      }
      for (Element text : form.select("input[type=text], input[type=search], input:not([type])")) {
        addresses.add(address(form, text, TYPED));
      }
    }
    return addresses.stream().distinct().toList();
  }

  /**
   * @param changed the field that somebody fills in; null if none
   */
  private static String address(Element form, @Nullable Element changed, String value) {
    // An empty action is the page itself, without its query.
    String query =
        form.select("input[name], select[name], textarea[name]").stream()
            .filter(field -> sent(field) || field == changed)
            .map(field -> pair(field.attr("name"), field == changed ? value : chosen(field)))
            .collect(Collectors.joining("&"));
    return form.attr("action").replaceFirst("[?#].*", "") + "?" + query;
  }

  private static boolean sent(Element field) {
    return switch (field.attr("type")) {
      case "checkbox", "radio" -> field.hasAttr("checked");
      case "submit", "button", "reset", "file" -> false;
      default -> !field.hasAttr("disabled");
    };
  }

  private static String chosen(Element field) {
    if (!field.normalName().equals("select")) {
      return field.val();
    }
    Element option = field.selectFirst("option[selected]");
    Element first = option == null ? field.selectFirst("option") : option;
    return first == null ? "" : first.val();
  }

  private static String pair(String name, String value) {
    return URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);
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
