package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.territory.Departement;
import java.util.Optional;

/**
 * Makes a prescriber known, so that it can hold a stock.
 *
 * @param siret of the structure; left out if it has none
 */
public record RegisterPrescriber(
    PrescriberId prescriber, String name, Departement departement, Optional<String> siret)
    implements Command<PrescriberRegistered> {
  public RegisterPrescriber(PrescriberId prescriber, String name, Departement departement) {
    this(prescriber, name, departement, Optional.empty());
  }
}
