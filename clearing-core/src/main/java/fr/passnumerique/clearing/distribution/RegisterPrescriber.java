package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.territory.Departement;

/** Makes a prescriber known, so that it can hold a stock. */
public record RegisterPrescriber(PrescriberId prescriber, String name, Departement departement)
    implements Command<PrescriberRegistered> {}
