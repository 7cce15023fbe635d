package fr.passnumerique.projections.verifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of an export, in UTF-8, each ended by a line feed and by nothing else. */
final class Lines {
  private final InputStream export;
  private final byte[] read = new byte[1 << 16];
  private int from;
  private int to;
  private boolean ended = true;

  // Reports what is no UTF-8.
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

  Lines(InputStream export) {
    this.export = export;
  }

  /**
   * The next line, without its end; null after the last.
   *
   * @throws CharacterCodingException if it is no UTF-8
   */
  @Nullable String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int end = from;
      while (end < to && read[end] != '\n') {
        end++;
      }
      line.write(read, from, end - from);
      if (end < to) {
        from = end + 1;
        return utf8.decode(ByteBuffer.wrap(line.toByteArray())).toString();
      }
      from = 0;
      to = export.read(read);
      if (to < 0) {
        to = 0;
        ended = line.size() == 0;
        return ended ? null : utf8.decode(ByteBuffer.wrap(line.toByteArray())).toString();
      }
    }
  }

  /** Whether the last line that was read had its line feed. */
  boolean ended() {
    return ended;
  }
}
