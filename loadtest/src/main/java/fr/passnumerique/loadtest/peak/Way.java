package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.redemption.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** One way to redeem cheques, over a store of its own that holds the plan's cheques. */
public interface Way extends AutoCloseable {
  /** Short, for tables. */
  String name();

  /** Where its tables are, on the stage's server. */
  default String database() {
    return name();
  }

  /** What it is, in one sentence. */
  String description();

  /** A client's own line to it, for one thread. */
  Client client();

  /**
   * Returns when whatever was acknowledged can be read in balances and in the cheques' histories.
   */
  void drain() throws InterruptedException;

  /** A look at how far behind it is; none where what is acknowledged can be read at once. */
  default Optional<Freshness> freshness() {
    return Optional.empty();
  }

  /** What its own tables say now. */
  Books books();

  /** Processor time of a process of its own, in nanoseconds; 0 if it has none. */
  default long processNanos() {
    return 0;
  }

  /** The process that its node runs in. */
  default long pid() {
    return ProcessHandle.current().pid();
  }

  /** What a reader has to know to believe the figures: plans, sizes. Markdown. */
  default String notes() {
    return "";
  }

  @Override
  void close();

  /** For one thread. */
  interface Client extends AutoCloseable {
    /** Makes ready what a venue's own system would have ready: not measured. */
    default void prepare(List<Slip> slips) {}

    /**
     * Presents a slip and returns when its answer is durable and here.
     *
     * @return the answer, read when the measurement is over
     */
    Supplier<Answer> send(Slip slip);

    @Override
    default void close() {}
  }

  /**
   * The answer to a slip.
   *
   * @param verdicts in the slip's order
   * @param already an earlier recording's
   */
  record Answer(List<Verdict> verdicts, long acceptedCents, boolean already) {
    /** The same, told again to whom the first answer never came. */
    public Answer asFirst() {
      return new Answer(verdicts, acceptedCents, false);
    }
  }

  /**
   * @param accepted lines
   * @param claims cheques whose history tells that they were redeemed
   * @param owedCents to venues, not yet paid
   * @param paidCents to venues, or in a transfer
   * @param spentByFunder owed and paid, by who bears it
   * @param spentByVenue owed and paid, by who was owed it
   * @param sumOfAllCents over all accounts: must be 0; empty where there is no double entry
   */
  record Books(
      long accepted,
      long claims,
      long owedCents,
      long paidCents,
      Map<String, Long> spentByFunder,
      Map<String, Long> spentByVenue,
      OptionalLong sumOfAllCents) {}
}
