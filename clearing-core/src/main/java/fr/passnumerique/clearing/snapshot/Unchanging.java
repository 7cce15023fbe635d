package fr.passnumerique.clearing.snapshot;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collections that cannot be changed, whatever class of the JDK's they are: made again as such. */
final class Unchanging {
  private Unchanging() {}

  private static void write(Kryo kryo, Output output, Collection<?> all) {
    output.writeVarInt(all.size(), true);
    for (Object each : all) {
      if (each == null) {
        throw new NotDataException("a list that cannot be changed holds nothing in one place");
      }
      kryo.writeClassAndObject(output, each);
    }
  }

  private static Object[] read(Kryo kryo, Input input) {
    Object[] all = new Object[input.readVarInt(true)];
    for (int i = 0; i < all.length; i++) {
      all[i] = kryo.readClassAndObject(input);
    }
    return all;
  }

  static final class OfList extends Serializer<List<?>> {
    private final EqualValuesOnce objects;

    OfList(EqualValuesOnce objects) {
      this.objects = objects;
    }

    @Override
    public void write(Kryo kryo, Output output, List<?> list) {
      objects.begin(list);
      Unchanging.write(kryo, output, list);
      objects.end();
    }

    @Override
    public List<?> read(Kryo kryo, Input input, Class<? extends List<?>> type) {
      return List.of(Unchanging.read(kryo, input));
    }
  }

  static final class OfSet extends Serializer<Set<?>> {
    private final EqualValuesOnce objects;

    OfSet(EqualValuesOnce objects) {
      this.objects = objects;
    }

    @Override
    public void write(Kryo kryo, Output output, Set<?> set) {
      objects.begin(set);
      Unchanging.write(kryo, output, set);
      objects.end();
    }

    @Override
    public Set<?> read(Kryo kryo, Input input, Class<? extends Set<?>> type) {
      return Set.of(Unchanging.read(kryo, input));
    }
  }

  static final class OfMap extends Serializer<Map<?, ?>> {
    private final EqualValuesOnce objects;

    OfMap(EqualValuesOnce objects) {
      this.objects = objects;
    }

    @Override
    public void write(Kryo kryo, Output output, Map<?, ?> map) {
      objects.begin(map);
      Unchanging.write(kryo, output, map.keySet());
      Unchanging.write(kryo, output, map.values());
      objects.end();
    }

    @Override
    public Map<?, ?> read(Kryo kryo, Input input, Class<? extends Map<?, ?>> type) {
      Object[] keys = Unchanging.read(kryo, input);
      Object[] values = Unchanging.read(kryo, input);
      Map.Entry<?, ?>[] entries = new Map.Entry<?, ?>[keys.length];
      for (int i = 0; i < keys.length; i++) {
        entries[i] = new SimpleImmutableEntry<>(keys[i], values[i]);
      }
      return Map.ofEntries(entries);
    }
  }
}
