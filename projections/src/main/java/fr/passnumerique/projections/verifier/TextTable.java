package fr.passnumerique.projections.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of the format document, kept as text: columns between bars, a line that begins with #.
 */
final class TextTable {
  private TextTable() {}

  /** The rows, each with this many columns; those that a row leaves out are empty. */
  static List<List<String>> read(String name, int columns) {
    try (InputStream in = TextTable.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its table " + name);
      }
      List<List<String>> rows = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        List<String> row = new ArrayList<>();
        for (String cell : line.split("\\|", -1)) {
          row.add(cell.strip());
        }
        while (row.size() < columns) {
          row.add("");
        }
        rows.add(List.copyOf(row));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
