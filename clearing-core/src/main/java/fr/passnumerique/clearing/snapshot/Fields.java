package fr.passnumerique.clearing.snapshot;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Single fields and components. */
final class Fields {
  private Fields() {}

  /** The class of whatever is in a field of this type, if that can be only one; else null. */
  static @Nullable Class<?> always(Class<?> type) {
    return !type.isPrimitive() && !type.isArray() && Modifier.isFinal(type.getModifiers())
        ? type
        : null;
  }

  static void write(
      Kryo kryo, Output output, Field field, @Nullable Class<?> always, Object object) {
    try {
      Class<?> type = field.getType();
      if (!type.isPrimitive()) {
        Object value = field.get(object);
        if (always == null) {
          kryo.writeClassAndObject(output, value);
        } else {
          kryo.writeObjectOrNull(output, value, always);
        }
      } else if (type == long.class) {
        output.writeVarLong(field.getLong(object), false);
      } else if (type == int.class) {
        output.writeVarInt(field.getInt(object), false);
      } else if (type == boolean.class) {
        output.writeBoolean(field.getBoolean(object));
      } else if (type == char.class) {
        output.writeChar(field.getChar(object));
      } else {
        throw GraphKryo.refused(type, "is a number that a snapshot does not keep");
      }
    } catch (IllegalAccessException e) {
      throw new KryoException(field.toString(), e);
    }
  }

  static @Nullable Object read(Kryo kryo, Input input, Class<?> type, @Nullable Class<?> always) {
    if (!type.isPrimitive()) {
      return always == null ? kryo.readClassAndObject(input) : kryo.readObjectOrNull(input, always);
    }
    if (type == long.class) {
      return input.readVarLong(false);
    }
    if (type == int.class) {
      return input.readVarInt(false);
    }
    if (type == boolean.class) {
      return input.readBoolean();
    }
    if (type == char.class) {
      return input.readChar();
    }
    throw GraphKryo.refused(type, "is a number that a snapshot does not keep");
  }
}
