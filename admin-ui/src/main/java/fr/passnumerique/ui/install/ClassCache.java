package fr.passnumerique.ui.install;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this Java uses the class cache that it was started with; it starts without it too. */
public enum ClassCache {
  NONE,
  USED,
  /** Of another Java, other options or other jars, or not there. */
  DOES_NOT_FIT;

  private static final Logger LOG = LoggerFactory.getLogger(ClassCache.class);

  static final String OPTION = "-XX:AOTCache=";

  public static ClassCache ofThisJava() {
    return of(
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        System.getProperty("java.vm.info", ""));
  }

  /**
   * @param options of the JVM
   * @param info Java's own: with a cache that it was told and cannot use it shares no classes
   */
  static ClassCache of(List<String> options, String info) {
    if (options.stream().noneMatch(option -> option.startsWith(OPTION))) {
      return NONE;
    }
    return info.contains("sharing") ? USED : DOES_NOT_FIT;
  }

  /** Nothing, where none was asked for. */
  public void tell() {
    switch (this) {
      case NONE -> {}
      case USED -> LOG.info("The class cache is used");
      case DOES_NOT_FIT ->
          LOG.warn(
              "The class cache does not fit this Java, its options or the jars beside it, and this"
                  + " start took as long as without one; make one anew: java -jar … install"
                  + " <another directory>");
    }
  }
}
