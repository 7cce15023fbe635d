package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueAccountProposed.Proposer;
import fr.passnumerique.clearing.venues.VenueRegister.Proposal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes an IBAN and its holder to the vault and tells the ledger where they are. Nothing is sealed
 * of an account that is refused.
 */
public final class VenueAccounts {
  /** The vault's kind of entry. */
  static final String ACCOUNT = "account";

  /** ISO 20022: {@code Max70Text} of a SEPA credit transfer's creditor. */
  private static final int LONGEST_HOLDER = 70;

  /** Characters at either end of an IBAN that tell it from others and do not give it away. */
  private static final int SHOWN = 4;

  private final Commands commands;
  private final Vault vault;
  private final VenueRegister register;
  private final ReadLock registers;

  VenueAccounts(Commands commands, Vault vault, VenueRegister register, ReadLock registers) {
    this.commands = commands;
    this.vault = vault;
    this.register = register;
    this.registers = registers;
  }

  /**
   * @throws Problem 400 for an IBAN or a holder that a transfer could not name, or the refusal
   */
  public Outcome.Recorded<PayeeAccount> propose(
      VenueId venue, String iban, String holder, Actor by) {
    String account = SepaIban.require(iban);
    String name = requireHolder(holder);
    String fingerprint = vault.fingerprint(account);
    Proposer proposer = by.role() == Role.VENUE ? Proposer.VENUE : Proposer.CLERK;
    Problem.recorded(
        commands.rehearse(
            new ProposeVenueAccount(
                venue, ProposeVenueAccount.UNSEALED, fingerprint, by.account(), proposer)));
    VaultReference reference =
        vault.seal(
            venue.value(),
            ACCOUNT,
            Map.of(VenueAccountOpened.IBAN, account, VenueAccountOpened.HOLDER, name));
    return Problem.recorded(
        commands.send(
            new ProposeVenueAccount(venue, reference, fingerprint, by.account(), proposer), by));
  }

  /**
   * What the second person compares with the venue's RIB.
   *
   * @param ibanEnds its first and last four characters; empty if the entry was erased
   * @param holder empty if the entry was erased
   */
  record Shown(PayeeAccount account, String ibanEnds, String holder) {}

  /**
   * @param inForce empty if the venue has none, or the bank closed it
   */
  record Accounts(Optional<Shown> inForce, Optional<Shown> proposed) {}

  /**
   * @return empty if the venue is not listed
   */
  Optional<Accounts> find(VenueId venue) {
    record Known(Optional<PayeeAccount> inForce, Optional<PayeeAccount> proposed) {}
    Optional<Known> known =
        registers.read(
            () ->
                register.listed(venue) == null
                    ? Optional.empty()
                    : Optional.of(
                        new Known(
                            register.openAccount(venue).map(PayeeAccount::of),
                            Optional.ofNullable(register.proposal(venue))
                                .map(Proposal::fact)
                                .map(PayeeAccount::of))));
    return known.map(
        k -> new Accounts(k.inForce().map(this::shown), k.proposed().map(this::shown)));
  }

  private Shown shown(PayeeAccount account) {
    Map<String, String> entry = vault.open(account.account()).orElse(Map.of());
    String iban = entry.getOrDefault(VenueAccountOpened.IBAN, "");
    String ends =
        iban.length() < 3 * SHOWN
            ? ""
            : iban.substring(0, SHOWN) + "…" + iban.substring(iban.length() - SHOWN);
    return new Shown(account, ends, entry.getOrDefault(VenueAccountOpened.HOLDER, ""));
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
