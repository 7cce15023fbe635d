package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.ledger.LedgerReader;
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

  /** Somebody who was given nothing yet, or is not looked at: in no fact, never in the vault. */
  static final VaultReference NOT_KEPT = new VaultReference("not-kept");

  private final DistributionRegister register;
  private final ReadLock registers;
  private final LedgerReader ledger;
  private final Vault vault;

  Beneficiaries(
      DistributionRegister register, ReadLock registers, LedgerReader ledger, Vault vault) {
    this.register = register;
    this.registers = registers;
    this.ledger = ledger;
    this.vault = vault;
  }

  /** What the register says of a hand-out and of whose it is. */
  private record Asked(Optional<ProgrammeId> programme, long recorded) {}

  /**
   * By whom a hand-out is rehearsed: the same whoever is entered, so that nobody learns from it who
   * was given a carnet, which a hand-out that is recorded tells at the price of recording it.
   *
   * @param handOut without its person
   * @return {@link #NOT_KEPT}, or the person of the hand-out that is recorded under this identifier
   * @throws Problem 400 for what tells nobody
   */
  VaultReference rehearsed(HandOutCheques handOut, String entered) {
    normal(entered);
    return recorded(registers.read(() -> register.handOut(handOut.prescriber(), handOut.handOut())))
        .orElse(NOT_KEPT);
  }

  /**
   * By whom a hand-out is tried: as the vault knows the person, and nothing is kept for it. One
   * that is recorded already is tried with its own reference where that person was erased since:
   * nobody can tell any more whether it is the same, and a retry is answered as the first time.
   *
   * @param handOut without its person; the programme of its first cheques is the person's, for one
   *     over several programmes is refused
   * @return {@link #NOT_KEPT} for a person that the vault does not know
   * @throws Problem 400 for what tells nobody
   */
  VaultReference known(HandOutCheques handOut, String entered) {
    String normal = normal(entered);
    Asked asked =
        registers.read(
            () ->
                new Asked(
                    programme(handOut), register.handOut(handOut.prescriber(), handOut.handOut())));
    return recorded(asked.recorded())
        .filter(person -> vault.open(person).isEmpty())
        .or(() -> asked.programme().flatMap(p -> vault.find(subject(p, normal), KIND, content(p))))
        .orElse(NOT_KEPT);
  }

  /** The same entry for the same person of the same programme, written alike or not. */
  VaultReference kept(HandOutCheques handOut, String entered) {
    ProgrammeId programme = registers.read(() -> programme(handOut)).orElseThrow();
    return vault.seal(subject(programme, normal(entered)), KIND, content(programme));
  }

  private Optional<ProgrammeId> programme(HandOutCheques handOut) {
    return handOut.choices().stream()
        .findFirst()
        .map(choice -> register.batch(choice.batch()))
        .map(stock -> stock.issued().programme());
  }

  private static Map<String, String> content(ProgrammeId programme) {
    return Map.of("programme", programme.value());
  }

  /**
   * @param position of the hand-out's fact; 0 if there is none
   */
  private Optional<VaultReference> recorded(long position) {
    return position > 0
            && ledger.read(position - 1, 1).getFirst().fact() instanceof ChequesHandedOut recorded
        ? recorded.beneficiary()
        : Optional.empty();
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
