package fr.passnumerique.clearing.snapshot;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * A record, made again by its constructor. Kryo's own serializer of records looks its components up
 * each time.
 */
final class RecordComponents extends Serializer<Object> {
  private final Class<?> type;
  private final Component[] components;
  private final Constructor<?> constructor;
  private final Resolving resolving;
  private final EqualValuesOnce objects;

  /**
   * @param always the component's class, where it can be no other
   */
  private record Component(Field field, @Nullable Class<?> always) {}

  RecordComponents(Class<?> type, EqualValuesOnce objects) {
    this.type = type;
    this.objects = objects;
    resolving = Resolving.by(type);
    RecordComponent[] declared = type.getRecordComponents();
    components = new Component[declared.length];
    Class<?>[] types = new Class<?>[declared.length];
    try {
      for (int i = 0; i < declared.length; i++) {
        Field field = type.getDeclaredField(declared[i].getName());
        field.setAccessible(true);
        types[i] = declared[i].getType();
        components[i] = new Component(field, Fields.always(types[i]));
      }
      constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
    } catch (ReflectiveOperationException e) {
      throw new KryoException("record " + type.getName(), e);
    }
  }

  @Override
  public void write(Kryo kryo, Output output, Object record) {
    objects.begin(record);
    for (Component component : components) {
      Fields.write(kryo, output, component.field, component.always, record);
    }
    objects.end();
  }

  @Override
  public Object read(Kryo kryo, Input input, Class<?> type) {
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Fields.read(kryo, input, components[i].field.getType(), components[i].always);
    }
    try {
      return resolving.of(constructor.newInstance(values));
    } catch (ReflectiveOperationException e) {
      throw new KryoException("record " + this.type.getName(), e);
    }
  }
}
