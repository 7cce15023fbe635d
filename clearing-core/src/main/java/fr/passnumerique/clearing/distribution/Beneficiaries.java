package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * By what a person is told again who was given a carnet before: a reference into the vault, made
 * under a key of that person's own. What the prescriber enters is digested and kept nowhere; once
 * the key is destroyed, neither the ledger nor the vault can tell which hand-outs were one
 * person's.
 *
 * <p>The road not taken, a keyed digest in the fact, could be erased by no one: whoever holds the
 * master key could test a guess for ever.
 */
final class Beneficiaries {
  private static final String KIND = "beneficiary";
  private static final int LONGEST = 80;

  private final DistributionRegister register;
  private final ReadLock registers;
  private final Vault vault;

  Beneficiaries(DistributionRegister register, ReadLock registers, Vault vault) {
    this.register = register;
    this.registers = registers;
    this.vault = vault;
  }

  /**
   * The same entry for the same person of the same programme, written alike or not; made in a dry
   * run as well, for it tells nothing.
   *
   * @param batch of the cheques; its programme is the person's
   * @return empty for a batch that is not issued, which the hand-out is refused for
   * @throws Problem 400 for what tells nobody
   */
  Optional<VaultReference> of(Batch batch, String entered) {
    String subject = normal(entered);
    return registers
        .read(() -> Optional.ofNullable(register.batch(batch)).map(b -> b.issued().programme()))
        .map(
            programme ->
                vault.seal(
                    subject(programme, subject), KIND, Map.of("programme", programme.value())));
  }

  /** Destroys the key of a person: its earlier hand-outs are nobody's, and its next is a first. */
  void erase(ProgrammeId programme, String entered) {
    vault.erase(subject(programme, normal(entered)));
  }

  private String subject(ProgrammeId programme, String normal) {
    return "beneficiary:" + vault.fingerprint("beneficiary|" + programme + "|" + normal);
  }

  private static String normal(String entered) {
    String normal =
        Normalizer.normalize(entered, Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .toUpperCase(Locale.ROOT)
            .replaceAll("[^A-Z0-9]+", "");
    if (normal.isEmpty() || entered.length() > LONGEST) {
      String message =
          "a beneficiary is told by 1 to %d characters with letters or digits".formatted(LONGEST);
      String remedy = "give a file number that the person keeps";
      throw Problem.badRequest(
          "INVALID_BENEFICIARY",
          message + "; " + remedy,
          List.of(Fault.of("beneficiary", "", message, remedy)));
    }
    return normal;
  }
}
