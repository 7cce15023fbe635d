package fr.passnumerique.clearing.ledger;

import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;

/** Between Axon's event messages and the ledger's rows. */
interface EventCoding {
  /** What a row stores of an event. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Stored(String type, int version, byte[] payload) {}

  Stored store(EventMessage event);

  /** The fact inside an event, for the registers. */
  Fact fact(EventMessage event);

  /** The fact in a row, of whatever version. */
  Fact fact(LedgerRow row);

  MessageType messageType(LedgerRow row);

  Object payload(LedgerRow row);

  /** The coding of this product: payloads are facts, types are named in the catalogue. */
  static EventCoding of(FactCatalogue catalogue) {
    return new EventCoding() {
      @Override
      public Stored store(EventMessage event) {
        Fact fact = fact(event);
        FactType type = catalogue.typeOf(fact);
        return new Stored(type.name(), type.version(), catalogue.writeBytes(fact));
      }

      @Override
      public Fact fact(EventMessage event) {
        if (event.payload() instanceof Fact fact) {
          return fact;
        }
        throw new IllegalArgumentException(
            "only facts go into the ledger, not %s".formatted(event.payloadType().getName()));
      }

      @Override
      public Fact fact(LedgerRow row) {
        return catalogue.read(row.type(), row.version(), row.payload());
      }

      @Override
      public MessageType messageType(LedgerRow row) {
        return new MessageType(row.type(), String.valueOf(row.version()));
      }

      @Override
      public Object payload(LedgerRow row) {
        return fact(row);
      }
    };
  }
}
