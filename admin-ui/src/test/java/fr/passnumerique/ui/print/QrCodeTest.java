package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTest {
  private static final int PIXELS = 8;

  /** As a camera reads it: painted from the path that the page holds. */
  @Test
  void whatIsDrawnIsReadAgain() throws Exception {
    String address = "otpauth://totp/Pass%20num%C3%A9rique:m.durand?secret=JBSWY3DPEHPK3PXP";
    QrCode code = QrCode.of(address, ErrorCorrectionLevel.M);
    int side = code.size() * PIXELS;
    int[] pixels = new int[side * side];
    Arrays.fill(pixels, 0xFFFFFF);
    Matcher run = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1H\\d+z").matcher(code.path());
    while (run.find()) {
      int from = Integer.parseInt(run.group(1)) * PIXELS;
      int top = Integer.parseInt(run.group(2)) * PIXELS;
      for (int y = top; y < top + PIXELS; y++) {
        Arrays.fill(
            pixels, y * side + from, y * side + from + Integer.parseInt(run.group(3)) * PIXELS, 0);
      }
    }

    assertThat(
            new QRCodeReader()
                .decode(
                    new BinaryBitmap(
                        new HybridBinarizer(new RGBLuminanceSource(side, side, pixels))))
                .getText())
        .isEqualTo(address);
  }
}
