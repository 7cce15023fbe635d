package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipLine;
import fr.passnumerique.loadtest.peak.HandedOutCheques;
import fr.passnumerique.loadtest.peak.HandedOutCheques.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What the clients of a round ask, from its seed alone. All draw from the same few cheques, which
 * move on with the steps, so that each cheque is wanted by most of them; every client has a twin,
 * with whom it presents, and takes back, some slips at the same moment.
 */
final class Script {
  static final int CLIENTS = 8;
  static final int STEPS = 40;

  private static final int WINDOW = 6;
  private static final int STEPS_PER_CHEQUE = 3;
  private static final int MOST_LINES = 4;

  /** Far beyond the batches that are issued. */
  private static final int UNKNOWN_BATCH = 30_000_000;

  private final long seed;
  private final HandedOutCheques cheques;

  Script(long seed, HandedOutCheques cheques) {
    this.seed = seed;
    this.cheques = cheques;
  }

  /** Cheques that a round wants. */
  static int wanted() {
    return STEPS / STEPS_PER_CHEQUE + WINDOW;
  }

  /**
   * A slip to present.
   *
   * @param cheques as {@link Call#cheques}
   */
  record Slip(String reference, Place place, List<SlipLine> lines, List<Long> cheques) {}

  /** A client's own at a step. */
  Slip own(int client, int step) {
    return slip(
        "c%d-%d".formatted(client, step),
        cheques.places().get(CLIENTS / 2 + client),
        step,
        random("own", client, step),
        false);
  }

  /** That of a pair of twins; every other one has no code that was ever issued. */
  Slip ofTwins(int client, int step) {
    int pair = client / 2;
    Random random = random("twins", pair, step);
    return slip(
        "t%d-%d".formatted(pair, step),
        cheques.places().get(pair),
        step,
        random,
        random.nextBoolean());
  }

  /** Other lines under a slip's reference. */
  Slip other(Slip slip, int client, int step) {
    Slip other =
        slip(slip.reference(), slip.place(), step + 1, random("other", client, step), true);
    return new Slip(slip.reference(), slip.place(), other.lines(), other.cheques());
  }

  private Slip slip(String reference, Place place, int step, Random random, boolean unknown) {
    List<SlipLine> lines = new ArrayList<>();
    List<Long> keys = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_LINES);
    for (int chosen : random.ints(0, WINDOW).distinct().limit(count).toArray()) {
      ChequeCode code =
          unknown
              ? new ChequeCode(
                  new Serial(Batch.of(UNKNOWN_BATCH), 1 + random.nextInt(1_000_000)),
                  random.nextInt(1 << 30))
              : cheque(step, chosen);
      lines.add(
          new SlipLine(
              code, cheques.today().minusDays(1), place.service(), place.pointOfService()));
      keys.add(unknown ? -1L : code.serial().key());
    }
    return new Slip(reference, place, List.copyOf(lines), List.copyOf(keys));
  }

  /** One of those that are wanted at a step. */
  ChequeCode cheque(int step, int chosen) {
    return cheques.cheques().get((step / STEPS_PER_CHEQUE + chosen) % cheques.cheques().size());
  }

  ChequeCode anyCheque(int step, Random random) {
    return cheque(step, random.nextInt(WINDOW));
  }

  Random random(String of, int client, int step) {
    return new Random(((seed * 31 + of.hashCode()) * 31 + client) * 1_000_003 + step);
  }
}
