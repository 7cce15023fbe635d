package fr.passnumerique.ui.print;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;

/**
 * The application's own fonts, so that paper looks the same whatever the server has. DejaVu 2.37,
 * under the licence that lies beside them.
 */
final class Fonts {
  static final String REGULAR = "DejaVuSansCondensed";
  static final String BOLD = "DejaVuSansCondensed-Bold";
  static final String CODE = "DejaVuSansMono-Bold";

  private Fonts() {}

  static InputStream open(String font) {
    String path = "fonts/" + font + ".ttf";
    return requireNonNull(Fonts.class.getResourceAsStream(path), path);
  }
}
