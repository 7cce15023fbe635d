package fr.passnumerique.clearing.snapshot;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * All that some objects hold, as one graph: what two of them share is shared again when it is read,
 * and what points at one of them points at it again. Others hold references to these objects, so
 * what is read is put into them and they stay who they are.
 *
 * <p>Data alone: records, enums, plain classes of ours without {@code transient} fields, and the
 * JDK's collections, texts, dates and numbers. A lock, a listener, a lambda or a service is refused
 * when it is met. What an object is given by its constructor is a setting; a {@code transient}
 * field of one of the objects themselves is passed over and stays as it is.
 */
public final class ObjectGraph {
  private static final int BUFFER = 1 << 20;

  private final GraphKryo kryo;
  private final List<?> roots;

  private ObjectGraph(List<?> roots) {
    this.roots = roots;
    kryo = new GraphKryo(roots);
  }

  /**
   * @param roots in an order that is always the same
   * @throws NotDataException if one of them is given anything but settings
   */
  public static ObjectGraph of(List<?> roots) {
    return new ObjectGraph(List.copyOf(roots));
  }

  /**
   * Nobody may change them meanwhile.
   *
   * @throws NotDataException if they hold something that is not data
   */
  public void write(OutputStream out) {
    Output output = new Output(out, BUFFER);
    kryo.write(output, roots);
    output.flush();
  }

  /** What is written now, where it is little: of objects that nothing has happened to yet. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(bytes);
    return bytes.toByteArray();
  }

  /**
   * Reads what was written of the same objects, and changes nothing yet.
   *
   * @return puts it into them, all of it; never fails half-way
   */
  public Runnable read(InputStream in) {
    return kryo.read(new Input(in, BUFFER), roots);
  }
}
