package fr.passnumerique.ui.print;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;

/**
 * Answers with our own font whatever other is asked for. PDFBox would look through those of the
 * machine, and keep what it found in a file in the home directory, though no document uses any.
 */
final class OwnFonts implements FontMapper {
  /** Read when the first document is printed, and not at the start. */
  private static final OwnFonts OURS = new OwnFonts();

  private final TrueTypeFont font;

  private OwnFonts() {
    try {
      font = new TTFParser().parse(new RandomAccessReadBuffer(Fonts.open(Fonts.REGULAR)));
    } catch (IOException e) {
      throw new UncheckedIOException("our own font cannot be read", e);
    }
  }

  /** From now on, in the whole process. */
  static void use() {
    FontMappers.set(OURS);
  }

  @Override
  public FontMapping<TrueTypeFont> getTrueTypeFont(String name, PDFontDescriptor descriptor) {
    return new FontMapping<>(font, false);
  }

  @Override
  public FontMapping<FontBoxFont> getFontBoxFont(String name, PDFontDescriptor descriptor) {
    return new FontMapping<>(font, false);
  }

  @Override
  public CIDFontMapping getCIDFont(
      String name, PDFontDescriptor descriptor, PDCIDSystemInfo system) {
    return new CIDFontMapping(null, font, false);
  }
}
