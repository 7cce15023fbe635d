package fr.passnumerique.loadtest.simulator;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether two objects hold the same all the way down, by reflection and so without a word of
 * theirs: the same values in the same places, and one and the same object wherever the other has
 * one and the same.
 */
final class SameGraph {
  private static final String OURS = "fr.passnumerique.";

  private final Map<Object, Object> partners = new IdentityHashMap<>();
  private final Map<Object, Object> partnersBack = new IdentityHashMap<>();

  /** How many objects were compared. */
  int size() {
    return partners.size();
  }

  /**
   * @param path for the message
   * @return what differs; empty if nothing does
   */
  Optional<String> difference(String path, @Nullable Object one, @Nullable Object other) {
    if (one == null || other == null) {
      return one == other ? Optional.empty() : differ(path, one, other);
    }
    if (one instanceof Map<?, ?> some && other instanceof Map<?, ?> others) {
      return meet(path, one, other).orElseGet(() -> maps(path, some, others));
    }
    if (one instanceof Set<?> some && other instanceof Set<?> others) {
      return meet(path, one, other).orElseGet(() -> sets(path, some, others));
    }
    if (one instanceof List<?> some && other instanceof List<?> others) {
      return meet(path, one, other).orElseGet(() -> inOrder(path, some, others));
    }
    if (one.getClass() != other.getClass()) {
      return differ(path, one.getClass(), other.getClass());
    }
    if (one instanceof Optional<?> some && other instanceof Optional<?> others) {
      return difference(path, some.orElse(null), others.orElse(null));
    }
    if (one.getClass().isArray()) {
      return meet(path, one, other).orElseGet(() -> arrays(path, one, other));
    }
    if (one.getClass().getName().startsWith(OURS) && !(one instanceof Enum)) {
      return meet(path, one, other).orElseGet(() -> fields(path, one, other));
    }
    return one.equals(other) ? Optional.empty() : differ(path, one, other);
  }

  /** Empty if these two have not met before, and what they hold is to be compared. */
  private Optional<Optional<String>> meet(String path, Object one, Object other) {
    Object before = partners.get(one);
    if (before == other) {
      return Optional.of(Optional.empty());
    }
    if (isItself(one) && (before != null || partnersBack.containsKey(other))) {
      return Optional.of(
          Optional.of(path + " is one object here, and not the same one there as elsewhere"));
    }
    partners.put(one, other);
    partnersBack.put(other, one);
    return Optional.empty();
  }

  /**
   * Which of two equal ones it is matters: it can change. Not of lists: those of a fact that was
   * decided here are those of the facts that it was decided by, those of a fact that was read its
   * own, and nobody changes either.
   */
  private static boolean isItself(Object object) {
    String name = object.getClass().getName();
    return !object.getClass().isRecord()
        && !(object instanceof List)
        && !name.startsWith("java.util.ImmutableCollections")
        && !(object.getClass().isArray() && Array.getLength(object) == 0);
  }

  private Optional<String> fields(String path, Object one, Object other) {
    for (Class<?> type = one.getClass(); type != Object.class; type = type.getSuperclass()) {
      if (type == Record.class) {
        break;
      }
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) {
          continue;
        }
        try {
          field.setAccessible(true);
          Optional<String> found =
              difference(path + "." + field.getName(), field.get(one), field.get(other));
          if (found.isPresent()) {
            return found;
          }
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> arrays(String path, Object one, Object other) {
    int length = Array.getLength(one);
    if (length != Array.getLength(other)) {
      return differ(path + ".length", length, Array.getLength(other));
    }
    for (int i = 0; i < length; i++) {
      Optional<String> found =
          difference(path + "[" + i + "]", Array.get(one, i), Array.get(other, i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> inOrder(String path, Iterable<?> some, Iterable<?> others) {
    Iterator<?> left = some.iterator();
    Iterator<?> right = others.iterator();
    for (int i = 0; left.hasNext() && right.hasNext(); i++) {
      Optional<String> found = difference(path + "[" + i + "]", left.next(), right.next());
      if (found.isPresent()) {
        return found;
      }
    }
    return left.hasNext() || right.hasNext()
        ? Optional.of(path + " has not as many elements")
        : Optional.empty();
  }

  private Optional<String> sets(String path, Set<?> some, Set<?> others) {
    if (isOrdered(some)) {
      return inOrder(path, some, others);
    }
    return some.size() == others.size() && others.containsAll(some)
        ? Optional.empty()
        : differ(path, some, others);
  }

  private Optional<String> maps(String path, Map<?, ?> some, Map<?, ?> others) {
    if (some.size() != others.size()) {
      return differ(path + ".size", some.size(), others.size());
    }
    if (isOrdered(some)) {
      Optional<String> found =
          inOrder(path, new ArrayList<>(some.keySet()), new ArrayList<>(others.keySet()));
      if (found.isPresent()) {
        return found;
      }
    }
    for (Map.Entry<?, ?> entry : some.entrySet()) {
      if (!others.containsKey(entry.getKey())) {
        return Optional.of("%s has no %s there".formatted(path, entry.getKey()));
      }
      Optional<String> found =
          difference(
              path + "{" + entry.getKey() + "}", entry.getValue(), others.get(entry.getKey()));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean isOrdered(Object collection) {
    Class<?> type = collection.getClass();
    return type != HashMap.class
        && type != HashSet.class
        && !type.getName().startsWith("java.util.ImmutableCollections")
        && !type.getName().startsWith("java.util.Collections");
  }

  private static Optional<String> differ(
      String path, @Nullable Object one, @Nullable Object other) {
    return Optional.of("%s is %s here and %s there".formatted(path, one, other));
  }
}
