package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.List;

/** What is asked for about cheques that go back, are given anew or are paid to nobody. */
public sealed interface Titling extends Action.More {

  /**
   * @param step DELIVERY or HAND_OUT: which of them is taken back
   */
  record TakeBack(String step, String correction, String prescriber, List<Action.Range> cheques)
      implements Titling {}

  /** New serials for opposed cheques; asked for by {@link Action#CLERK}. */
  record Replace(String replacement, List<Action.Range> cheques) implements Titling {}

  /**
   * @param from first day of service
   */
  record SetWaiver(String letter, String venue, boolean waives, LocalDate from)
      implements Titling {}
}
