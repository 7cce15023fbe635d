package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A credit note (avoir), of whatever: it is refunded once, whole. */
public interface CreditNote {
  CreditNoteId creditNote();

  /** Who is refunded. */
  FunderId funder();

  /** Σ of the parts and of what was free, above zero. */
  long amountCents();

  /** Europe/Paris. */
  LocalDate issuedOn();

  /** What of it was in cheques. */
  List<FundedCents> parts();

  /** What of it was in no cheque. */
  default Optional<FreeCents> free() {
    return Optional.empty();
  }
}
