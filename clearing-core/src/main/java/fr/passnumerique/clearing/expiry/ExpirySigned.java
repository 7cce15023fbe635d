package fr.passnumerique.clearing.expiry;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * A funder, or the operator, signed a step of an order's end.
 *
 * @param step APPROVAL, ACKNOWLEDGEMENT or STATEMENT
 * @param funder empty for the operator
 * @param by the account that signed
 * @param signedOn Europe/Paris
 */
public record ExpirySigned(
    OrderId order,
    ExpiryStep step,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<FunderId> funder,
    String by,
    LocalDate signedOn)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of(ChequesExpired.tag(order));
  }
}
