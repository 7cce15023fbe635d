import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints what {@code -Pmutation} found, a line for each capability and one for the whole, and what
 * survived. Ends with 1 if less than the threshold is killed of any.
 *
 * <p>Stricter than the tool's own figure, which takes any change that broke the tool for noticed:
 * only a test that failed, and one that did not end, has killed.
 */
final class MutationTable {
  private record Line(String name, int changes, int killed, int endless) {
    long percent() {
      return changes == 0 ? 0 : 100L * (killed + endless) / changes;
    }

    Line plus(Line other) {
      return new Line(
          name, changes + other.changes, killed + other.killed, endless + other.endless);
    }

    @Override
    public String toString() {
      return "%-14s %7d %7d %8d %9d %5d %%"
          .formatted(name, changes, killed, endless, changes - killed - endless, percent());
    }
  }

  private MutationTable() {}

  public static void main(String[] args) throws Exception {
    long threshold = Long.parseLong(args[1]);
    Line whole = new Line("whole", 0, 0, 0);
    boolean enough = true;
    List<String> survivors = new ArrayList<>();
    System.out.println("capability     changes  killed  endless  survived  killed");
    for (Path report : reports(Path.of(args[0]))) {
      Line line = read(report, survivors);
      System.out.println(line);
      enough &= line.percent() >= threshold;
      whole = whole.plus(line);
    }
    System.out.println(whole);
    survivors.forEach(System.out::println);
    if (!enough) {
      System.out.println("less than " + threshold + " % is killed");
      System.exit(1);
    }
  }

  private static List<Path> reports(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .map(child -> child.resolve("mutations.xml"))
          .filter(Files::exists)
          .sorted()
          .toList();
    }
  }

  private static Line read(Path report, List<String> survivors) throws Exception {
    Line line = new Line(report.getParent().getFileName().toString(), 0, 0, 0);
    NodeList changes =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("mutation");
    for (int i = 0; i < changes.getLength(); i++) {
      Element change = (Element) changes.item(i);
      String status = change.getAttribute("status");
      int killed = status.equals("KILLED") ? 1 : 0;
      int endless = status.equals("TIMED_OUT") ? 1 : 0;
      line = line.plus(new Line("", 1, killed, endless));
      if (killed + endless == 0) {
        survivors.add(
            "%s: %s.%s line %s: %s"
                .formatted(
                    status.toLowerCase(Locale.ROOT),
                    text(change, "mutatedClass").replaceFirst("^.*\\.clearing\\.", ""),
                    text(change, "mutatedMethod"),
                    text(change, "lineNumber"),
                    text(change, "description")));
      }
    }
    return line;
  }

  private static String text(Element change, String name) {
    return change.getElementsByTagName(name).item(0).getTextContent();
  }
}
