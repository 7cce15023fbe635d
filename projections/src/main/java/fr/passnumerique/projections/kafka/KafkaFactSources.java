package fr.passnumerique.projections.kafka;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.loop.FactSource;
import fr.passnumerique.projections.loop.FactSources;
import java.util.UUID;

/** Reads the ledger through Kafka: each projection by a consumer group of its own. */
public final class KafkaFactSources implements FactSources {
  private final KafkaSettings settings;
  private final LedgerReader ledger;

  /** A name for as long as this runs serves whoever opens again what brokers did not see closed. */
  private final String node;

  /**
   * @param ledger that the topic is held against before it is read on
   */
  public KafkaFactSources(KafkaSettings settings, LedgerReader ledger) {
    this.settings = settings;
    this.ledger = ledger;
    this.node = settings.node().orElseGet(() -> UUID.randomUUID().toString());
  }

  @Override
  public FactSource open(String reader) {
    return new KafkaFactSource(settings, reader, node, ledger);
  }
}
