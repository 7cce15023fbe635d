package fr.passnumerique.clearing.giveback;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * Credit that was to go back to its funder is free again; its credit note is none any more.
 *
 * @param amountCents all of it
 * @param by the account
 */
public record GiveBackCancelled(
    GiveBackId giveBack,
    CreditNoteId creditNote,
    AgreementId agreement,
    ProgrammeId programme,
    FunderId funder,
    long amountCents,
    String by)
    implements Fact {

  /** What is free again. */
  public FreeCents free() {
    return new FreeCents(programme, agreement, funder, amountCents);
  }

  @Override
  public Set<String> tags() {
    return Set.of(
        CreditGivenBack.tag(giveBack), "credit-note:" + creditNote, "agreement:" + agreement);
  }
}
