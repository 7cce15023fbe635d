package fr.passnumerique.clearing.giveback;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Has a funder's free credit for an agreement go back to it.
 *
 * @param funder whose cash it is: one that prepays, or that advances a share
 * @param by the account
 */
public record GiveBackCredit(
    GiveBackId giveBack, AgreementId agreement, FunderId funder, long amountCents, String by)
    implements Command<GiveBackCredit.Given> {

  /**
   * @param creditNote that was issued for it
   * @param issuedOn Europe/Paris
   * @param cancelledAt position of the fact that has cancelled it since: its cents are free again,
   *     and sent again it gives nothing back; left out while it stands
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Given(
      GiveBackId giveBack,
      CreditNoteId creditNote,
      AgreementId agreement,
      ProgrammeId programme,
      FunderId funder,
      long amountCents,
      LocalDate issuedOn,
      String by,
      Optional<Long> cancelledAt) {
    static Given of(CreditGivenBack fact, Optional<Long> cancelledAt) {
      return new Given(
          fact.giveBack(),
          fact.creditNote(),
          fact.agreement(),
          fact.programme(),
          fact.funder(),
          fact.amountCents(),
          fact.issuedOn(),
          fact.by(),
          cancelledAt);
    }
  }
}
