package fr.passnumerique.ui.print;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A document that is sent to be kept by whoever asked, and by nobody between. */
final class Pdf {
  private Pdf() {}

  /**
   * @param name of the file, without its suffix
   */
  static ResponseEntity<byte[]> named(String name, byte[] document) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name + ".pdf").build().toString())
        .body(document);
  }
}
