package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.territory.Departement;
import java.util.Set;

/** A prescriber is known and can hold a stock of cheques. */
public record PrescriberRegistered(PrescriberId prescriber, String name, Departement departement)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("prescriber:" + prescriber);
  }
}
