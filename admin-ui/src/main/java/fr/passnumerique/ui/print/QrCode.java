package fr.passnumerique.ui.print;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A QR code as what is to be drawn of it, on a page or on paper: neither a file that others could
 * ask for, nor a picture that blurs.
 *
 * @param size of the square, the white around it included, in modules
 * @param dark its dark modules
 */
public record QrCode(int size, List<Run> dark) {
  /** White around it, in modules, by which readers find it (ISO/IEC 18004). */
  private static final int QUIET = 4;

  /**
   * Dark modules side by side.
   *
   * @param x from the left, in modules
   * @param y from the top
   */
  public record Run(int x, int y, int width) {}

  /**
   * @param level how much of it may be torn or stained
   */
  public static QrCode of(String text, ErrorCorrectionLevel level) {
    ByteMatrix modules = modules(text, level);
    int width = modules.getWidth();
    List<Run> dark = new ArrayList<>();
    for (int y = 0; y < width; y++) {
      for (int from = 0; from < width; from++) {
        int until = from;
        while (until < width && modules.get(until, y) == 1) {
          until++;
        }
        if (until > from) {
          dark.add(new Run(from + QUIET, y + QUIET, until - from));
          from = until;
        }
      }
    }
    return new QrCode(width + 2 * QUIET, List.copyOf(dark));
  }

  private static ByteMatrix modules(String text, ErrorCorrectionLevel level) {
    try {
      return Encoder.encode(text, level).getMatrix();
    } catch (WriterException e) {
      // The text is not repeated: it may be a secret.
      throw new IllegalArgumentException(
          "a text of %d characters fits no QR code".formatted(text.length()));
    }
  }

  /** The one path of an SVG, which a page holds itself. */
  public String path() {
    StringBuilder path = new StringBuilder();
    dark.forEach(
        run -> path.append("M%d %dh%dv1H%dz".formatted(run.x(), run.y(), run.width(), run.x())));
    return path.toString();
  }
}
