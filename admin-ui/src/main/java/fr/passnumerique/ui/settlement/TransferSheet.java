package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.RemittanceAdvice;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.ui.ledger.MoneyIn;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.TransferWords;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A transfer to venues: what it pays, what the bank did with it, and whose money it is.
 *
 * @param position of the fact that ordered it
 * @param executionOn the day on which the bank was, or is to be, asked to pay
 * @param steps what the bank said, in the order in which it was recorded
 * @param lineCount of all lines; 0 while its run is not released
 * @param lines those of a page
 * @param next where the next page begins; null after the last
 * @param mend the accounts to be replaced before it can be paid; empty if it was not refused
 */
record TransferSheet(
    String run,
    String runPage,
    String transfer,
    long position,
    Badge state,
    long amountCents,
    LocalDate executionOn,
    List<String> venues,
    List<Slip> slips,
    List<TransferWords.Step> steps,
    List<Pool> money,
    int lineCount,
    List<Line> lines,
    @Nullable Integer next,
    List<CauseWords> mend) {

  /**
   * @param payBy last day in time; null if it is not known any more
   */
  record Slip(CauseWords slip, String venue, long cents, @Nullable LocalDate payBy, boolean late) {}

  /**
   * @param cheque its serial
   * @param number in its slip
   */
  record Line(
      String cheque,
      CauseWords slip,
      int number,
      LocalDate servedOn,
      String pointOfService,
      Badge state,
      long cents) {}

  /**
   * Whose cash it is, of an agreement.
   *
   * @param funder by name, the owner of the cash: who advances it, where another pays on use
   * @param page of the postings of that cash
   * @param receipts the newest that had come for it by then
   */
  record Pool(String agreement, String funder, long cents, String page, List<MoneyIn> receipts) {}

  /** Whose cash it is. */
  record Owned(String agreement, String owner) implements Comparable<Owned> {
    @Override
    public int compareTo(Owned other) {
      return (agreement + " " + owner).compareTo(other.agreement + " " + other.owner);
    }
  }

  /** What a transfer takes from each. */
  static Map<Owned, Long> owned(SettlementRunOpened.Transfer transfer) {
    return transfer.parts().stream()
        .map(PaidCents::spent)
        .collect(
            Collectors.groupingBy(
                spent ->
                    new Owned(
                        spent.agreement().value(),
                        spent.advancedBy().orElse(spent.funder()).value()),
                TreeMap::new,
                Collectors.summingLong(spent -> spent.cents())));
  }

  static Badge state(RemittanceAdvice.State state) {
    return switch (state) {
      case ORDERED -> Badge.warn("Ordonné");
      case EXECUTED -> Badge.warn("Exécuté");
      case CONFIRMED -> Badge.good("Payé");
      case NETTED -> Badge.good("Compensé");
      case NETTING_UNDONE -> Badge.calm("Compensation annulée");
      case REJECTED -> Badge.bad("Rejeté");
      case RETURNED -> Badge.bad("Revenu");
    };
  }
}
