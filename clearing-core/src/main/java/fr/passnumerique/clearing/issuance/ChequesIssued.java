package fr.passnumerique.clearing.issuance;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementTerms.KeyVersion;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeDefined.Renewal;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An order became a batch of cheques with ordinals 1 to {@code chequeCount}: one fact however many.
 * Cheque k owns the agreement's cents from {@code firstCent + (k − 1) × faceValueCents} on, for one
 * face value, dealt by the named algorithm; so its split is fixed here whatever is redeemed first.
 *
 * @param keyVersion of the agreement's split key
 * @param faceValueCents and the other rules: the programme's on the day, frozen for this batch
 * @param endsOn J, the last day of validity before the tolerance; caps every cheque of the order
 * @param firstCent number, from 0, of this order's first cent among the key version's
 * @param splitAlgorithm {@code tijdeman}
 * @param checkKeyName names the key of the check parts; the key itself lies outside the database
 * @param shares what each funder's cents of the whole batch come to
 * @param inherited for a replacement batch only, whose {@code firstCent} is that of the batch it
 *     inherits from
 * @param renewal how many carnets a person may have; empty for a replacement batch, whose cheques
 *     were counted with those that they replace
 */
public record ChequesIssued(
    OrderId order,
    AgreementId agreement,
    ProgrammeId programme,
    int keyVersion,
    Batch batch,
    int chequeCount,
    long faceValueCents,
    int chequesPerCarnet,
    int validityDays,
    int presentationWindowDays,
    LocalDate endsOn,
    int toleranceDays,
    List<String> eligiblePublics,
    List<String> eligibleServices,
    List<Departement> territory,
    int chequesPerVisit,
    ConflictOfInterest conflictOfInterest,
    Departement fundingDepartement,
    long firstCent,
    String splitAlgorithm,
    int splitAlgorithmVersion,
    String checkKeyName,
    LocalDate issuedOn,
    List<FundedCents> shares,
    @LeftOutWhenEmpty Optional<Inherited> inherited,
    @LeftOutWhenEmpty Optional<Renewal> renewal)
    implements Fact {

  /**
   * The cheques whose split a replacement batch inherits: they own no cents of their own, and
   * consume no funding.
   *
   * @param batch that was ordered first, even if a replacement is replaced
   * @param ordinals of that batch; the cheque with ordinal k inherits from the k-th
   */
  public record Inherited(Batch batch, List<Integer> ordinals) {
    public Inherited {
      ordinals = List.copyOf(ordinals);
    }
  }

  /** What allots the next batch number: every order changes it, so that no two get the same. */
  public static final String BATCHES = "batches";

  /** They are the new serials of opposed cheques. */
  public boolean replaces() {
    return inherited.isPresent();
  }

  /**
   * J and the tolerance: the last day on which a cheque of the order can be used, whenever it was
   * handed out, and on which a service of it can be presented.
   */
  public LocalDate lastServiceDay() {
    return endsOn.plusDays(toleranceDays);
  }

  public KeyVersion key() {
    return new KeyVersion(agreement, keyVersion);
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(issuedOn);
  }

  @Override
  public Set<String> tags() {
    return Set.of("order:" + order, "batch:" + batch, "agreement:" + agreement, BATCHES);
  }
}
