package fr.passnumerique.ui.frame;

import fr.passnumerique.clearing.access.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ways to the pages, by what people do. Each capability adds its own {@link Part} as a bean;
 * within a chapter they stand in the order of a cheque's life, as the pages are put together.
 */
public record Menu(List<Part> parts) {
  public Menu {
    parts = List.copyOf(parts);
  }

  /** What belongs together, in the menu's order. */
  public enum Chapter {
    HOME("Tableau de bord"),
    SLIPS("Lieux et bordereaux"),
    HAND_OUTS("Remises"),
    STOCK("Stock"),
    LOSSES("Pertes et vols"),
    CHEQUES("Chèques"),
    MONEY("Argent"),
    CONTROL("Contrôle"),
    ADMINISTRATION("Administration");

    private final String label;

    Chapter(String label) {
      this.label = label;
    }
  }

  /**
   * A page that stands in the menu.
   *
   * @param roles who may open it: the same as its handler permits
   */
  public record Entry(Chapter chapter, String path, String label, Set<Role> roles) {
    public static Entry of(Chapter chapter, String path, String label, Role... roles) {
      return new Entry(chapter, path, label, Set.of(roles));
    }
  }

  /** What one capability adds. */
  public record Part(List<Entry> entries) {
    public static Part of(Entry... entries) {
      return new Part(List.of(entries));
    }
  }

  /**
   * A chapter as a reader finds it; one with a single door is that door.
   *
   * @param current it leads to where the reader is
   */
  public record Shown(String label, List<Door> doors, boolean current) {}

  /** A way to another page. */
  public record Door(String path, String label, boolean current) {}

  public List<Entry> entries() {
    return parts.stream().flatMap(part -> part.entries().stream()).toList();
  }

  /**
   * @param here the path of the page that is shown
   */
  List<Shown> of(Role role, String here) {
    List<Entry> open = entries().stream().filter(entry -> entry.roles().contains(role)).toList();
    String at = leading(open, here);
    return Stream.of(Chapter.values())
        .map(
            chapter ->
                shown(
                    chapter,
                    open.stream()
                        .filter(entry -> entry.chapter() == chapter)
                        .map(
                            entry ->
                                new Door(
                                    entry.path(), entry.label(), Objects.equals(entry.path(), at)))
                        .toList()))
        .filter(shown -> !shown.doors().isEmpty())
        .toList();
  }

  private static Shown shown(Chapter chapter, List<Door> doors) {
    return new Shown(
        doors.size() == 1 ? doors.getFirst().label() : chapter.label,
        doors,
        doors.stream().anyMatch(Door::current));
  }

  /** The longest path that the page stands below: null if none does. */
  private static @Nullable String leading(List<Entry> open, String here) {
    return open.stream()
        .map(Entry::path)
        .filter(path -> here.equals(path) || !path.equals("/") && here.startsWith(path + "/"))
        .max(Comparator.comparingInt(String::length))
        .orElse(null);
  }
}
