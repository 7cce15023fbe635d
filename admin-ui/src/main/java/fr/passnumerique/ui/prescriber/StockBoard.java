package fr.passnumerique.ui.prescriber;

import fr.passnumerique.projections.registers.StockRegister.OfBatch;
import fr.passnumerique.projections.registers.StockRegister.Stock;
import fr.passnumerique.ui.chart.Bars;
import fr.passnumerique.ui.chart.Bars.Share;
import fr.passnumerique.ui.figures.Bar.Series;
import fr.passnumerique.ui.figures.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a prescriber sees first: its register of titles, in cheques.
 *
 * @param name of the prescriber; its identifier while it is not registered
 * @param otherwiseOut expired in its stock, opposed or sent back: received = handed out + these +
 *     in stock
 * @param inStockCents at face value
 */
record StockBoard(
    Situation situation,
    String prescriber,
    String name,
    long delivered,
    long handedOut,
    long otherwiseOut,
    long inStock,
    long inStockCents,
    List<OfBatch> batches) {

  /** Tells how far figures at a position have followed the ledger. */
  @FunctionalInterface
  interface Standing {
    Situation at(long position, @Nullable Instant recordedAt);
  }

  static StockBoard of(String prescriber, Optional<Stock> read, Standing standing) {
    return read.map(
            stock ->
                new StockBoard(
                    standing.at(stock.position(), stock.recordedAt()).with(stock.caveats()),
                    prescriber,
                    stock.name(),
                    stock.batches().stream().mapToLong(OfBatch::delivered).sum(),
                    stock.batches().stream().mapToLong(OfBatch::handedOut).sum(),
                    stock.batches().stream().mapToLong(StockBoard::otherwiseOut).sum(),
                    stock.inStock(),
                    stock.inStockCents(),
                    stock.batches()))
        .orElseGet(
            () ->
                new StockBoard(
                    standing.at(0, null), prescriber, prescriber, 0, 0, 0, 0, 0, List.of()));
  }

  /** In cheques. */
  public Bars drawn() {
    return Bars.of(
        batches,
        OfBatch::batch,
        new Share<>(Series.PAID, "Remis", OfBatch::handedOut),
        new Share<>(Series.IN_TRANSIT, "Périmés, opposés ou rendus", StockBoard::otherwiseOut),
        new Share<>(Series.REST, "En stock", OfBatch::inStock));
  }

  private static long otherwiseOut(OfBatch of) {
    return of.opposed() + of.returned() + of.expired();
  }
}
