package fr.passnumerique.clearing.http;

import java.util.List;

/** Files that every page needs and everybody may read: taken from memory. */
public final class StaticFiles {
  /** As path patterns. */
  public static final List<String> PATTERNS =
      List.of("/css/**", "/js/**", "/img/**", "/fonts/**", "/webjars/**", "/favicon.ico");

  private StaticFiles() {}

  public static boolean hold(String path) {
    return PATTERNS.stream().anyMatch(pattern -> path.startsWith(pattern.replace("**", "")));
  }
}
