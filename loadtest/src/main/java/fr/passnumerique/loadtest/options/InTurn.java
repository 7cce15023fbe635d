package fr.passnumerique.loadtest.options;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What is done again and again, in an order that a seed chooses. */
public final class InTurn {
  private InTurn() {}

  /**
   * All of them in each round, so that none is left out.
   *
   * @param number from 0
   */
  public static <T> T at(List<T> all, long seed, int number) {
    List<T> round = new ArrayList<>(all);
    Collections.shuffle(round, new Random(seed * 1_000_003 + number / round.size()));
    return round.get(number % round.size());
  }
}
