package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.territory.Departement;
import java.util.Optional;
import java.util.Set;

/**
 * A prescriber is known and can hold a stock of cheques.
 *
 * @param siret of the structure, where it is known: a venue of the same organisation (SIREN) that
 *     presents a cheque handed out by it has a conflict of interest
 */
public record PrescriberRegistered(
    PrescriberId prescriber,
    String name,
    Departement departement,
    @LeftOutWhenEmpty Optional<String> siret)
    implements Fact {
  public PrescriberRegistered(PrescriberId prescriber, String name, Departement departement) {
    this(prescriber, name, departement, Optional.empty());
  }

  @Override
  public Set<String> tags() {
    return Set.of("prescriber:" + prescriber);
  }
}
