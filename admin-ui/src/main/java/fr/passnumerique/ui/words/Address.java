package fr.passnumerique.ui.words;

import org.springframework.web.util.UriComponentsBuilder;

/** Where a page is. */
public final class Address {
  private Address() {}

  /**
   * @param path as its handler is mapped, such as {@code /reglements/{runId}}
   * @param variables in the order of the path; whatever they hold stays within its part of it
   */
  public static String of(String path, Object... variables) {
    return UriComponentsBuilder.fromPath(path).encode().buildAndExpand(variables).toUriString();
  }
}
