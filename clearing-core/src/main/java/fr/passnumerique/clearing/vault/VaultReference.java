package fr.passnumerique.clearing.vault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/**
 * Points from a fact to an entry in the vault. Says nothing about the entry without its subject's
 * key; after that key is destroyed it points to what nobody can read.
 */
public record VaultReference(@JsonValue String value) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VaultReference {
    Identifier.require("vaultReference", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
