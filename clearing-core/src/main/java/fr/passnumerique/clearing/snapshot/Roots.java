package fr.passnumerique.clearing.snapshot;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The objects that a graph is of: read into those that are there. */
final class Roots extends Serializer<Object> {
  private static final Set<Class<?>> SETTINGS =
      Set.of(boolean.class, int.class, long.class, String.class, Duration.class);

  private final List<?> roots;
  private final Map<Object, Integer> places = new IdentityHashMap<>();
  private final Map<Class<?>, List<Field>> fields = new HashMap<>();
  private List<Assignment> read = new ArrayList<>();

  private record Assignment(Object root, Field field, @Nullable Object value) {
    void make() {
      try {
        field.set(root, value);
      } catch (IllegalAccessException e) {
        throw new KryoException(field.toString(), e);
      }
    }
  }

  Roots(Kryo kryo, List<?> roots) {
    this.roots = roots;
    for (int i = 0; i < roots.size(); i++) {
      places.put(roots.get(i), i);
      fields.computeIfAbsent(roots.get(i).getClass(), Roots::fields);
    }
  }

  private static List<Field> fields(Class<?> type) {
    if (type.isHidden() || type.getSuperclass() != Object.class) {
      throw GraphKryo.refused(type, "is no plain class");
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      for (Class<?> given : constructor.getParameterTypes()) {
        if (!SETTINGS.contains(given)) {
          throw GraphKryo.refused(given, "is given to %s and no setting".formatted(type.getName()));
        }
      }
    }
    List<Field> fields = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
        field.setAccessible(true);
        fields.add(field);
      }
    }
    return fields;
  }

  boolean include(Class<?> type) {
    return fields.containsKey(type);
  }

  private List<Field> of(Object root) {
    List<Field> known = fields.get(root.getClass());
    if (known == null) {
      throw GraphKryo.refused(root.getClass(), "is none of the graph's own objects");
    }
    return known;
  }

  @Override
  public void write(Kryo kryo, Output output, Object root) {
    Integer place = places.get(root);
    if (place == null) {
      throw GraphKryo.refused(root.getClass(), "is there once more, beside the graph's own");
    }
    output.writeVarInt(place, true);
    for (Field field : of(root)) {
      Fields.write(kryo, output, field, null, root);
    }
  }

  @Override
  public Object read(Kryo kryo, Input input, Class<?> type) {
    Object root = roots.get(input.readVarInt(true));
    kryo.reference(root);
    for (Field field : of(root)) {
      Object value = Fields.read(kryo, input, field.getType(), null);
      if (value != null && !field.getType().isPrimitive() && !field.getType().isInstance(value)) {
        throw new KryoException("%s cannot hold a %s".formatted(field, value.getClass().getName()));
      }
      read.add(new Assignment(root, field, value));
    }
    return root;
  }

  /** All that was read, to be put where it belongs. */
  Runnable assignments() {
    List<Assignment> all = List.copyOf(read);
    return () -> all.forEach(Assignment::make);
  }

  void forget() {
    read = new ArrayList<>();
  }
}
