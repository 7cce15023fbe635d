package fr.passnumerique.ui.print;

import static com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle.NORMAL;
import static com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI;
import static com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import fr.passnumerique.ui.words.French;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Lays a template out as a PDF that a screen reader can read, too (PDF/UA). Nothing is fetched:
 * whatever a name contains, no address in it is followed.
 */
final class Printer {
  /** What no XML may hold, escaped or not; a name may. */
  private static final Pattern NO_XML =
      Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private final ITemplateEngine templates;
  private final French french;
  private final String operator;
  private final Press press;

  /**
   * @param operator whose documents these are; empty if it has no name
   */
  Printer(ITemplateEngine templates, French french, String operator, Press press) {
    this.templates = templates;
    this.french = french;
    this.operator = operator;
    this.press = press;
  }

  /**
   * @param contents what the template calls {@code d}; read when its turn has come
   */
  byte[] print(String template, Supplier<?> contents) {
    return press.print(() -> layOut(template, contents.get()));
  }

  private byte[] layOut(String template, Object contents) {
    // It would quote in the log what it lays out.
    XRLog.setLoggingEnabled(false);
    OwnFonts.use();
    Map<String, Object> variables = new HashMap<>();
    variables.put("d", contents);
    variables.put("french", french);
    variables.put("operator", operator);
    String page = templates.process("print/" + template, new Context(Locale.FRANCE, variables));
    ByteArrayOutputStream pdf = new ByteArrayOutputStream();
    PdfRendererBuilder layout =
        new PdfRendererBuilder()
            .useFastMode()
            .usePdfVersion(1.7f)
            .usePdfUaAccessibility(true)
            .withProducer("Pass numérique")
            .useReplacementText("?")
            .useUriResolver((base, uri) -> null)
            .useExternalResourceAccessControl((uri, type) -> false, RUN_BEFORE_RESOLVING_URI)
            .useExternalResourceAccessControl((uri, type) -> false, RUN_AFTER_RESOLVING_URI)
            .withHtmlContent(NO_XML.matcher(page).replaceAll("\uFFFD"), "")
            .toStream(pdf);
    layout.useFont(() -> Fonts.open(Fonts.REGULAR), "Pass", 400, NORMAL, true);
    layout.useFont(() -> Fonts.open(Fonts.BOLD), "Pass", 700, NORMAL, true);
    layout.useFont(() -> Fonts.open(Fonts.CODE), "Pass Mono", 700, NORMAL, true);
    try {
      layout.run();
    } catch (IOException e) {
      throw new UncheckedIOException("the template %s cannot be printed".formatted(template), e);
    }
    return pdf.toByteArray();
  }
}
