package fr.passnumerique.clearing.snapshot;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.ReferenceResolver;
import com.esotericsoftware.kryo.util.IdentityObjectIntMap;
import com.esotericsoftware.kryo.util.ObjectIntMap;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the graph twice is written once: the same object, and for values, which cannot be
 * told apart but by what they say, an equal one. An identifier that came out of a hundred thousand
 * facts is one object after that.
 */
final class EqualValuesOnce implements ReferenceResolver {
  private final IdentityObjectIntMap<Object> objects = new IdentityObjectIntMap<>();
  private final ObjectIntMap<Object> values = new ObjectIntMap<>();
  private final List<Object> unfinished = new ArrayList<>();
  private final List<@Nullable Object> read = new ArrayList<>();
  private final Map<Class<?>, Kind> kinds = new HashMap<>();
  private Class<?> last = Object.class;
  private Kind lastKind = new Kind(false);
  private int written;

  /** Objects of one class. */
  private static final class Kind {
    private static final int TRIED = 1_000;
    private static final int ONE_IN = 4;

    private final boolean isValue;
    private int asked;
    private int met;

    Kind(boolean isValue) {
      this.isValue = isValue;
    }

    /** Whether equal ones come often enough to look for them: slips' references never do. */
    boolean isMet() {
      return asked < TRIED || met > asked / ONE_IN;
    }
  }

  @Override
  public void setKryo(Kryo kryo) {}

  @Override
  public int getWrittenId(Object object) {
    Kind kind = kind(object.getClass());
    if (!kind.isValue) {
      int id = objects.get(object, -1);
      if (id >= 0) {
        refuseUnfinished(object);
      }
      return id;
    }
    if (!kind.isMet()) {
      return -1;
    }
    int id = values.get(object, -1);
    kind.asked++;
    kind.met += id < 0 ? 0 : 1;
    return id;
  }

  @Override
  public int addWrittenObject(Object object) {
    Kind kind = kind(object.getClass());
    if (!kind.isValue) {
      objects.put(object, written);
    } else if (kind.isMet()) {
      values.put(object, written);
    }
    return written++;
  }

  /**
   * One begins that is made only once all that it holds is read: nothing in it can point at it.
   * Followed by {@link #end}.
   */
  void begin(Object whole) {
    unfinished.add(whole);
  }

  void end() {
    unfinished.removeLast();
  }

  private void refuseUnfinished(Object object) {
    for (Object whole : unfinished) {
      if (whole == object) {
        throw GraphKryo.refused(
            object.getClass(), "holds what points at it, and is made when that is read");
      }
    }
  }

  @Override
  public int nextReadId(Class type) {
    read.add(null);
    return read.size() - 1;
  }

  @Override
  public void setReadObject(int id, Object object) {
    read.set(id, object);
  }

  @Override
  public Object getReadObject(Class type, int id) {
    Object object = read.get(id);
    if (object == null) {
      throw new KryoException("%s %d is pointed at before it is read".formatted(type, id));
    }
    return object;
  }

  /** The object that is being read, and of which no part was read yet. */
  int lastReadId() {
    return read.size() - 1;
  }

  @Override
  public void reset() {
    objects.clear(2_048);
    values.clear(2_048);
    unfinished.clear();
    read.clear();
    ((ArrayList<?>) read).trimToSize();
    written = 0;
    kinds.clear();
    last = Object.class;
  }

  /** Of small ones that stand alone most often, a reference would cost more than the value. */
  @Override
  public boolean useReferences(Class type) {
    return !(type.isPrimitive()
        || type == String.class
        || type == Long.class
        || type == Integer.class
        || type == Boolean.class
        || type == Instant.class
        || type == UUID.class
        || type == Optional.class
        || Enum.class.isAssignableFrom(type));
  }

  private Kind kind(Class<?> type) {
    // Objects of one class mostly stand together.
    if (type != last) {
      lastKind = kinds.computeIfAbsent(type, some -> new Kind(saysAllItIs(some)));
      last = type;
    }
    return lastKind;
  }

  /** A record of nothing but values, all the way down: it never changes, and equals by them. */
  private boolean saysAllItIs(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == Optional.class
          && saysAllItIs(generic.getActualTypeArguments()[0]);
    }
    if (!(type instanceof Class<?> some)) {
      return false;
    }
    if (some.isPrimitive()
        || some == String.class
        || some == LocalDate.class
        || some == Instant.class
        || some == Long.class
        || some == Integer.class
        || some.isEnum()) {
      return true;
    }
    if (!some.isRecord() || !overridesNothing(some)) {
      return false;
    }
    for (RecordComponent component : some.getRecordComponents()) {
      if (!saysAllItIs(component.getGenericType())) {
        return false;
      }
    }
    return true;
  }

  private static boolean overridesNothing(Class<?> record) {
    try {
      // The compiler's own is final.
      return java.lang.reflect.Modifier.isFinal(
          record.getDeclaredMethod("equals", Object.class).getModifiers());
    } catch (NoSuchMethodException e) {
      return false;
    }
  }
}
