package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A prescriber gave cheques to one person, who is not named: their validity begins.
 *
 * @param handedOutOn Europe/Paris
 * @param publicCode the programme's code of the public that made the person eligible; empty if the
 *     programme names none
 * @param beneficiary where the vault keeps by what the person is told again, for a programme with a
 *     renewal rule: once it is erased there, nothing tells whose hand-outs these were
 */
public record ChequesHandedOut(
    HandOutId handOut,
    PrescriberId prescriber,
    List<ChequeRange> cheques,
    LocalDate handedOutOn,
    String publicCode,
    List<FundedCents> shares,
    @LeftOutWhenEmpty Optional<VaultReference> beneficiary)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(handedOutOn);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>();
    tags.add(tag(prescriber, handOut));
    cheques.forEach(range -> tags.add("batch:" + range.batch()));
    beneficiary.ifPresent(person -> tags.add(tag(person)));
    return tags;
  }

  static String tag(VaultReference beneficiary) {
    return "beneficiary:" + beneficiary;
  }

  static String tag(PrescriberId prescriber, HandOutId handOut) {
    return "hand-out:" + prescriber + "/" + handOut;
  }
}
