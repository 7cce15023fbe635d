package fr.passnumerique.clearing.ledger;

/**
 * The stored name and current version of a fact. The name is stable for ever, whatever the class is
 * called.
 *
 * @param version from 1; raised when the stored form changes, with an upcaster from the one before
 */
public record FactType(String name, int version, Class<? extends Fact> fact) {
  public static FactType v1(Class<? extends Fact> fact) {
    return new FactType(fact.getSimpleName(), 1, fact);
  }
}
