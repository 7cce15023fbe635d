package fr.passnumerique.ui.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Words by their keys, from a file beside this class. */
final class WordFile {
  private WordFile() {}

  /**
   * @param name without {@code .properties}
   * @throws IllegalStateException if there is no such file, or it gives a key twice
   */
  static Map<String, String> read(String name) {
    Map<String, String> words = new LinkedHashMap<>();
    Properties file =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object key, Object value) {
            if (words.put((String) key, (String) value) != null) {
              throw new IllegalStateException("%s gives %s twice".formatted(name, key));
            }
            return "";
          }
        };
    try (InputStream in = WordFile.class.getResourceAsStream(name + ".properties")) {
      if (in == null) {
        throw new IllegalStateException("there are no words " + name);
      }
      file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }
}
