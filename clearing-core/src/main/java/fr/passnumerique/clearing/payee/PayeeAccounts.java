package fr.passnumerique.clearing.payee;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.payee.AccountsInForce.Closing;
import fr.passnumerique.clearing.payee.PayeeRegister.Proposal;
import fr.passnumerique.clearing.payee.VenueAccountProposed.Proposer;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes an IBAN and its holder to the vault and tells the ledger where they are. Nothing is sealed
 * of an account that is refused, tried or known already. Safe for any threads.
 */
public final class PayeeAccounts {
  /** The vault's kind of entry. */
  private static final String ACCOUNT = "account";

  /** ISO 20022: {@code Max70Text} of a SEPA credit transfer's creditor. */
  private static final int LONGEST_HOLDER = 70;

  /** Characters at either end of an IBAN that tell it from others and do not give it away. */
  private static final int SHOWN = 4;

  private final Commands commands;
  private final Vault vault;
  private final PersonalData personal;
  private final PayeeRegister register;
  private final ReadLock registers;
  private final String operatorIban;

  /**
   * @param operatorIban of the ring-fenced account, letters and digits only; empty if it is not
   *     configured
   */
  PayeeAccounts(
      Commands commands,
      Vault vault,
      PersonalData personal,
      PayeeRegister register,
      ReadLock registers,
      String operatorIban) {
    this.commands = commands;
    this.vault = vault;
    this.personal = personal;
    this.register = register;
    this.registers = registers;
    this.operatorIban = operatorIban;
  }

  /**
   * @param dryRun answer as if, seal and record nothing; an entry that the vault does not have is
   *     then named {@code unsealed}
   * @throws Problem 400 for an IBAN or a holder that a transfer could not name, or the refusal
   */
  Outcome.Recorded<PayeeAccount> propose(
      Payee payee, String iban, String holder, boolean dryRun, Actor by) {
    return propose(payee, iban, holder, Optional.empty(), dryRun, by);
  }

  /**
   * The same of an account that the bank closed.
   *
   * @param reopening why it is proposed all the same; empty is refused if the bank closed it
   */
  Outcome.Recorded<PayeeAccount> propose(
      Payee payee,
      String iban,
      String holder,
      Optional<Reopening> reopening,
      boolean dryRun,
      Actor by) {
    String account = SepaIban.require(iban);
    if (account.equals(operatorIban)) {
      throw ownAccount();
    }
    String fingerprint = vault.fingerprint(account);
    Proposer proposer = by.role() == Role.VENUE ? Proposer.VENUE : Proposer.CLERK;
    Map<String, String> entry =
        Map.of(OpenedAccount.IBAN, account, OpenedAccount.HOLDER, requireHolder(holder));
    Function<VaultReference, ProposePayeeAccount> proposal =
        at -> new ProposePayeeAccount(payee, at, fingerprint, by.account(), proposer, reopening);
    // By the entry that is there already, if it is: the same IBAN of another holder is another.
    Outcome.Recorded<PayeeAccount> tried =
        Problem.recorded(
            commands.rehearse(
                proposal.apply(
                    vault.find(payee.subject(), ACCOUNT, entry).orElse(VaultReference.UNSEALED))));
    return dryRun || tried.already()
        ? tried
        : Problem.recorded(
            commands.send(proposal.apply(vault.seal(payee.subject(), ACCOUNT, entry)), by));
  }

  /** Paid to itself, the money would never leave, and the debit would look like a payment. */
  private static Problem ownAccount() {
    String message = "the account is the ring-fenced account, from which the payee is paid";
    String remedy = "give the payee's own account";
    return new Problem(
        422,
        "ACCOUNT_OF_THE_OPERATOR",
        message + "; " + remedy,
        List.of(Problem.Fault.of("iban", "", message, remedy)));
  }

  /**
   * What the second person compares with the payee's RIB.
   *
   * @param account the vault's entry
   * @param ibanEnds its first and last four characters; empty if the entry was erased
   * @param holder empty if the entry was erased
   * @param proposedBy empty if it was opened before two persons were needed
   * @param proposer for whom it was proposed; left out if it was opened before two persons were
   *     needed
   * @param reopening why it is proposed although the bank closed it; left out if it did not
   */
  @Schema(name = "ShownAccount")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Shown(
      VaultReference account,
      String ibanEnds,
      String holder,
      String proposedBy,
      Optional<Proposer> proposer,
      Optional<Reopening> reopening) {}

  /**
   * Left out: what there is not.
   *
   * @param inForce empty if the payee has none, or the bank closed it
   * @param closed when and why the bank closed it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Accounts(Optional<Shown> inForce, Optional<Shown> proposed, Optional<Closing> closed) {}

  /**
   * @throws Problem 404 if nobody is known by that name
   */
  Accounts find(Payee payee, Actor reader) {
    record Known(
        Optional<PayeeAccount> inForce,
        Optional<Proposal> proposed,
        Optional<Proposer> proposer,
        Optional<Closing> closed) {}
    Known known =
        registers
            .find(
                payee.toString(),
                () ->
                    register.unknown(payee).isPresent()
                        ? Optional.<Known>empty()
                        : Optional.of(
                            new Known(
                                register.inForce(payee),
                                Optional.ofNullable(register.proposal(payee)),
                                register.proposer(payee),
                                register.closing(payee))))
            .orElseThrow(() -> Problem.notFound(payee.toString()));
    return new Accounts(
        known
            .inForce()
            .map(
                open ->
                    shown(
                        open.account(),
                        open.proposedBy().orElse(""),
                        known.proposer(),
                        Optional.empty(),
                        reader)),
        known
            .proposed()
            .map(
                pending ->
                    shown(
                        pending.account(),
                        pending.by(),
                        Optional.of(pending.proposer()),
                        pending.reopening(),
                        reader)),
        known.closed());
  }

  private Shown shown(
      VaultReference account,
      String proposedBy,
      Optional<Proposer> proposer,
      Optional<Reopening> reopening,
      Actor reader) {
    Map<String, String> entry = personal.open(account, reader).orElse(Map.of());
    String iban = entry.getOrDefault(OpenedAccount.IBAN, "");
    String ends =
        iban.length() < 3 * SHOWN
            ? ""
            : iban.substring(0, SHOWN) + "…" + iban.substring(iban.length() - SHOWN);
    return new Shown(
        account,
        ends,
        entry.getOrDefault(OpenedAccount.HOLDER, ""),
        proposedBy,
        proposer,
        reopening);
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
