package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header by which a client says that a request is the one that it sent before
 * (draft-ietf-httpapi-idempotency-key-header): a UUID, say, with or without the draft's quotation
 * marks.
 *
 * @param value 1 to 255 visible ASCII characters, without quotation marks, commas and backslashes
 */
record IdempotencyKey(String value) {
  static final String HEADER = "Idempotency-Key";

  /** Attribute of a request that bears a key: the name of what it makes, a UUID. */
  static final String NAME = "fr.passnumerique.idempotency-name";

  private static final String CHARACTERS = "[!#-+\\--\\[\\]-~]{1,255}";
  private static final Pattern FORM =
      Pattern.compile("\"(?<quoted>" + CHARACTERS + ")\"|(?<bare>" + CHARACTERS + ")");

  /**
   * @return null if the request has none
   * @throws Problem 400 {@code IDEMPOTENCY_KEY_MALFORMED} if it has one that is none, or two
   */
  static @Nullable IdempotencyKey of(HttpServletRequest request) {
    if (request.getHeader(HEADER) == null) {
      return null;
    }
    List<String> sent = Collections.list(request.getHeaders(HEADER));
    if (sent.size() > 1) {
      throw malformed("is sent %d times".formatted(sent.size()));
    }
    String text = sent.getFirst().strip();
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw malformed(
          text.isEmpty()
              ? "has no value"
              : "has %d characters, or one that is not allowed".formatted(text.length()));
    }
    String quoted = form.group("quoted");
    return new IdempotencyKey(quoted == null ? form.group("bare") : quoted);
  }

  byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one fails", e);
    }
  }

  /** The value is not shown: nobody knows what a client takes for a key. */
  private static Problem malformed(String how) {
    String message = "the header %s %s".formatted(HEADER, how);
    String remedy =
        "send one key of 1 to 255 visible ASCII characters without spaces, quotation marks, commas"
            + " and backslashes, such as a UUID; or leave the header out";
    return Problem.badRequest(
        "IDEMPOTENCY_KEY_MALFORMED",
        message + "; " + remedy,
        List.of(Problem.Fault.of(HEADER, "", message, remedy)));
  }

  @Override
  public String toString() {
    return HEADER;
  }
}
