package fr.passnumerique.clearing.snapshot;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Arrays of numbers, copied by the block: they are most of a snapshot, and a process that has just
 * begun runs a loop over single numbers at a crawl.
 */
abstract class Columns<A> extends Serializer<A> {
  private static final int BLOCK = 1 << 16;

  private final int width;
  private final byte[] block = new byte[BLOCK];

  /** Of the machines that we know, so that nothing is turned round. */
  final ByteBuffer view = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * @param width bytes of a number
   */
  Columns(int width) {
    this.width = width;
  }

  abstract int length(A column);

  abstract A create(int length);

  abstract void toView(A column, int from, int count);

  abstract void ofView(A column, int from, int count);

  @Override
  public void write(Kryo kryo, Output output, A column) {
    int length = length(column);
    output.writeVarInt(length, true);
    for (int from = 0; from < length; from += BLOCK / width) {
      int count = Math.min(BLOCK / width, length - from);
      toView(column, from, count);
      output.writeBytes(block, 0, count * width);
    }
  }

  @Override
  public A read(Kryo kryo, Input input, Class<? extends A> type) {
    int length = input.readVarInt(true);
    A column = create(length);
    for (int from = 0; from < length; from += BLOCK / width) {
      int count = Math.min(BLOCK / width, length - from);
      input.readBytes(block, 0, count * width);
      ofView(column, from, count);
    }
    return column;
  }

  static final class Longs extends Columns<long[]> {
    Longs() {
      super(Long.BYTES);
    }

    @Override
    int length(long[] column) {
      return column.length;
    }

    @Override
    long[] create(int length) {
      return new long[length];
    }

    @Override
    void toView(long[] column, int from, int count) {
      view.asLongBuffer().put(column, from, count);
    }

    @Override
    void ofView(long[] column, int from, int count) {
      view.asLongBuffer().get(column, from, count);
    }
  }

  static final class Ints extends Columns<int[]> {
    Ints() {
      super(Integer.BYTES);
    }

    @Override
    int length(int[] column) {
      return column.length;
    }

    @Override
    int[] create(int length) {
      return new int[length];
    }

    @Override
    void toView(int[] column, int from, int count) {
      view.asIntBuffer().put(column, from, count);
    }

    @Override
    void ofView(int[] column, int from, int count) {
      view.asIntBuffer().get(column, from, count);
    }
  }

  static final class Chars extends Columns<char[]> {
    Chars() {
      super(Character.BYTES);
    }

    @Override
    int length(char[] column) {
      return column.length;
    }

    @Override
    char[] create(int length) {
      return new char[length];
    }

    @Override
    void toView(char[] column, int from, int count) {
      view.asCharBuffer().put(column, from, count);
    }

    @Override
    void ofView(char[] column, int from, int count) {
      view.asCharBuffer().get(column, from, count);
    }
  }
}
