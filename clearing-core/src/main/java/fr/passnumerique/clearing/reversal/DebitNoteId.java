package fr.passnumerique.clearing.reversal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a debit note, chosen by the operator. */
public record DebitNoteId(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DebitNoteId {
    Identifier.require("debitNoteId", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
