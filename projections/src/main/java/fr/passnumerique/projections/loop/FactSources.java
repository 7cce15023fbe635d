package fr.passnumerique.projections.loop;

/** Where projections read: decided once, by configuration. */
@FunctionalInterface
public interface FactSources {
  /**
   * @param reader the projection's name: what is read through Kafka is read by a consumer group of
   *     its own
   */
  FactSource open(String reader);
}
