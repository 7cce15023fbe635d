package fr.passnumerique.loadtest.pages;

import fr.passnumerique.loadtest.scenario.Staging;

/** Pages of a ledger of some hundred lines, of which none is there in no time. */
public final class MiniaturePages {
  public static final Staging.Scenario SCENARIO =
      new Pages.Played(400, 0, 10, 0, 1, 1, 2, new Pages.Patience(60_000, 0));

  private MiniaturePages() {}
}
