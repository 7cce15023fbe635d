package fr.passnumerique.ui;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Map;

/**
 * A QR code as the one path of an SVG, which a page holds itself: neither a file that others could
 * ask for, nor a picture that blurs.
 *
 * @param size of the square, quiet zone included, in modules
 * @param path of its dark modules
 */
record QrCode(int size, String path) {
  /** Modules of light around, without which some cameras find nothing. */
  private static final int QUIET = 4;

  static QrCode of(String text) {
    try {
      BitMatrix dark =
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(EncodeHintType.MARGIN, QUIET, EncodeHintType.CHARACTER_SET, "UTF-8"));
      StringBuilder path = new StringBuilder();
      for (int y = 0; y < dark.getHeight(); y++) {
        for (int x = 0; x < dark.getWidth(); x++) {
          if (dark.get(x, y)) {
            int from = x;
            while (x < dark.getWidth() && dark.get(x, y)) {
              x++;
            }
            path.append("M%d %dh%dv1H%dz".formatted(from, y, x - from, from));
          }
        }
      }
      return new QrCode(dark.getWidth(), path.toString());
    } catch (WriterException e) {
      throw new IllegalArgumentException("a QR code holds no more than 2 953 bytes", e);
    }
  }
}
