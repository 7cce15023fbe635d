package fr.passnumerique.loadtest.options;

/** Who is told what is being done. */
@FunctionalInterface
public interface Progress {
  void say(String format, Object... values);
}
