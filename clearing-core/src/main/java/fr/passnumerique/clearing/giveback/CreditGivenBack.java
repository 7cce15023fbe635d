package fr.passnumerique.clearing.giveback;

import fr.passnumerique.clearing.expiry.CreditNote;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A funder's free credit is to go back to it, by the credit note (avoir) that this is: no cheque is
 * activated with it any more. Nothing leaves the account before the note is refunded.
 *
 * @param funder whose cash it is
 * @param amountCents above zero, at most what was free
 * @param issuedOn Europe/Paris
 * @param by the account
 */
public record CreditGivenBack(
    GiveBackId giveBack,
    CreditNoteId creditNote,
    AgreementId agreement,
    ProgrammeId programme,
    FunderId funder,
    long amountCents,
    LocalDate issuedOn,
    String by)
    implements Fact, CreditNote {

  static String tag(GiveBackId giveBack) {
    return "give-back:" + giveBack;
  }

  /** No cheque's. */
  @Override
  public List<FundedCents> parts() {
    return List.of();
  }

  @Override
  public Optional<FreeCents> free() {
    return Optional.of(new FreeCents(programme, agreement, funder, amountCents));
  }

  @Override
  public Set<String> tags() {
    return Set.of(tag(giveBack), "credit-note:" + creditNote, "agreement:" + agreement);
  }
}
