package fr.passnumerique.clearing.ledger;

/**
 * The stored name and current version of a fact. The name is stable for ever, whatever the class is
 * called.
 *
 * @param version from 1; raised when the stored form changes, with an upcaster from the one before
 * @param readBack whether each is read again before it is recorded: a stored fact that cannot be
 *     read would stop every node for good
 */
public record FactType(String name, int version, Class<? extends Fact> fact, boolean readBack) {
  public static FactType v1(Class<? extends Fact> fact) {
    return new FactType(fact.getSimpleName(), 1, fact, true);
  }

  /**
   * The same for facts that come by the million, whose constructor must therefore refuse what could
   * not be read again.
   */
  public FactType frequent() {
    return new FactType(name, version, fact, false);
  }
}
