package fr.passnumerique.clearing.funding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.ledger.Identifier;
import java.util.UUID;

/**
 * Names a transfer of funds between two agreements, chosen by the operator; or within one, made of
 * what brought it.
 */
public record FundsTransferId(@JsonValue String value) {
  private static final String REPAYING = "use-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public FundsTransferId {
    Identifier.require("fundsTransferId", value);
  }

  /**
   * Of a repayment that the engine records by itself.
   *
   * @param of what it follows from: the same gives the same name
   */
  static FundsTransferId repaying(String of) {
    return new FundsTransferId(REPAYING + UUID.nameUUIDFromBytes(of.getBytes(UTF_8)));
  }

  /** Whether the engine may come to give it: nobody else does. */
  boolean isReserved() {
    return value.startsWith(REPAYING);
  }

  @Override
  public String toString() {
    return value;
  }
}
