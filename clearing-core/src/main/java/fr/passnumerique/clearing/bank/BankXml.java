package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML that may be hostile, as a tree that remembers its lines.
 *
 * <p>No document type, so no entity, internal or external, can be declared; nothing is fetched. The
 * size of a file is bounded before it comes here, its depth is bounded here.
 */
final class BankXml {
  /** The deepest message that is read has 14 levels. */
  private static final int DEEPEST = 40;

  private static final Set<String> ENCODINGS =
      Set.of("UTF-8", "US-ASCII", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252");

  private static final String SEND_AS_RECEIVED =
      "download the file from the bank again and send it as it is";

  private BankXml() {}

  /**
   * One element with its children; elements of another namespace than the document's are left out,
   * they are the bank's own additions.
   */
  static final class Element {
    private final String name;
    private final int line;
    private final @Nullable String currency;
    private final List<Element> children = new ArrayList<>(4);
    private final StringBuilder text = new StringBuilder();

    Element(String name, int line, @Nullable String currency) {
      this.name = name;
      this.line = line;
      this.currency = currency;
    }

    String name() {
      return name;
    }

    int line() {
      return line;
    }

    /** The attribute {@code Ccy}, empty if there is none. */
    String currency() {
      return currency == null ? "" : currency;
    }

    String text() {
      return text.toString().strip();
    }

    List<Element> all(String child) {
      return children.stream().filter(c -> c.name.equals(child)).toList();
    }

    /** The first at the end of this path. */
    Optional<Element> at(String... path) {
      Element here = this;
      for (String step : path) {
        Element next = null;
        for (Element child : here.children) {
          if (child.name.equals(step)) {
            next = child;
            break;
          }
        }
        if (next == null) {
          return Optional.empty();
        }
        here = next;
      }
      return Optional.of(here);
    }

    /** Its text; empty if the path leads nowhere or to nothing. */
    Optional<String> textAt(String... path) {
      return at(path).map(Element::text).filter(found -> !found.isEmpty());
    }
  }

  /** The root element and its namespace. */
  record Document(String namespace, Element root) {}

  /**
   * @throws Problem 400 for what is no XML, not whole, or holds what no bank sends
   */
  static Document read(byte[] file) {
    refuseOtherKinds(file);
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(file));
      try {
        requireEncoding(reader, file);
        return document(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw unreadable(e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing is fetched");
        });
    return factory;
  }

  private static void refuseOtherKinds(byte[] file) {
    if (file.length == 0) {
      throw refused("EMPTY_UPLOAD", 0, "the file is empty", "choose the file again and send it");
    }
    if (starts(file, 'P', 'K', 3, 4) || starts(file, 0x1F, 0x8B)) {
      throw refused(
          "NOT_XML", 0, "the file is an archive, not XML", "unpack it and send each file in it");
    }
    if (starts(file, 0xFF, 0xFE)
        || starts(file, 0xFE, 0xFF)
        || starts(file, 0)
        || file.length > 1 && file[1] == 0) {
      throw wrongEncoding(1, "UTF-16");
    }
  }

  private static boolean starts(byte[] file, int... prefix) {
    if (file.length < Math.max(2, prefix.length)) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((file[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static void requireEncoding(XMLStreamReader reader, byte[] file) {
    String declared = reader.getCharacterEncodingScheme();
    if (declared != null && !ENCODINGS.contains(declared.toUpperCase(Locale.ROOT))) {
      throw wrongEncoding(1, Problem.shown(declared));
    }
    if (declared == null || declared.equalsIgnoreCase("UTF-8")) {
      requireUtf8(file);
    }
  }

  /** Here rather than in the parser, which does not say where. */
  private static void requireUtf8(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    CharBuffer out = CharBuffer.allocate(8_192);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      out.clear();
      result = decoder.decode(in, out, true);
    }
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += file[i] == '\n' ? 1 : 0;
      }
      throw wrongEncoding(line, "0x%02X".formatted(file[in.position()]));
    }
  }

  private static Document document(XMLStreamReader reader) throws XMLStreamException {
    Deque<Element> open = new ArrayDeque<>();
    String namespace = "";
    Element root = null;
    int foreign = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw refused(
                "DOCUMENT_TYPE_REFUSED",
                reader.getLocation().getLineNumber(),
                "the file declares a document type or uses an entity, which no bank's file does",
                SEND_AS_RECEIVED);
        case XMLStreamConstants.START_ELEMENT -> {
          String space = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
          if (root == null) {
            namespace = space;
          }
          if (open.size() + foreign >= DEEPEST) {
            throw refused(
                "NOT_A_BANK_FILE",
                reader.getLocation().getLineNumber(),
                "elements are nested more than %d deep".formatted(DEEPEST),
                SEND_AS_RECEIVED);
          }
          if (foreign > 0 || !space.equals(namespace)) {
            foreign++;
          } else {
            Element element =
                new Element(
                    reader.getLocalName(),
                    reader.getLocation().getLineNumber(),
                    reader.getAttributeValue(null, "Ccy"));
            if (open.isEmpty()) {
              root = element;
            } else {
              open.getLast().children.add(element);
            }
            open.addLast(element);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (foreign > 0) {
            foreign--;
          } else {
            open.removeLast();
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (foreign == 0 && !open.isEmpty()) {
            open.getLast().text.append(reader.getText());
          }
        }
        default -> {}
      }
    }
    if (root == null) {
      throw refused("NOT_XML", 0, "the file has no element", SEND_AS_RECEIVED);
    }
    return new Document(namespace, root);
  }

  /** The parser's own words are not repeated: they quote the file. */
  private static Problem unreadable(XMLStreamException e) {
    return refused(
        "NOT_XML",
        e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNumber()),
        "the file is not well-formed XML, or it ends before its last element does",
        SEND_AS_RECEIVED);
  }

  private static Problem wrongEncoding(int line, String found) {
    return new Problem(
        400,
        "WRONG_ENCODING",
        place(line)
            + "the file's bytes are not in the encoding that it declares, or that is none of UTF-8,"
            + " ISO-8859-1, ISO-8859-15 and windows-1252; "
            + SEND_AS_RECEIVED,
        List.of(new Fault(line, "", found, "wrong or unsupported encoding", SEND_AS_RECEIVED)));
  }

  private static Problem refused(String code, int line, String message, String remedy) {
    return Problem.badRequest(
        code,
        place(line) + message + "; " + remedy,
        List.of(new Fault(line, "", "", message, remedy)));
  }

  private static String place(int line) {
    return line == 0 ? "" : "line " + line + ": ";
  }
}
