package fr.passnumerique.clearing.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Bodies are UTF-8. One that announces another charset is refused before it is read, because
 * decoding it would hide from {@link TextUpload} what was sent; a JSON body in UTF-16 is refused at
 * its first bytes. A byte order mark before JSON is passed over.
 */
@RestControllerAdvice
final class StrictBody extends RequestBodyAdviceAdapter {
  private static final String REMEDY = "send the body as UTF-8";

  @Override
  public boolean supports(
      MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converter)
      throws IOException {
    MediaType mediaType = message.getHeaders().getContentType();
    Charset charset = mediaType == null ? null : mediaType.getCharset();
    if (charset != null
        && !charset.equals(StandardCharsets.UTF_8)
        && !charset.equals(StandardCharsets.US_ASCII)) {
      throw new Problem(
          415,
          "WRONG_ENCODING",
          "the body is announced as %s, not as UTF-8; %s".formatted(charset.name(), REMEDY),
          List.of(
              Problem.Fault.of(
                  "Content-Type", charset.name(), "the charset must be UTF-8", REMEDY)));
    }
    return JacksonJsonHttpMessageConverter.class.isAssignableFrom(converter)
        ? new Json(message.getHeaders(), withoutMark(message.getBody()))
        : message;
  }

  private static InputStream withoutMark(InputStream body) throws IOException {
    PushbackInputStream in = new PushbackInputStream(body, 4);
    byte[] start = in.readNBytes(4);
    for (byte b : start) {
      // No JSON text starts so in UTF-8; in UTF-16 and UTF-32 each does.
      if (b == 0 || b == (byte) 0xFE || b == (byte) 0xFF) {
        throw Problem.badRequest(
            "WRONG_ENCODING",
            "the body is UTF-16 or UTF-32, not UTF-8; " + REMEDY,
            List.of(new Problem.Fault(1, "", "", "JSON must be UTF-8", REMEDY)));
      }
    }
    boolean marked =
        start.length >= 3
            && start[0] == (byte) 0xEF
            && start[1] == (byte) 0xBB
            && start[2] == (byte) 0xBF;
    int skipped = marked ? 3 : 0;
    in.unread(start, skipped, start.length - skipped);
    return in;
  }

  private record Json(HttpHeaders headers, InputStream body) implements HttpInputMessage {
    @Override
    public InputStream getBody() {
      return body;
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }

  @Override
  public @Nullable Object handleEmptyBody(
      @Nullable Object body,
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converter) {
    return body;
  }
}
