package fr.passnumerique.ui.words;

import org.springframework.web.util.UriComponentsBuilder;

/** Where a page is. */
public final class Address {
  private Address() {}

  /**
   * @param path as its handler is mapped, with what it is asked: {@code
   *     /reglements/{runId}?after={after}}
   * @param variables in this order; whatever they hold stays within its part
   */
  public static String of(String path, Object... variables) {
    return UriComponentsBuilder.fromUriString(path)
        .encode()
        .buildAndExpand(variables)
        .toUriString();
  }
}
