package fr.passnumerique.ui.denial;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** What requests of endpoints and of pages are made of. */
final class Requests {
  /** A variable in a path; its name is the first group. */
  static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)[^}]*}");

  private Requests() {}

  static URI uri(URI base, String path, Map<String, String> query) {
    return base.resolve(query.isEmpty() ? path : path + "?" + encoded(query));
  }

  static String filled(String path, Map<String, String> variables) {
    return VARIABLE
        .matcher(path)
        .replaceAll(
            found ->
                URLEncoder.encode(
                    variables.getOrDefault(found.group(1), "X-1"), StandardCharsets.UTF_8));
  }

  static String encoded(Map<String, String> fields) {
    return String.join(
        "&",
        fields.entrySet().stream()
            .map(
                field ->
                    URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .toList());
  }

  /** Parts without a value are files. */
  static String multipart(Map<String, String> parts) {
    StringBuilder body = new StringBuilder();
    parts.forEach(
        (name, value) ->
            body.append("--matrix\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append(value.isEmpty() ? "\"; filename=\"x.csv\"" : "\"")
                .append("\r\n\r\n")
                .append(value.isEmpty() ? "x\n" : value)
                .append("\r\n"));
    return body.append("--matrix--\r\n").toString();
  }
}
