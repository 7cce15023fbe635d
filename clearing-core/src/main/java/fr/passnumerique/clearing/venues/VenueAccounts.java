package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.List;
import java.util.Map;

/**
 * Takes an IBAN and its holder to the vault and tells the ledger where they are. Nothing is sealed
 * of an account that is refused.
 */
public final class VenueAccounts {
  /** The vault's kind of entry. */
  static final String ACCOUNT = "account";

  /** ISO 20022: {@code Max70Text} of a SEPA credit transfer's creditor. */
  private static final int LONGEST_HOLDER = 70;

  /** Stands for an entry that is not sealed yet. Only rehearsed, never recorded. */
  private static final VaultReference UNSEALED = new VaultReference("unsealed");

  private final Commands commands;
  private final Vault vault;

  public VenueAccounts(Commands commands, Vault vault) {
    this.commands = commands;
    this.vault = vault;
  }

  /**
   * @throws Problem 400 for an IBAN or a holder that a transfer could not name, or the refusal
   */
  public Outcome.Recorded<VenueAccountOpened> open(
      VenueId venue, String iban, String holder, Actor by) {
    String account = SepaIban.require(iban);
    String name = requireHolder(holder);
    String fingerprint = vault.fingerprint(account);
    Problem.recorded(commands.rehearse(new OpenVenueAccount(venue, UNSEALED, fingerprint)));
    VaultReference reference =
        vault.seal(
            venue.value(),
            ACCOUNT,
            Map.of(VenueAccountOpened.IBAN, account, VenueAccountOpened.HOLDER, name));
    return Problem.recorded(commands.send(new OpenVenueAccount(venue, reference, fingerprint), by));
  }

  private static String requireHolder(String holder) {
    String name = holder.strip();
    if (!ReadableText.fits(name, LONGEST_HOLDER)) {
      String message =
          "the holder's name has 1 to %d visible characters on one line".formatted(LONGEST_HOLDER);
      String remedy = "write it as on the RIB, shortened if need be";
      throw Problem.badRequest(
          "INVALID_HOLDER",
          message + "; " + remedy,
          List.of(Fault.of("holder", "", message, remedy)));
    }
    return name;
  }
}
