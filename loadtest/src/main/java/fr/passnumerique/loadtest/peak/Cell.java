package fr.passnumerique.loadtest.peak;

/** How many clients present slips of how many lines. */
record Cell(int clients, int lines) {
  /** What two processors and a disk take of the rival's time, as it was measured. */
  private static final double MILLIS_OF_A_SLIP = 0.13;

  private static final double MILLIS_OF_A_LINE = 0.0083;

  /** One client waits for the disk while nobody works. */
  private static final double MILLIS_ALONE = 0.32;

  /** For a sentence. */
  String told() {
    return "%d %s, %d %s"
        .formatted(
            lines, lines == 1 ? "line" : "lines", clients, clients == 1 ? "client" : "clients");
  }

  /**
   * How many slips keep the rival busy for so long, on two processors: a round is to last as long
   * whatever its slips are. An estimate, so that the same options present the same slips anywhere.
   */
  int slips(double seconds) {
    double millis = MILLIS_OF_A_SLIP + lines * MILLIS_OF_A_LINE + MILLIS_ALONE / clients;
    return (int) Math.max(clients, seconds * 1e3 / millis);
  }
}
