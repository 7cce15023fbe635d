package fr.passnumerique.clearing.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * Sends a table as a file.
 *
 * @param format that was asked for
 */
public record TableDownload(TableFormat format, HttpServletResponse response) {
  /** Of the parameter that says the format. */
  public static final String PARAMETER = "format";

  /**
   * Rows are sent as they come. If they end early, the connection is cut, so that the half is not
   * taken for the whole.
   *
   * @param name of the file, without its suffix
   */
  public <R> void send(Table<R> table, Table.Rows<R> rows, String name) throws IOException {
    response.setContentType(format.mediaType());
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name + "." + format.suffix()).build().toString());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    Writer to = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), UTF_8));
    table.write(format, rows, to);
  }
}
