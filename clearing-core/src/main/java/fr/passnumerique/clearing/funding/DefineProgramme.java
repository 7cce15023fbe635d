package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeDefined.Renewal;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.territory.Departement;
import java.util.List;
import java.util.Optional;

/** Sets up a programme. The components are those of {@link ProgrammeDefined}. */
public record DefineProgramme(
    ProgrammeId programme,
    String name,
    long faceValueCents,
    int chequesPerCarnet,
    int validityDays,
    int presentationWindowDays,
    int toleranceDays,
    List<String> eligiblePublics,
    List<String> eligibleServices,
    List<Departement> territory,
    int chequesPerVisit,
    ConflictOfInterest conflictOfInterest,
    Optional<Renewal> renewal)
    implements Command<ProgrammeDefined> {
  public DefineProgramme {
    eligiblePublics = List.copyOf(eligiblePublics);
    eligibleServices = List.copyOf(eligibleServices);
    territory = List.copyOf(territory);
  }
}
