package fr.passnumerique.clearing.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObjectGraphTest {
  enum Colour {
    RED,
    BLUE
  }

  record Name(String value) {}

  record Told(Name name, long cents, Optional<Name> by, Colour colour, List<LocalDate> days) {}

  /** Known by who it is. */
  static final class Thing {
    private final Name name;
    private long cents;

    Thing(Name name) {
      this.name = name;
    }
  }

  static final class First {
    private final int days;
    private final Map<Name, Thing> things = new HashMap<>();
    private final Set<Thing> open = new LinkedHashSet<>();
    private final TreeMap<Long, Told> told = new TreeMap<>();
    private final BitSet bits = new BitSet();
    private long[] column = {};
    private int[] places = {};
    private char[] letters = {};
    private @Nullable Instant at;
    private final Inner inner = new Inner();
    private transient String cache = "of the process";

    First(int days) {
      this.days = days;
    }

    /** Points at the object that it is in. */
    final class Inner {
      private boolean touched;

      First outer() {
        return First.this;
      }
    }
  }

  static final class Second {
    private final List<Thing> shared = new ArrayList<>();
    private @Nullable Object other;
  }

  private final First first = new First(3);
  private final Second second = new Second();

  @Test
  void holdsAgainWhatItHeld() {
    Thing thing = new Thing(new Name("one"));
    thing.cents = 7;
    first.things.put(thing.name, thing);
    first.told.put(
        4L,
        new Told(
            thing.name,
            -3,
            Optional.of(new Name("clerk")),
            Colour.BLUE,
            List.of(LocalDate.of(2026, 3, 2))));
    first.bits.set(5);
    first.column = new long[100_000];
    first.column[99_999] = Long.MIN_VALUE;
    first.places = new int[] {1, -2};
    first.letters = new char[] {'a', '\uFFFF'};
    first.at = Instant.parse("2026-03-02T09:00:00.000001Z");
    first.inner.touched = true;

    First again = (First) restored(new First(3), new Second()).getFirst();

    assertThat(again.things).containsOnlyKeys(thing.name);
    assertThat(again.things.get(thing.name).cents).isEqualTo(7);
    assertThat(again.told).isEqualTo(first.told);
    assertThat(again.bits).isEqualTo(first.bits);
    assertThat(again.column).isEqualTo(first.column);
    assertThat(again.places).isEqualTo(first.places);
    assertThat(again.letters).isEqualTo(first.letters);
    assertThat(again.at).isEqualTo(first.at);
    assertThat(again.inner.touched).isTrue();
  }

  @Test
  void whatTwoShareIsSharedAgainAndWhatPointsAtThemPointsAtThem() {
    Thing thing = new Thing(new Name("one"));
    first.things.put(thing.name, thing);
    first.open.add(thing);
    second.shared.add(thing);
    second.other = first;

    List<?> again = restored(new First(3), new Second());

    First one = (First) again.getFirst();
    Second other = (Second) again.getLast();
    assertThat(other.shared.getFirst())
        .isSameAs(one.things.get(thing.name))
        .isSameAs(one.open.iterator().next());
    assertThat(other.other).isSameAs(one);
    assertThat(one.inner.outer()).isSameAs(one);
  }

  @Test
  void equalNamesAreOneObjectAfterwards() {
    first.told.put(1L, new Told(new Name("a"), 1, Optional.empty(), Colour.RED, List.of()));
    first.told.put(2L, new Told(new Name("a"), 2, Optional.empty(), Colour.RED, List.of()));

    First again = (First) restored(new First(3), new Second()).getFirst();

    assertThat(again.told.get(1L).name()).isSameAs(again.told.get(2L).name());
  }

  @Test
  void aTransientFieldStaysAsItIs() {
    first.cache = "of the other process";

    assertThat(((First) restored(new First(3), new Second()).getFirst()).cache)
        .isEqualTo("of the process");
  }

  @Test
  void nothingIsPutInBeforeAllIsRead() {
    first.at = Instant.EPOCH;
    First empty = new First(3);
    Runnable assignment =
        ObjectGraph.of(List.of(empty, new Second())).read(written(List.of(first, second)));

    assertThat(empty.at).isNull();
    assignment.run();
    assertThat(empty.at).isEqualTo(Instant.EPOCH);
  }

  @Test
  void settingsTellOneFromAnother() {
    byte[] three = ObjectGraph.of(List.of(new First(3))).bytes();

    assertThat(ObjectGraph.of(List.of(new First(3))).bytes()).isEqualTo(three);
    assertThat(ObjectGraph.of(List.of(new First(4))).bytes()).isNotEqualTo(three);
  }

  @Test
  void whatIsNoDataIsRefused() {
    for (Object none :
        List.of(
            new ReentrantLock(),
            (Runnable) () -> {},
            new Thread(() -> {}),
            new TreeMap<Name, Long>(Comparator.comparing(Name::value)),
            Collections.synchronizedList(new ArrayList<>()),
            Collections.checkedList(new ArrayList<>(), Object.class),
            Collections.newSetFromMap(new HashMap<>()),
            Collections.asLifoQueue(new ArrayDeque<>()),
            Collections.unmodifiableCollection(new HashMap<>().values()),
            new HashMap<>().keySet(),
            new TreeMap<Long, Long>().headMap(3L),
            new Cached(),
            new Object())) {
      second.other = none;
      assertThatThrownBy(() -> ObjectGraph.of(List.of(second)).bytes())
          .as("%s", none.getClass())
          .hasStackTraceContaining(NotDataException.class.getName());
    }
  }

  record Pointing(String name, List<Object> at) {}

  /** Of which there is one for all that say the same. */
  static final class Resolved {
    final List<Object> at = new ArrayList<>();

    Object readResolve() {
      return new Resolved();
    }
  }

  /** Such a one is made once all in it is read, so that nothing in it could point at it. */
  @Test
  void whatPointsAtWhatItIsInIsRefusedUnlessThatIsThereFirst() {
    List<Object> open = new ArrayList<>();
    Resolved resolved = new Resolved();
    resolved.at.add(resolved);
    for (Object none :
        List.of(
            new Pointing("a record", open),
            List.of(open),
            Set.of(open),
            Map.of(1L, open),
            Collections.unmodifiableList(new ArrayList<>(List.of(open))))) {
      open.clear();
      second.other = none;
      ObjectGraph.of(List.of(second)).bytes();
      open.add(none);
      isRefused(none);
    }
    isRefused(resolved);

    open.clear();
    open.add(open);
    second.other = open;
    Second again = (Second) restored(new First(3), new Second()).getLast();
    assertThat(((List<?>) again.other).getFirst()).isSameAs(again.other);
  }

  private void isRefused(Object none) {
    second.other = none;
    assertThatThrownBy(() -> ObjectGraph.of(List.of(second)).bytes())
        .as("%s", none.getClass())
        .hasStackTraceContaining("holds what points at it");
  }

  /** One that stands twice is no circle. */
  @Test
  void whatIsFinishedMayBePointedAtAgain() {
    Pointing twice = new Pointing("a record", new ArrayList<>());
    second.other = new Pointing("another", new ArrayList<>(List.of(twice, List.of(twice))));
    List<Object> at =
        ((Pointing) ((Second) restored(new First(3), new Second()).getLast()).other).at();
    assertThat(((List<?>) at.getLast()).getFirst()).isSameAs(at.getFirst());
  }

  private static final class Cached {
    private transient @Nullable Object cache;

    boolean isEmpty() {
      return cache == null;
    }
  }

  @Test
  void anObjectIsGivenNothingButSettings() {
    assertThatThrownBy(() -> ObjectGraph.of(List.of(new Given(second))))
        .isInstanceOf(NotDataException.class)
        .hasMessageContaining("no setting");
    assertThatThrownBy(() -> ObjectGraph.of(List.of((Runnable) () -> {})))
        .isInstanceOf(NotDataException.class);
  }

  private static final class Given {
    private final Object service;

    Given(Second service) {
      this.service = service;
    }

    @Override
    public String toString() {
      return service.toString();
    }
  }

  /** What {@link #first} and {@link #second} hold, in others. */
  private List<?> restored(First one, Second other) {
    ObjectGraph.of(List.of(one, other)).read(written(List.of(first, second))).run();
    return List.of(one, other);
  }

  private static ByteArrayInputStream written(List<?> roots) {
    return new ByteArrayInputStream(ObjectGraph.of(roots).bytes());
  }
}
