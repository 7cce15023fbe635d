package fr.passnumerique.clearing.http;

/** Is told how far a long work is, by whoever does it. */
@FunctionalInterface
public interface Progress {
  /** Of what nobody follows. */
  Progress UNHEARD = (_, _) -> {};

  /**
   * @param done of the work's own steps, which take about as long as each other
   * @param of all of them
   */
  void at(long done, long of);

  /**
   * What is told of one part of a work whose parts take about as long as each other.
   *
   * @param nth from 0
   * @param parts of the whole work
   */
  default Progress part(int nth, int parts) {
    return (done, of) -> at(nth * of + done, parts * of);
  }
}
