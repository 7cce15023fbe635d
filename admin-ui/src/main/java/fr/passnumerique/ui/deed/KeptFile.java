package fr.passnumerique.ui.deed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A file that stands in the page between the two steps: a browser sends no file twice without being
 * asked for it, and a server that kept it would have to say where and for how long.
 */
final class KeptFile {
  private static final int CHUNK_BYTES = 16_384;

  private KeptFile() {}

  /**
   * @param file one byte a character
   */
  static String packed(String file) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(file.getBytes(StandardCharsets.ISO_8859_1));
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      while (!deflater.finished()) {
        packed.write(chunk, 0, deflater.deflate(chunk));
      }
      return Base64.getEncoder().encodeToString(packed.toByteArray());
    }
  }

  /**
   * @param mostBytes beyond which it is unpacked no further: whoever sends a bomb gets one byte
   *     more than is taken
   * @return empty for what was not packed here
   */
  static String unpacked(String packed, int mostBytes) {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(Base64.getDecoder().decode(packed));
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      while (!inflater.finished() && file.size() <= mostBytes) {
        int read = inflater.inflate(chunk);
        if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          return "";
        }
        file.write(chunk, 0, read);
      }
      return file.toString(StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException | DataFormatException _) {
      return "";
    }
  }
}
