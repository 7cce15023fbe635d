package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import java.time.Duration;
import java.util.List;

/** Counts the facts that are read. */
final class CountedReader implements LedgerReader {
  private final LedgerReader ledger;
  private int facts;

  CountedReader(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /** Since it was asked last. */
  int facts() {
    int read = facts;
    facts = 0;
    return read;
  }

  @Override
  public List<RecordedFact> read(long after, int limit) {
    List<RecordedFact> read = ledger.read(after, limit);
    facts += read.size();
    return read;
  }

  @Override
  public List<LedgerRow> readRows(long after, int limit) {
    List<LedgerRow> read = ledger.readRows(after, limit);
    facts += read.size();
    return read;
  }

  @Override
  public long head() {
    return ledger.head();
  }

  @Override
  public RecordedFact recorded(LedgerRow row) {
    return ledger.recorded(row);
  }

  @Override
  public boolean awaitBeyond(long position, Duration atMost) throws InterruptedException {
    return ledger.awaitBeyond(position, atMost);
  }
}
