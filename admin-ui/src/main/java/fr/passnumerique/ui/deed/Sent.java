package fr.passnumerique.ui.deed;

import fr.passnumerique.clearing.access.Actor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.util.WebUtils;

/** A form that came from a page, and where its answer goes. A handler asks for one by its type. */
public final class Sent {
  static final String KEY = "cle";
  static final String SHOWN = "vu";
  static final String SEAL = "sceau";
  static final String MEND = "corriger";

  private final Actor actor;
  private final HttpServletRequest request;
  private final HttpServletResponse response;

  Sent(Actor actor, HttpServletRequest request, HttpServletResponse response) {
    this.actor = actor;
    this.request = request;
    this.response = response;
  }

  public Actor by() {
    return actor;
  }

  boolean posted() {
    return request.getMethod().equals("POST");
  }

  /** With the identifiers of what it is about. */
  String address() {
    return request.getRequestURI();
  }

  /** The one of the form when it was first shown; another one if it was never shown. */
  UUID key() {
    try {
      return UUID.fromString(parameter(KEY));
    } catch (IllegalArgumentException _) {
      return UUID.randomUUID();
    }
  }

  /** Back from the question to the fields. */
  boolean mends() {
    return !parameter(MEND).isEmpty();
  }

  boolean confirms() {
    return !parameter(SEAL).isEmpty();
  }

  String seal() {
    return parameter(SEAL);
  }

  String shown() {
    return parameter(SHOWN);
  }

  /** A file is sent in the first step, and kept in the page for the second. */
  String value(Field field) {
    if (field.kind() == Field.Kind.CHOICES) {
      String[] boxes = request.getParameterValues(field.name());
      return boxes == null ? "" : String.join(Field.PARTED, boxes);
    }
    if (field.kind() != Field.Kind.FILE) {
      return parameter(field.name());
    }
    MultipartHttpServletRequest parts =
        WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
    MultipartFile file = parts == null ? null : parts.getFile(field.name());
    try {
      return file != null
          ? new String(file.getBytes(), StandardCharsets.ISO_8859_1)
          : KeptFile.unpacked(parameter(field.name()), field.longest());
    } catch (IOException e) {
      throw new UncheckedIOException("a file of a form cannot be read", e);
    }
  }

  private String parameter(String name) {
    @Nullable String value = request.getParameter(name);
    return Objects.requireNonNullElse(value, "");
  }

  void answer(int status) {
    response.setStatus(status);
  }

  /** For the next page alone. */
  void tell(String words) {
    RequestContextUtils.getOutputFlashMap(request).put(Deeds.DONE, words);
  }
}
