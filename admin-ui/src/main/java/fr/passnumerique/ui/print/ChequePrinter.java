package fr.passnumerique.ui.print;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.ui.print.ChequeSheets.Cheque;
import fr.passnumerique.ui.print.ChequeSheets.Face;
import fr.passnumerique.ui.print.ChequeSheets.Sheet;
import fr.passnumerique.ui.print.ChequeSheets.Term;
import fr.passnumerique.ui.words.French;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceStream;
import org.apache.pdfbox.util.Matrix;

/**
 * Draws cheques on sheets of A4 with marks to cut them at. What all cheques of an order say is
 * drawn once, and on each only what differs: laid out from a template, as other documents are, a
 * sheet took sixty milliseconds of a processor and ten times the place.
 *
 * <p>In memory alone: a file on the way would hold codes that can be spent.
 */
final class ChequePrinter {
  private static final float MM = 72 / 25.4f;
  private static final float WIDTH = 92 * MM;
  private static final float HEIGHT = 54 * MM;
  private static final float LEFT = 13 * MM;
  private static final float BOTTOM = 13.5f * MM;
  private static final float INSET = 5 * MM;
  private static final int ROWS = 5;
  private static final int COLUMNS = 2;
  private static final float MARK = 6 * MM;
  private static final float EDGE = 4 * MM;
  private static final float QR = 29 * MM;
  private static final float FOOT = 6 * MM;
  private static final String HOW =
      "Imprimer à 100\u00A0%, découper aux repères. Codes secrets\u00A0: détruire une feuille"
          + " ratée.";

  private static final Color INK = new Color(0x14283a);
  private static final Color SOFT = new Color(0x4d5b69);
  private static final Color PETROL = new Color(0x0e5561);
  private static final Color PALE = new Color(0xe3eff0);
  private static final Color AMBER = new Color(0xd99a2b);

  private final French french;
  private final Press press;

  ChequePrinter(French french, Press press) {
    this.french = french;
    this.press = press;
  }

  /**
   * @param sheets taken when its turn has come: codes that are not printed are not derived
   * @throws fr.passnumerique.clearing.http.Problem as {@link Press#print}
   */
  byte[] print(Supplier<ChequeSheets> sheets) {
    return press.print(() -> draw(sheets.get(), Progress.UNHEARD));
  }

  /**
   * As {@link #print}, beside the requests ({@link Press#printInTurn}).
   *
   * @param progress in sheets
   */
  byte[] printInTurn(Supplier<ChequeSheets> sheets, Progress progress) {
    return press.printInTurn(() -> draw(sheets.get(), progress));
  }

  private byte[] draw(ChequeSheets sheets, Progress progress) {
    try (PDDocument document = new PDDocument()) {
      new Drawing(document, sheets).draw(progress);
      ByteArrayOutputStream pdf = new ByteArrayOutputStream();
      document.save(pdf);
      return pdf.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("cheques cannot be printed", e);
    }
  }

  /** One document. */
  private final class Drawing {
    private final PDDocument document;
    private final ChequeSheets sheets;
    private final PDType0Font regular;
    private final PDType0Font bold;
    private final PDType0Font code;
    private final Tagging tagging;
    private final Map<Face, PDFormXObject> faces = new HashMap<>();

    Drawing(PDDocument document, ChequeSheets sheets) throws IOException {
      this.document = document;
      this.sheets = sheets;
      this.regular = PDType0Font.load(document, Fonts.open(Fonts.REGULAR), true);
      this.bold = PDType0Font.load(document, Fonts.open(Fonts.BOLD), true);
      this.code = PDType0Font.load(document, Fonts.open(Fonts.CODE), true);
      this.tagging = Tagging.of(document, "Chèques, " + sheets.title());
    }

    void draw(Progress progress) throws IOException {
      int number = 0;
      for (Sheet sheet : sheets.sheets()) {
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        tagging.begin(page);
        try (PDPageContentStream to = new PDPageContentStream(document, page)) {
          to.beginMarkedContent(COSName.ARTIFACT);
          marks(to);
          write(foot(++number), regular, 6.2f, SOFT, LEFT + INSET, FOOT, to);
          write(HOW, regular, 6.2f, SOFT, LEFT + WIDTH + INSET, FOOT, to);
          to.endMarkedContent();
          for (Cheque cheque : sheet.cheques()) {
            cheque(cheque, to);
          }
        }
        tagging.end();
        progress.at(number, sheets.sheets().size());
      }
      tagging.finish();
    }

    private String foot(int number) {
      return "%s · feuille %s sur %s"
          .formatted(sheets.title(), french.count(number), french.count(sheets.sheets().size()));
    }

    /** On the edges alone, so that no line is left on a cheque that is cut a little askew. */
    private void marks(PDPageContentStream to) throws IOException {
      float right = PDRectangle.A4.getWidth();
      float top = PDRectangle.A4.getHeight();
      to.setStrokingColor(INK);
      to.setLineWidth(0.15f * MM);
      for (int row = 0; row <= ROWS; row++) {
        float y = BOTTOM + row * HEIGHT;
        line(EDGE, y, EDGE + MARK, y, to);
        line(right - EDGE - MARK, y, right - EDGE, y, to);
      }
      for (int column = 0; column <= COLUMNS; column++) {
        float x = LEFT + column * WIDTH;
        line(x, EDGE, x, EDGE + MARK, to);
        line(x, top - EDGE - MARK, x, top - EDGE, to);
      }
      to.stroke();
    }

    private void line(float x, float y, float toX, float toY, PDPageContentStream to)
        throws IOException {
      to.moveTo(x, y);
      to.lineTo(toX, toY);
    }

    private void cheque(Cheque cheque, PDPageContentStream to) throws IOException {
      float x = LEFT + cheque.place() % COLUMNS * WIDTH;
      float y = BOTTOM + (ROWS - 1 - cheque.place() / COLUMNS) * HEIGHT;
      tagging.beginParagraph(to);
      to.saveGraphicsState();
      to.transform(Matrix.getTranslateInstance(x, y));
      PDFormXObject face = faces.get(cheque.face());
      if (face == null) {
        face = face(cheque.face());
        faces.put(cheque.face(), face);
      }
      to.drawForm(face);
      String written = cheque.code().printed();
      write(written, code, 12.4f, INK, INSET + 1.6f * MM, HEIGHT - 46.6f * MM, to);
      write(
          "N°\u00A0%s · carnet %s, chèque %d sur %d"
              .formatted(
                  cheque.code().serial(),
                  french.count(cheque.carnet()),
                  cheque.number(),
                  cheque.face().perCarnet()),
          regular,
          6.6f,
          SOFT,
          INSET,
          HEIGHT - 51.2f * MM,
          to);
      qr(written, WIDTH - QR - 2.2f * MM, HEIGHT - 18 * MM, to);
      to.restoreGraphicsState();
      to.endMarkedContent();
    }

    /** Squares and not a picture, so that it is sharp on every printer. */
    private void qr(String text, float left, float top, PDPageContentStream to) throws IOException {
      QrCode code = QrCode.of(text, ErrorCorrectionLevel.Q);
      float module = QR / code.size();
      to.saveGraphicsState();
      to.setNonStrokingColor(Color.BLACK);
      // In modules from here on, the first row on top: whole numbers, which are short in the file.
      to.transform(new Matrix(module, 0, 0, -module, left, top));
      for (QrCode.Run run : code.dark()) {
        to.addRect(run.x(), run.y(), run.width(), 1);
      }
      to.fill();
      to.restoreGraphicsState();
    }

    private void write(
        String text,
        PDType0Font font,
        float size,
        Color colour,
        float x,
        float y,
        PDPageContentStream to)
        throws IOException {
      to.setNonStrokingColor(colour);
      to.beginText();
      to.setFont(font, size);
      to.newLineAtOffset(x, y);
      to.showText(text);
      to.endText();
    }

    private PDFormXObject face(Face face) throws IOException {
      // Of this kind, because its stream tells the document which fonts to embed.
      PDAppearanceStream form = new PDAppearanceStream(document);
      form.setBBox(new PDRectangle(WIDTH, HEIGHT));
      form.setResources(new PDResources());
      try (PDPageContentStream to = new PDPageContentStream(document, form)) {
        Lines brand = new Lines(to, regular, bold, INSET, HEIGHT - 6.2f * MM, 56 * MM);
        brand.write("PASS NUMÉRIQUE", true, 6.5f, PETROL);
        brand.gap(1.1f * MM);
        brand.write(face.programme(), true, 9.5f, INK, 2);
        String value = french.money(face.faceValueCents());
        new Lines(
                to,
                regular,
                bold,
                WIDTH - INSET - Lines.width(bold, value, 16),
                HEIGHT - 10.6f * MM,
                WIDTH)
            .write(value, true, 16, PETROL);
        to.setStrokingColor(AMBER);
        to.setLineWidth(0.35f * MM);
        to.moveTo(INSET, HEIGHT - 16 * MM);
        to.lineTo(WIDTH - INSET, HEIGHT - 16 * MM);
        to.stroke();
        Lines say = new Lines(to, regular, bold, INSET, HEIGHT - 19.4f * MM, 56 * MM);
        say.write(validity(face.term()), true, 6.8f, INK);
        say.gap(0.8f * MM);
        say.write(
            "À remettre à un lieu de médiation labellisé, qui lit le carré ci-contre ou saisit le"
                + " code.",
            false,
            6.6f,
            INK);
        say.gap(0.8f * MM);
        say.write(
            "Gardez-le secret\u00A0: qui connaît le code dépense le chèque. Perdu, volé\u00A0?"
                + " Dites-en le numéro à qui vous l’a remis.",
            false,
            6.6f,
            INK);
        to.setNonStrokingColor(PALE);
        to.addRect(INSET, HEIGHT - 48.2f * MM, 55.5f * MM, 6 * MM);
        to.fill();
      }
      return form;
    }

    private String validity(Term term) {
      return switch (term) {
        case Term.FromHandOut own ->
            "Utilisable %s à partir de sa remise, et jusqu’au %s au plus tard."
                .formatted(
                    french.counted(own.days(), "jour", "jours"), french.date(own.lastOfAll()));
        case Term.HandedOut own -> "Utilisable jusqu’au %s.".formatted(french.date(own.lastDay()));
        case Term.Kept kept ->
            "Remplace un chèque et en garde le dernier jour\u00A0: utilisable jusqu’au %s."
                .formatted(french.date(kept.lastDay()));
      };
    }
  }
}
