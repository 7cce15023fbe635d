package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.territory.Departement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A programme (dispositif) exists. Its parameters are copied into each order: a later change would
 * not reach cheques already issued.
 *
 * @param faceValueCents of one cheque, above zero
 * @param chequesPerCarnet 10 by default; Creuse uses 5
 * @param validityDays a cheque can be used from the day of hand-out to this many days later
 * @param presentationWindowDays a line is taken up to this many days after the service
 * @param toleranceDays after the end date J of an order, 30 by default
 * @param eligiblePublics codes of the publics it is for; empty means all
 * @param eligibleServices labels of the mediation standard's {@code services}; empty means all
 * @param territory where its cheques can be spent; empty means everywhere
 * @param chequesPerVisit carnet × point of service × service date; 0 means no limit
 * @param renewal how many carnets a person may have, and when again; empty means as many as a
 *     prescriber hands out, and then nothing is kept by which a person could be told again
 */
public record ProgrammeDefined(
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
    @LeftOutWhenEmpty Optional<Renewal> renewal)
    implements Fact {

  /**
   * How many carnets one person may have.
   *
   * @param carnetsPerPerson at most, from all prescribers together
   * @param afterDays from the hand-out of a carnet until it does not count any more
   */
  public record Renewal(int carnetsPerPerson, int afterDays) {}

  /** What happens when the structure that handed a cheque out presents it as a venue. */
  public enum ConflictOfInterest {
    ALLOW,
    FLAG,
    REFUSE
  }

  @Override
  public Set<String> tags() {
    return Set.of("programme:" + programme);
  }
}
