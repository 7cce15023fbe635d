package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/** A funder (financeur) is known. */
public record FunderRegistered(FunderId funder, String name, Kind kind) implements Fact {

  /** What sort of body pays: a funder is not a département (Corse, Alsace, Lyon …). */
  public enum Kind {
    STATE,
    REGION,
    DEPARTEMENT,
    EPCI,
    COMMUNES,
    FOUNDATION,
    OTHER
  }

  @Override
  public Set<String> tags() {
    return Set.of("funder:" + funder);
  }
}
