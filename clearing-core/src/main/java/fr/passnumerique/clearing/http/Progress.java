package fr.passnumerique.ui.work;

/** Is told how far a work is, by whoever does it. */
@FunctionalInterface
public interface Progress {
  /** Of what nobody follows. */
  Progress UNHEARD = (_, _) -> {};

  /**
   * @param done of the work's own steps, which take about as long as each other
   * @param of all of them
   */
  void at(long done, long of);
}
