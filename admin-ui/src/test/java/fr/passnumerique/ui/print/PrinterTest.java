package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import fr.passnumerique.ui.print.DeliveryNote.Part;
import fr.passnumerique.ui.words.French;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.junit.jupiter.api.Test;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

class PrinterTest {
  private static final Instant AT = Instant.parse("2026-03-12T09:30:00Z");

  @Test
  void aDocumentSaysWhoseItIsAndUpToWhere() throws Exception {
    ReadPdf printed = print(note("CCAS de Guéret", 1));

    assertThat(printed.title()).isEqualTo("Bon de livraison L-1");
    assertThat(FontMappers.instance()).as("no font of the machine").isInstanceOf(OwnFonts.class);
    assertThat(printed.text())
        .contains(
            "Émis par Pass numérique SCIC",
            "CCAS de Guéret",
            "2\u00A0000,00\u00A0€",
            "fait nº\u00A01\u00A0234 du registre, enregistré le 12/03/2026 à 10:30",
            "Page 1 sur 1");
    // Names in it are those of now, so that it may turn out otherwise once it is made again.
    assertThat(printed.text()).doesNotContain("à l’identique");
  }

  /** What somebody gave as a name is text, whatever it looks like. */
  @Test
  void aNameIsNoMarkupAndNoAddress() throws Exception {
    String name = "<img src=\"http://127.0.0.1:1/x\" /> &amp; \u0001 <object data=\"file:///x\">";

    assertThat(print(note(name, 1)).text())
        .contains("<img src=\"http://127.0.0.1:1/x\" /> &amp;", "<object data=\"file:///x\">");
  }

  /** Even if a template had an address that somebody gave. */
  @Test
  void nothingIsFetched() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/x.css";

      assertThat(ReadPdf.of(printer().print("fetches", () -> address), "adresses").text())
          .contains("Une image");
    } finally {
      server.stop(0);
    }
    assertThat(asked).hasValue(0);
  }

  @Test
  void aLongTableRepeatsItsHeading() throws Exception {
    ReadPdf printed = print(note("CCAS de Guéret", 120));

    assertThat(printed.pages()).isGreaterThan(2);
    assertThat(printed.text().split("Valeur faciale", -1)).hasSizeGreaterThan(printed.pages() - 1);
    assertThat(printed.text()).contains("240\u00A0000,00\u00A0€", "Reçu par le prescripteur");
  }

  private static ReadPdf print(DeliveryNote note) throws Exception {
    return ReadPdf.of(
        printer().print("delivery-note", () -> note), "bon-de-livraison-" + note.parts().size());
  }

  private static DeliveryNote note(String prescriber, int parts) {
    return new DeliveryNote(
        "L-1",
        "ccas-gueret",
        prescriber,
        LocalDate.of(2026, 3, 12),
        "Pass numérique de la Creuse",
        "O-1",
        "00007",
        LocalDate.of(2026, 12, 31),
        10,
        1000,
        new ArrayList<>(
            IntStream.range(0, parts)
                .mapToObj(
                    i -> new Part("Carnets 1 à 20", "00007-0001", "00007-0068", 20, 200, 200_000))
                .toList()),
        1234,
        AT);
  }

  static Printer printer() {
    ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/");
    resolver.setSuffix(".html");
    resolver.setCharacterEncoding("UTF-8");
    SpringTemplateEngine templates = new SpringTemplateEngine();
    templates.setTemplateResolver(resolver);
    return new Printer(
        templates, new French(), "Pass numérique SCIC", new Press(1, 0, Duration.ofMinutes(1)));
  }
}
