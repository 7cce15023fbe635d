package fr.passnumerique.clearing.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;

/**
 * What a request sends, told from every other before an endpoint reads it.
 *
 * <p>Of a multipart body its parts count, with their names and those of their files: the boundary
 * between them is another each time the same is sent. Any other body counts byte by byte. Two JSON
 * texts of one meaning are two bodies: who sends again sends what was kept, not what was written
 * anew.
 */
public final class SentBody {
  private static final int CHUNK_BYTES = 16_384;

  private SentBody() {}

  /**
   * SHA-256, as 64 hexadecimal digits, over the method, the address with its parameters, and the
   * body. It is not keyed: whoever keeps it keys it first, since a body may hold a password or a
   * check part, which could be tried against it.
   *
   * <p>The body is in memory whole from then on, and the endpoint reads it as if it were the first.
   *
   * @throws UploadTooLargeException if the body is beyond the limit of all bodies
   */
  public static String digest(HttpServletRequest request) throws IOException {
    MessageDigest digest = sha256();
    add(digest, request.getMethod());
    add(digest, request.getRequestURI());
    add(digest, String.valueOf(request.getQueryString()));
    MultipartHttpServletRequest parts =
        WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
    if (parts == null) {
      add(digest, UploadLimit.whole(request));
    } else {
      add(digest, parts);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, MultipartHttpServletRequest parts)
      throws IOException {
    for (Map.Entry<String, List<MultipartFile>> named :
        new TreeMap<>(parts.getMultiFileMap()).entrySet()) {
      for (MultipartFile file : named.getValue()) {
        add(digest, named.getKey());
        add(digest, String.valueOf(file.getOriginalFilename()));
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(file.getSize()).flip());
        addAll(digest, file);
      }
    }
    // Those of the address are among them, once more.
    for (Map.Entry<String, String[]> named : new TreeMap<>(parts.getParameterMap()).entrySet()) {
      for (String value : named.getValue()) {
        add(digest, named.getKey());
        add(digest, value);
      }
    }
  }

  private static void addAll(MessageDigest digest, MultipartFile file) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = file.getInputStream()) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
  }

  private static void add(MessageDigest digest, String text) {
    add(digest, text.getBytes(StandardCharsets.UTF_8));
  }

  /** With its length in front: no two requests come to the same bytes. */
  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one fails", e);
    }
  }
}
