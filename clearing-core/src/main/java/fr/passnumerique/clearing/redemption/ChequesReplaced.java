package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Opposed cheques got new serials, in the replacement batch whose issuance stands just before. The
 * old ones are dead for ever; what was due back for them is set aside again.
 *
 * @param replacement names the replacement batch as an order names its batch
 * @param by the account
 * @param batch the replacement batch
 * @param replaced the old cheques: the k-th is replaced by the cheque with ordinal k
 * @param titles whose cents they are
 * @param activated those of the new cheques whose old one was activated
 * @param setAside what these come to
 * @param lastDays of those whose old one was handed out: it keeps its last day, whenever the new
 *     one is handed out
 */
public record ChequesReplaced(
    OrderId replacement,
    String by,
    Batch batch,
    List<Serial> replaced,
    List<FundedCents> titles,
    List<ChequeRange> activated,
    List<FundedCents> setAside,
    List<KeptDay> lastDays)
    implements Fact {
  public ChequesReplaced {
    replaced = List.copyOf(replaced);
    titles = List.copyOf(titles);
    activated = List.copyOf(activated);
    setAside = List.copyOf(setAside);
    lastDays = List.copyOf(lastDays);
  }

  /**
   * @param lastDay on which the cheques can be used, Europe/Paris
   */
  public record KeptDay(ChequeRange cheques, LocalDate lastDay) {}

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>();
    tags.add("order:" + replacement);
    tags.add("batch:" + batch);
    replaced.forEach(cheque -> tags.add("batch:" + cheque.batch()));
    titles.forEach(part -> tags.add("agreement:" + part.agreement()));
    return tags;
  }
}
