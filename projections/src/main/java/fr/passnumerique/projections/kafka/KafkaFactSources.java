package fr.passnumerique.projections.kafka;

import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.loop.FactSource;
import fr.passnumerique.projections.loop.FactSources;
import java.util.function.Function;

/** Reads the ledger through Kafka: each projection by a consumer group of its own. */
public final class KafkaFactSources implements FactSources {
  private final KafkaSettings settings;
  private final Function<LedgerRow, RecordedFact> reading;

  /**
   * @param reading gives the fact in a row
   */
  public KafkaFactSources(KafkaSettings settings, Function<LedgerRow, RecordedFact> reading) {
    this.settings = settings;
    this.reading = reading;
  }

  @Override
  public FactSource open(String reader) {
    return new KafkaFactSource(settings, reader, reading);
  }
}
