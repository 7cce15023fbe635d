package fr.passnumerique.projections.kafka;

/** The topic is not the ledger's, not the whole of it, or will not stay so. */
final class TopicRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicRefusedException(String message) {
    super(message);
  }
}
