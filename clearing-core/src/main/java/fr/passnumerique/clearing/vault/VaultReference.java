package fr.passnumerique.clearing.vault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;

/**
 * Points from a fact to an entry in the vault. Says nothing about the entry without its subject's
 * key; after that key is destroyed it points to what nobody can read.
 */
public record VaultReference(@JsonValue String value) {
  /**
   * Stands for an entry that is not sealed yet, while a command is only tried: nothing is sealed of
   * one that is refused. Never recorded.
   */
  public static final VaultReference UNSEALED = new VaultReference("unsealed");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VaultReference {
    Identifier.require("vaultReference", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
