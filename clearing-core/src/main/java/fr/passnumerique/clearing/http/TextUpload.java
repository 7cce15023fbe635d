package fr.passnumerique.clearing.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.web.multipart.MultipartFile;

/**
 * The text of an uploaded file, read as UTF-8 and as nothing else.
 *
 * <p>An encoding is never guessed: every byte sequence is some Latin-1, so a guess turns a wrong
 * file into wrong names that nobody notices. What the bytes look like is told in the message only.
 */
public final class TextUpload {
  private static final String SAVE_AS_UTF_8 =
      "save the file as UTF-8 (in a spreadsheet: the format named CSV UTF-8) and send it again";

  /** What Java puts in the place of bytes that are not UTF-8. */
  private static final char REPLACED = '\uFFFD';

  private TextUpload() {}

  /**
   * @see #decode(byte[])
   */
  public static String decode(MultipartFile file) {
    try {
      return decode(file.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param bytes a whole file, UTF-8, with or without a byte order mark
   * @return its text without the byte order mark; line ends as they were sent
   * @throws Problem 400 {@code EMPTY_UPLOAD} if there is nothing in it, {@code NOT_A_TEXT} for a
   *     spreadsheet, an archive or other binary contents, {@code WRONG_ENCODING} for every other
   *     encoding; with the line (from 1) where the file stops being UTF-8 text
   */
  public static String decode(byte[] bytes) {
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      throw wrongEncoding(1, "", "the file is UTF-16, not UTF-8");
    }
    int start = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    if (bytes.length == start) {
      throw refused(
          "EMPTY_UPLOAD", 0, "", "the file is empty", "choose the file again and send it");
    }
    if (startsWith(bytes, 'P', 'K', 3, 4) || startsWith(bytes, 0xD0, 0xCF, 0x11, 0xE0)) {
      throw refused(
          "NOT_A_TEXT",
          0,
          "",
          "the file is a spreadsheet or an archive, not a text",
          "open it in the spreadsheet, save it in the format named CSV UTF-8, and send that file");
    }
    String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    int end = text.indexOf(REPLACED) < 0 ? bytes.length : endOfUtf8(bytes, start);
    if (end < bytes.length) {
      refuseControlCharacters(new String(bytes, start, end - start, StandardCharsets.UTF_8));
      String found = "0x%02X".formatted(bytes[end]);
      throw wrongEncoding(
          lineOf(bytes, end),
          found,
          "byte %d (%s) is not UTF-8%s".formatted(end + 1, found, resembles(bytes, end)));
    }
    refuseControlCharacters(text);
    return text;
  }

  /** Where bytes stop being UTF-8; their end if all are. */
  private static int endOfUtf8(byte[] bytes, int start) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    // UTF-8 never has more UTF-16 units than bytes.
    CoderResult end = decoder.decode(in, CharBuffer.allocate(in.remaining()), true);
    return end.isError() ? in.position() : bytes.length;
  }

  /** A NUL or another control character would not survive a database, an export or a terminal. */
  private static void refuseControlCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
        String found = "U+%04X".formatted((int) c);
        throw refused(
            "NOT_A_TEXT",
            lineOf(text, i),
            found,
            "the control character " + found + " has no place in a text file",
            "send a text file; if it is one, delete that character");
      }
    }
  }

  private static int lineOf(byte[] bytes, int at) {
    // Each byte a character: line ends are the same in all that UTF-8 can be mistaken for.
    return lineOf(new String(bytes, StandardCharsets.ISO_8859_1), at);
  }

  private static int lineOf(String text, int at) {
    int line = 1;
    for (int i = 0; i < at; i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n')) {
        line++;
      }
    }
    return line;
  }

  /** For the message only: French letters with an accent are single bytes from 0xC0 in both. */
  private static String resembles(byte[] bytes, int at) {
    int unsigned = bytes[at] & 0xFF;
    boolean single = at + 1 >= bytes.length || bytes[at + 1] >= 0;
    return single && (unsigned >= 0xC0 || unsigned == 0x80 || unsigned == 0x92 || unsigned == 0xA0)
        ? "; the file looks like Windows-1252 or ISO 8859-1"
        : "";
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static Problem wrongEncoding(int line, String value, String message) {
    return refused("WRONG_ENCODING", line, value, message, SAVE_AS_UTF_8);
  }

  private static Problem refused(
      String code, int line, String value, String message, String remedy) {
    String detail = (line == 0 ? "" : "line " + line + ": ") + message + "; " + remedy;
    return Problem.badRequest(
        code, detail, List.of(new Problem.Fault(line, "", value, message, remedy)));
  }
}
