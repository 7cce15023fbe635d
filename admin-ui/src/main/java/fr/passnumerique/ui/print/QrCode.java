package fr.passnumerique.ui.print;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.awt.Color;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.util.Matrix;

/**
 * A QR code drawn as squares and not as a picture, so that it is sharp on every printer. A quarter
 * of it may be torn or stained.
 */
final class QrCode {
  /** White around it, in modules, by which readers find it (ISO/IEC 18004). */
  private static final int QUIET = 4;

  private QrCode() {}

  /**
   * @param x from the left, in points, to the white around it
   * @param y from the bottom
   * @param side with the white around it
   */
  static void draw(String text, float x, float y, float side, PDPageContentStream to)
      throws IOException {
    ByteMatrix modules = modules(text);
    int width = modules.getWidth();
    float module = side / (width + 2 * QUIET);
    to.saveGraphicsState();
    to.setNonStrokingColor(Color.BLACK);
    // In modules from here on, the first row on top: whole numbers, which are short in the file.
    to.transform(new Matrix(module, 0, 0, -module, x + QUIET * module, y + side - QUIET * module));
    for (int row = 0; row < width; row++) {
      for (int from = 0; from < width; from++) {
        int until = from;
        while (until < width && modules.get(until, row) == 1) {
          until++;
        }
        if (until > from) {
          to.addRect(from, row, until - from, 1);
          from = until;
        }
      }
    }
    to.fill();
    to.restoreGraphicsState();
  }

  private static ByteMatrix modules(String text) {
    try {
      return Encoder.encode(text, ErrorCorrectionLevel.Q).getMatrix();
    } catch (WriterException e) {
      // The text is not repeated: it may be a code.
      throw new IllegalArgumentException(
          "a text of %d characters fits no QR code".formatted(text.length()));
    }
  }
}
