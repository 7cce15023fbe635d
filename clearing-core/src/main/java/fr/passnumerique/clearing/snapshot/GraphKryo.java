package fr.passnumerique.clearing.snapshot;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.FieldSerializer;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.objenesis.instantiator.ObjectInstantiator;
import org.objenesis.strategy.StdInstantiatorStrategy;

/** Kryo with a serializer for what is data, and a refusal for all else. */
final class GraphKryo extends Kryo {
  static {
    // The JVM warns of sun.misc.Unsafe, and will do without it.
    System.setProperty("kryo.unsafe", "false");
  }

  private static final String OURS = "fr.passnumerique.";
  private static final String IMMUTABLES = "java.util.ImmutableCollections$";
  private static final String VIEWS = "java.util.Collections$";

  /**
   * All others change, or what is behind them. So does what an unmodifiable one is a view of, if
   * anybody holds on to that; a fact's copy of its own looks the same.
   */
  private static final List<String> KEPT_VIEWS = List.of("Empty", "Singleton", "Unmodifiable");

  /** For which Kryo's own serializers do. */
  private static final Set<Class<?>> OF_THE_JDK =
      Set.of(
          String.class,
          Boolean.class,
          Byte.class,
          Character.class,
          Short.class,
          Integer.class,
          Long.class,
          BigInteger.class,
          BigDecimal.class,
          BitSet.class,
          UUID.class,
          Optional.class,
          OptionalInt.class,
          OptionalLong.class,
          Duration.class,
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          LocalTime.class,
          Period.class,
          Year.class,
          YearMonth.class,
          ArrayDeque.class,
          ArrayList.class,
          HashMap.class,
          HashSet.class,
          LinkedHashMap.class,
          LinkedHashSet.class,
          TreeMap.class,
          TreeSet.class);

  private static final StdInstantiatorStrategy WITHOUT_CONSTRUCTOR = new StdInstantiatorStrategy();

  private final EqualValuesOnce equalValues;
  private final Roots ofRoots;

  GraphKryo(List<?> roots) {
    this(roots, new EqualValuesOnce());
  }

  private GraphKryo(List<?> roots, EqualValuesOnce equalValues) {
    super(new DefaultClassResolver(), equalValues);
    this.equalValues = equalValues;
    ofRoots = new Roots(this, roots);
    setRegistrationRequired(false);
    setOptimizedGenerics(false);
    setClassLoader(GraphKryo.class.getClassLoader());
  }

  void write(Output output, List<?> roots) {
    setAutoReset(false);
    try {
      roots.forEach(root -> writeClassAndObject(output, root));
    } finally {
      reset();
    }
  }

  Runnable read(Input input, List<?> roots) {
    setAutoReset(false);
    try {
      for (Object root : roots) {
        if (readClassAndObject(input) != root) {
          throw new IllegalStateException("the snapshot is of other objects");
        }
      }
      if (!input.end()) {
        throw new IllegalStateException("the snapshot goes on where it should end");
      }
      return ofRoots.assignments();
    } finally {
      ofRoots.forget();
      reset();
    }
  }

  /** Asked once for each class, when it is written and when it is read. */
  @Override
  public Serializer<?> getDefaultSerializer(Class type) {
    if (ofRoots != null && ofRoots.include(type)) {
      return ofRoots;
    }
    if (type.isArray()) {
      return array(type);
    }
    if (type.getName().startsWith(OURS)) {
      return ours(type);
    }
    if (OF_THE_JDK.contains(type)) {
      return super.getDefaultSerializer(type);
    }
    if (type.getName().startsWith(IMMUTABLES) || type.getName().startsWith(VIEWS)) {
      return immutable(type);
    }
    throw refused(type, "is nothing that a snapshot keeps");
  }

  private Serializer<?> array(Class<?> type) {
    Class<?> of = type.getComponentType();
    if (of == long.class) {
      return new Columns.Longs();
    }
    if (of == int.class) {
      return new Columns.Ints();
    }
    if (of == char.class) {
      return new Columns.Chars();
    }
    return super.getDefaultSerializer(type);
  }

  private Serializer<?> ours(Class<?> type) {
    if (type.isHidden() || type.isAnonymousClass() || Throwable.class.isAssignableFrom(type)) {
      throw refused(type, "is code, not data");
    }
    if (type.isRecord()) {
      return new RecordComponents(type, equalValues);
    }
    if (Enum.class.isAssignableFrom(type)) {
      return super.getDefaultSerializer(type);
    }
    Resolving resolving = Resolving.by(type);
    for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
      if (!each.getName().startsWith(OURS)) {
        throw refused(type, "inherits fields of " + each.getName());
      }
      for (Field field : each.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (!resolving.isAny()
            && Modifier.isTransient(modifiers)
            && !Modifier.isStatic(modifiers)) {
          throw refused(type, "has the transient field " + field.getName());
        }
      }
    }
    FieldSerializer.FieldSerializerConfig config = new FieldSerializer.FieldSerializerConfig();
    // The enclosing object of an inner class.
    config.setIgnoreSyntheticFields(false);
    FieldSerializer<?> fields = new FieldSerializer<>(this, type, config);
    return resolving.isAny() ? new Resolving.Resolved<>(fields, resolving, equalValues) : fields;
  }

  private Serializer<?> immutable(Class<?> type) {
    String name = type.getName();
    if (name.startsWith(VIEWS)
        && KEPT_VIEWS.stream().noneMatch(kept -> name.startsWith(VIEWS + kept))) {
      throw refused(type, "is a view of another collection");
    }
    if (List.class.isAssignableFrom(type)) {
      return new Unchanging.OfList(equalValues);
    }
    if (Set.class.isAssignableFrom(type)) {
      return new Unchanging.OfSet(equalValues);
    }
    if (Map.class.isAssignableFrom(type)) {
      return new Unchanging.OfMap(equalValues);
    }
    throw refused(type, "is nothing that a snapshot keeps");
  }

  @Override
  protected ObjectInstantiator<?> newInstantiator(Class type) {
    // Every field is read, so that no constructor has to run.
    return type.getName().startsWith(OURS)
        ? WITHOUT_CONSTRUCTOR.newInstantiatorOf(type)
        : super.newInstantiator(type);
  }

  static NotDataException refused(Class<?> type, String why) {
    return new NotDataException(
        "%s %s; hold it elsewhere, or as a transient field of the register itself"
            .formatted(type.getName(), why));
  }
}
