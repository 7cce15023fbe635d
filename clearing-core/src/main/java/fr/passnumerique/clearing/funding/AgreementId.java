package fr.passnumerique.clearing.funding;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/** Names a co-financing agreement (convention), chosen by the operator. */
public record AgreementId(@JsonValue String value) implements Comparable<AgreementId> {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AgreementId {
    Identifier.require("agreementId", value);
  }

  @Override
  public int compareTo(AgreementId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
