package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Reconciliation.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A way and all that was presented through it: its books can be checked at any moment. */
public final class Course {
  private final Way way;
  private final Plan plan;
  private final Supplier<Cost> spent;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Slip> presented = new ArrayList<>();

  /**
   * @param spent so far, by way and server
   */
  Course(Way way, Plan plan, Supplier<Cost> spent) {
    this.way = way;
    this.plan = plan;
    this.spent = spent;
  }

  public Way way() {
    return way;
  }

  public Cost spent() {
    return spent.get();
  }

  public Sample present(Round round, Pace pace) throws InterruptedException {
    Sample sample = Load.run(way, round, pace, spent);
    known(sample, round.all().toList());
    return sample;
  }

  /** What was presented to its ledger by somebody else. */
  public void known(Sample sample, List<Slip> slips) {
    samples.add(sample);
    presented.addAll(slips);
  }

  /** Of everything, from the first slip on. */
  public Reconciliation reconcile() {
    return Reconciliation.of(way, samples, Expected.of(plan, presented));
  }
}
