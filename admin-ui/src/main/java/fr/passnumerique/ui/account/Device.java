package fr.passnumerique.ui.account;

import java.util.List;
import java.util.Map;

/** Which browser on what a session is, by what the browser says of itself; enough to tell one. */
final class Device {
  /** The first that is found: each says that it is one of those after it, too. */
  private static final List<Map.Entry<String, String>> BROWSERS =
      List.of(
          Map.entry("Edg", "Edge"),
          Map.entry("OPR/", "Opera"),
          Map.entry("SamsungBrowser", "Samsung Internet"),
          Map.entry("Firefox/", "Firefox"),
          Map.entry("FxiOS", "Firefox"),
          Map.entry("CriOS", "Chrome"),
          Map.entry("Chrome/", "Chrome"),
          Map.entry("Safari/", "Safari"));

  private static final List<Map.Entry<String, String>> SYSTEMS =
      List.of(
          Map.entry("iPhone", "iPhone"),
          Map.entry("iPad", "iPad"),
          Map.entry("Android", "Android"),
          Map.entry("Windows", "Windows"),
          Map.entry("Macintosh", "Mac"),
          Map.entry("CrOS", "ChromeOS"),
          Map.entry("Linux", "Linux"));

  private Device() {}

  /** {@code Firefox sur Windows}. */
  static String of(String agent) {
    String browser = found(BROWSERS, agent, "Navigateur inconnu");
    String system = found(SYSTEMS, agent, "");
    return system.isEmpty() ? browser : browser + " sur " + system;
  }

  private static String found(
      List<Map.Entry<String, String>> known, String agent, String otherwise) {
    return known.stream()
        .filter(each -> agent.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }
}
