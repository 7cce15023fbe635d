package fr.passnumerique.clearing.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * No body is larger than this. One that says so in {@code Content-Length} is refused when an
 * endpoint would read its first byte, so that who sends it is known by then and the endpoint may
 * note it; one sent in chunks is refused at the first byte beyond. Nothing is kept of either.
 *
 * <p>Parts of a multipart body are read by the container, which has the same limit (see {@link
 * Http}), and so are the fields of a form, which have a lower one. Whichever filter asks for the
 * first of them has them read, before any endpoint is found: what is wrong with them is told here.
 */
final class UploadLimit extends OncePerRequestFilter {
  private static final String LIMIT = UploadLimit.class.getName();
  private static final String FORM_LIMIT = LIMIT + ".form";

  private final long maxBytes;
  private final long maxFormBytes;

  /**
   * @param maxForm of the fields of a form
   */
  UploadLimit(DataSize max, DataSize maxForm) {
    this.maxBytes = max.toBytes();
    this.maxFormBytes = maxForm.toBytes();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    request.setAttribute(LIMIT, maxBytes);
    request.setAttribute(FORM_LIMIT, ofParts(request) ? maxBytes : maxFormBytes);
    try {
      chain.doFilter(new Limited(request, maxBytes), response);
    } catch (InvalidParameterException e) {
      if (response.isCommitted()) {
        throw e;
      }
      answer(e, request, response);
    }
  }

  private static boolean ofParts(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.startsWith("multipart/");
  }

  /** 413 {@code UPLOAD_TOO_LARGE} or 400 {@code UNREADABLE_FORM}; what is left is not read. */
  static void answer(
      InvalidParameterException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String message =
        "the fields of the form or of the query are too many, or written as no form is";
    String remedy = "send those that are asked for";
    response.setHeader("Connection", "close");
    ProblemWriter.write(
        request,
        response,
        e.getErrorCode() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE
                && request.getAttribute(FORM_LIMIT) instanceof Long most
            ? tooLarge(most)
            : Problem.badRequest(
                "UNREADABLE_FORM",
                message + "; " + remedy,
                List.of(Problem.Fault.of("", "", message, remedy))));
  }

  /** In bytes. */
  static long of(HttpServletRequest request) {
    return request.getAttribute(LIMIT) instanceof Long bytes ? bytes : 0;
  }

  /**
   * The body, read to its end and kept: whoever reads it afterwards reads it from its start.
   *
   * @throws UploadTooLargeException if it is beyond the limit
   */
  static byte[] whole(HttpServletRequest request) throws IOException {
    Limited limited = WebUtils.getNativeRequest(request, Limited.class);
    if (limited == null) {
      throw new IllegalStateException("a request that did not come through " + LIMIT);
    }
    return limited.whole();
  }

  static Problem tooLarge(long maxBytes) {
    String message =
        "the request's body may have at most %d bytes (%d MB)"
            .formatted(maxBytes, DataSize.ofBytes(maxBytes).toMegabytes());
    String remedy =
        "split it into several requests; what cannot be split needs a larger pass.http.max-upload,"
            + " which the operator sets";
    return new Problem(
        413,
        "UPLOAD_TOO_LARGE",
        message + "; " + remedy,
        List.of(Problem.Fault.of("", "", message, remedy)));
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final long maxBytes;
    private @Nullable ServletInputStream in;
    private @Nullable BufferedReader reader;

    Limited(HttpServletRequest request, long maxBytes) {
      super(request);
      this.maxBytes = maxBytes;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (getContentLengthLong() > maxBytes) {
        throw new UploadTooLargeException(tooLarge(maxBytes));
      }
      if (in == null) {
        in = new LimitedStream(super.getInputStream(), maxBytes);
      }
      return in;
    }

    byte[] whole() throws IOException {
      byte[] all = getInputStream().readAllBytes();
      in = new KeptStream(all);
      return all;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      if (reader == null) {
        String encoding = getCharacterEncoding();
        reader =
            new BufferedReader(
                new InputStreamReader(
                    getInputStream(), encoding == null ? StandardCharsets.UTF_8.name() : encoding));
      }
      return reader;
    }
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream in;
    private final long maxBytes;
    private long seen;

    LimitedStream(ServletInputStream in, long maxBytes) {
      this.in = in;
      this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      if (b >= 0) {
        count(1);
      }
      return b;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int n = in.read(to, offset, length);
      if (n > 0) {
        count(n);
      }
      return n;
    }

    private void count(int bytes) throws UploadTooLargeException {
      seen += bytes;
      if (seen > maxBytes) {
        throw new UploadTooLargeException(tooLarge(maxBytes));
      }
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** A body that was read before. */
  private static final class KeptStream extends ServletInputStream {
    private final ByteArrayInputStream in;

    KeptStream(byte[] all) {
      this.in = new ByteArrayInputStream(all);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      return in.read(to, offset, length);
    }

    @Override
    public boolean isFinished() {
      return in.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("read at once");
    }
  }
}
