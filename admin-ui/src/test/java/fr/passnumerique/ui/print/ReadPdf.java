package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.ReaderException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * A document as it is read by a person, a screen reader and a scanner.
 *
 * @param text line by line, as it stands on the pages
 */
record ReadPdf(int pages, String title, String text, List<BufferedImage> images) {
  private static final int DPI = 200;
  private static final double MM = DPI / 25.4;
  private static final int PLACES = 10;

  /**
   * Also checks what is so of every document: its language, its tags, its fonts in it. With {@code
   * -Dpapers=<folder>} it is left there, to be looked at.
   */
  static ReadPdf of(byte[] file, String name) throws IOException {
    String papers = System.getProperty("papers");
    if (papers != null) {
      Files.write(Path.of(papers, name + ".pdf"), file);
    }
    try (PDDocument document = Loader.loadPDF(file)) {
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("fr");
      assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
      assertThat(document.getDocumentCatalog().getStructureTreeRoot().getKids()).isNotEmpty();
      for (PDPage page : document.getPages()) {
        for (COSName font : page.getResources().getFontNames()) {
          assertThat(page.getResources().getFont(font).isEmbedded()).as(font.getName()).isTrue();
        }
      }
      PDFTextStripper reader = new PDFTextStripper();
      reader.setSortByPosition(true);
      PDFRenderer renderer = new PDFRenderer(document);
      List<BufferedImage> images = new ArrayList<>();
      for (int page = 0; page < Math.min(2, document.getNumberOfPages()); page++) {
        images.add(renderer.renderImageWithDPI(page, DPI, ImageType.GRAY));
      }
      return new ReadPdf(
          document.getNumberOfPages(),
          document.getDocumentInformation().getTitle(),
          reader.getText(document),
          images);
    }
  }

  /** What a scanner reads at each place of the first two sheets; empty where no cheque is. */
  List<String> scanned() {
    List<String> scanned = new ArrayList<>();
    for (BufferedImage sheet : images) {
      for (int place = 0; place < PLACES; place++) {
        scanned.add(
            scan(
                sheet.getSubimage(
                    (int) ((13 + place % 2 * 92 + 57) * MM),
                    (int) ((13.5 + place / 2 * 54 + 16) * MM),
                    (int) (35 * MM),
                    (int) (36 * MM))));
      }
    }
    return scanned;
  }

  private static String scan(BufferedImage cheque) {
    try {
      return new QRCodeReader()
          .decode(new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(cheque))))
          .getText();
    } catch (ReaderException _) {
      return "";
    }
  }
}
