package fr.passnumerique.clearing.snapshot;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.FieldSerializer;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Java's own convention for what is one object for all that say the same: a method {@code
 * readResolve} that gives it. Such a class may have {@code transient} fields, for what is read is
 * thrown away.
 */
record Resolving(@Nullable Method method) {
  static Resolving by(Class<?> type) {
    try {
      Method method = type.getDeclaredMethod("readResolve");
      method.setAccessible(true);
      return new Resolving(method);
    } catch (NoSuchMethodException _) {
      return new Resolving(null);
    }
  }

  boolean isAny() {
    return method != null;
  }

  Object of(Object read) {
    if (method == null) {
      return read;
    }
    try {
      return method.invoke(read);
    } catch (ReflectiveOperationException e) {
      throw new KryoException(method.toString(), e);
    }
  }

  /** Of a class with fields. */
  static final class Resolved<T> extends Serializer<T> {
    private final FieldSerializer<T> fields;
    private final Resolving resolving;
    private final EqualValuesOnce objects;

    Resolved(FieldSerializer<T> fields, Resolving resolving, EqualValuesOnce objects) {
      this.fields = fields;
      this.resolving = resolving;
      this.objects = objects;
    }

    @Override
    public void write(Kryo kryo, Output output, T object) {
      objects.begin(object);
      fields.write(kryo, output, object);
      objects.end();
    }

    @Override
    @SuppressWarnings("unchecked") // of its own class
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
      int id = objects.lastReadId();
      T resolved = (T) resolving.of(fields.read(kryo, input, type));
      objects.setReadObject(id, resolved);
      return resolved;
    }
  }
}
