package fr.passnumerique.ui.print;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Writes texts below each other, broken at blanks where they are wider than their column. */
final class Lines {
  private static final float LEADING = 1.28f;

  private final PDPageContentStream to;
  private final PDType0Font regular;
  private final PDType0Font bold;
  private final float x;
  private final float width;
  private float y;

  /**
   * @param y of the first line's feet, from the bottom
   */
  Lines(
      PDPageContentStream to,
      PDType0Font regular,
      PDType0Font bold,
      float x,
      float y,
      float width) {
    this.to = to;
    this.regular = regular;
    this.bold = bold;
    this.x = x;
    this.y = y;
    this.width = width;
  }

  void write(String text, boolean isBold, float size, Color colour) throws IOException {
    write(text, isBold, size, colour, Integer.MAX_VALUE);
  }

  /**
   * @param most lines; what is left over is cut off, with an ellipsis
   */
  void write(String text, boolean isBold, float size, Color colour, int most) throws IOException {
    PDType0Font font = isBold ? bold : regular;
    List<String> lines = broken(font, writable(font, text), size);
    for (int i = 0; i < Math.min(most, lines.size()); i++) {
      String line = lines.get(i);
      to.setNonStrokingColor(colour);
      to.beginText();
      to.setFont(font, size);
      to.newLineAtOffset(x, y);
      to.showText(i == most - 1 && lines.size() > most ? line + "…" : line);
      to.endText();
      y -= LEADING * size;
    }
  }

  void gap(float height) {
    y -= height;
  }

  static float width(PDType0Font font, String text, float size) throws IOException {
    return font.getStringWidth(text) / 1000 * size;
  }

  private List<String> broken(PDType0Font font, String text, float size) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(font, longer, size) > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(word);
      } else {
        line.setLength(0);
        line.append(longer);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /** The font has the letters of Europe; a name may be written in others. */
  private static String writable(PDType0Font font, String text) {
    StringBuilder writable = new StringBuilder();
    text.codePoints()
        .forEach(
            each -> {
              String character = Character.toString(each);
              try {
                font.encode(character);
                writable.append(character);
              } catch (IOException | IllegalArgumentException e) {
                writable.append('?');
              }
            });
    return writable.toString();
  }
}
