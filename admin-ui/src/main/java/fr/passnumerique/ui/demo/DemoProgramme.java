package fr.passnumerique.ui.demo;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.LedgerReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A year of the Pass: four agreements, four prescribers, a dozen venues, slips with good and bad
 * lines, a settlement every four weeks, and what goes wrong meanwhile and is put right. Each
 * chapter is a class; this one puts their scenes into the order of the days.
 *
 * <p>Every identifier and every choice follows from the first day and a fixed seed, so that a demo
 * that was interrupted is played again from the start: what was recorded already is answered as it
 * was and adds nothing.
 */
final class DemoProgramme {
  /** From the first day to the last, which is the day before today. */
  static final int DAYS = 365;

  private final DemoDesk desk;
  private final List<Scene> scenes = new ArrayList<>();

  /**
   * @param iban of the ring-fenced account
   */
  DemoProgramme(DemoDesk desk, LedgerReader ledger, String iban) {
    this.desk = desk;
    DemoVenues venues = new DemoVenues();
    DemoBank bank = new DemoBank(desk, iban);
    DemoStock stock = new DemoStock(desk);
    DemoLabels labels = new DemoLabels(desk, venues, ledger);
    DemoCounters counters = new DemoCounters(desk, stock, venues, DAYS);
    scenes.addAll(new DemoFunding(desk, bank, stock).scenes());
    scenes.addAll(stock.scenes());
    scenes.addAll(labels.scenes());
    scenes.addAll(counters.scenes());
    scenes.addAll(new DemoMishaps(desk, stock, venues, counters).scenes());
    scenes.addAll(new DemoSettlements(desk, venues, counters, labels, bank).scenes());
    scenes.addAll(new DemoExpiry(desk, bank).scenes());
    scenes.addAll(new DemoPending(desk, stock, venues, bank).scenes());
    scenes.add(new Scene(DAYS - 1, 18, "fin de la période", () -> {}));
  }

  /** Who is to have an account. */
  static List<DemoAccounts.Wanted> accountsWanted() {
    DemoVenues venues = new DemoVenues();
    return List.of(
        new DemoAccounts.Wanted(Role.CLERK, "agent", ""),
        new DemoAccounts.Wanted(Role.CLERK, DemoDesk.SECOND_CLERK, ""),
        new DemoAccounts.Wanted(Role.AUDITOR, "auditeur", ""),
        new DemoAccounts.Wanted(Role.FUNDER, "anct", "anct"),
        new DemoAccounts.Wanted(
            Role.FUNDER, "region-nouvelle-aquitaine", "region-nouvelle-aquitaine"),
        new DemoAccounts.Wanted(Role.FUNDER, "departement-16", "departement-16"),
        new DemoAccounts.Wanted(Role.VENUE, "bus-charente", venues.in("16").siret()),
        new DemoAccounts.Wanted(Role.VENUE, "la-poste-nice", venues.in("06").siret()),
        new DemoAccounts.Wanted(Role.PRESCRIBER, "ccas-ruffec", "ccas-ruffec"),
        new DemoAccounts.Wanted(Role.PRESCRIBER, "ccas-nice", "ccas-nice"));
  }

  /** Scenes of one hour keep the order of the chapters. */
  void play() {
    scenes.stream()
        .sorted(Comparator.comparingInt(Scene::day).thenComparingInt(Scene::hour))
        .forEach(desk::play);
  }
}
