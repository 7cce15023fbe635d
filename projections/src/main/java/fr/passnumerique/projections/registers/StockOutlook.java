package fr.passnumerique.projections.registers;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.projections.registers.StockRegister.OfBatch;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long does a prescriber's stock last, and which of it comes to its end first? A guess from the
 * pace of {@link #WINDOW_DAYS} days, which no decision goes by.
 *
 * @param today Europe/Paris, from which is counted
 * @param handedOut cheques in the window, corrected ones left out
 * @param inStock cheques that have not come to their end
 * @param runsOutOn day on which at this pace the last is handed out; left out where nothing was
 *     handed out, or nothing is in stock
 * @param ending what ends within {@link #SOON_DAYS} days, and what at this pace would not all be
 *     handed out by its end; the first to end first
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StockOutlook(
    String prescriber,
    LocalDate today,
    int windowDays,
    long handedOut,
    long inStock,
    Optional<LocalDate> runsOutOn,
    List<Ending> ending) {
  /** Four weeks: long enough for one quiet week not to count for all. */
  public static final int WINDOW_DAYS = 28;

  /** From the announcement of an order's end to its day. */
  public static final int SOON_DAYS = 30;

  /**
   * Cheques of one batch that come to their end.
   *
   * @param left of those in stock, that at this pace are not handed out by then
   */
  public record Ending(
      String batch,
      String order,
      String programme,
      String programmeName,
      LocalDate endsOn,
      long inStock,
      long left) {}

  /**
   * What ends first is handed out first.
   *
   * @param batches in any order
   * @param handedOut in the window; what was corrected may make it less than nothing
   */
  static StockOutlook of(
      String prescriber, List<OfBatch> batches, long handedOut, LocalDate today) {
    long pace = Math.max(0, handedOut);
    List<OfBatch> held =
        batches.stream()
            .filter(batch -> batch.inStock() > 0 && !batch.endsOn().isBefore(today))
            .sorted(Comparator.comparing(OfBatch::endsOn).thenComparing(OfBatch::batch))
            .toList();
    long inStock = held.stream().mapToLong(OfBatch::inStock).sum();
    List<Ending> ending = new ArrayList<>();
    long spent = 0;
    for (OfBatch batch : held) {
      long days = ChronoUnit.DAYS.between(today, batch.endsOn()) + 1;
      long byThen = Math.multiplyExact(pace, days) / WINDOW_DAYS;
      long given = Math.clamp(byThen - spent, 0, batch.inStock());
      spent += given;
      long left = batch.inStock() - given;
      if (left > 0 || days <= SOON_DAYS) {
        ending.add(
            new Ending(
                batch.batch(),
                batch.order(),
                batch.programme(),
                batch.programmeName(),
                batch.endsOn(),
                batch.inStock(),
                left));
      }
    }
    return new StockOutlook(
        prescriber,
        today,
        WINDOW_DAYS,
        pace,
        inStock,
        pace == 0 || inStock == 0
            ? Optional.empty()
            : Optional.of(
                today.plusDays(Math.ceilDiv(Math.multiplyExact(inStock, WINDOW_DAYS), pace))),
        ending);
  }
}
