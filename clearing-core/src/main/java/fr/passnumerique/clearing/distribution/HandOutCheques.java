package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A prescriber gives cheques of its stock to one person. Chosen by carnet or by cheque: the same
 * cheques are the same hand-out however they were named.
 *
 * @param handOut chosen by the prescriber, unique within it
 * @param handedOutOn Europe/Paris
 * @param publicCode one of the programme's publics; empty if it names none
 * @param beneficiary by what the person is told again, if the programme has a renewal rule
 */
public record HandOutCheques(
    HandOutId handOut,
    PrescriberId prescriber,
    List<Choice> choices,
    LocalDate handedOutOn,
    String publicCode,
    Optional<VaultReference> beneficiary)
    implements Command<ChequesHandedOut> {
  public HandOutCheques {
    choices = List.copyOf(choices);
  }

  /** Cheques of one batch, named by the person who holds them. */
  public sealed interface Choice {
    Batch batch();

    /**
     * @param first number of the carnet in its batch, from 1, inclusive
     * @param last inclusive
     */
    record Carnets(Batch batch, int first, int last) implements Choice {}

    /**
     * @param first ordinal, inclusive
     * @param last ordinal, inclusive
     */
    record Cheques(Batch batch, int first, int last) implements Choice {}

    static Choice cheque(Serial serial) {
      return new Cheques(serial.batch(), serial.ordinal(), serial.ordinal());
    }
  }
}
