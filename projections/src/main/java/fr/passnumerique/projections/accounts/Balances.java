package fr.passnumerique.projections.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.projections.loop.Caveats;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Balances at one position of the ledger, in integer cents. All of one answer stand at the same
 * position.
 *
 * <p>An amount is left out where the filters leave no account that could hold it: cash is kept per
 * funder and agreement, so it has no venue and no département; titles not yet redeemed have no
 * venue and no département of spending.
 *
 * @param position of the last fact in them, 0 before the first
 * @param recordedAt of that fact, UTC; left out before the first
 * @param businessDate Europe/Paris, if one was asked for: what happened later is left out, and
 *     counts only as far as it was recorded up to {@code position}
 * @param ledgerPosition the ledger's head when asked: above {@code position} by what is not yet
 *     folded
 * @param sumOfAllAccountsCents over all accounts, whatever the filters: 0, or the answer is wrong.
 *     Left out of a filtered answer as of another moment than now, which looks at its own accounts
 *     alone
 * @param totals of the accounts that the filters leave
 * @param accounts the same by kind of account, debits positive, credits negative
 * @param caveats what must be known beside the figures; left out if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Balances(
    long position,
    @Nullable Instant recordedAt,
    @Nullable LocalDate businessDate,
    long ledgerPosition,
    @Nullable Long sumOfAllAccountsCents,
    Amounts totals,
    List<OfKind> accounts,
    @Nullable List<OfVenue> venues,
    @Nullable List<OfFunder> funders,
    @Nullable List<OfAgreement> agreements,
    @Nullable List<OfProgramme> programmes,
    @Nullable List<OfPrescriber> prescribers,
    @Nullable List<OfDepartement> fundingDepartements,
    @Nullable List<OfDepartement> spendingDepartements,
    @Nullable List<Flow> flows,
    @Nullable Caveats caveats) {

  /**
   * Identities, where all are shown, of each line as of the totals: {@code paidIn = unallocated +
   * outstanding + dueBack + receivable + redeemed - waived + untitled + advanced}; {@code issued =
   * inStock + atPrescribers + live + redeemed + expired + opposed + replaced + voided}. Of what is
   * not told by funder also {@code redeemed = owed + inTransit + paid + waived - untitled}: what is
   * owed and in transit is cash, and counts under whose it is; cheques count under whose share they
   * are, though another's cash covers it.
   *
   * @param paidInCents received from the funder, with what was moved in from its other agreements,
   *     less what was moved out, and less what was refunded or given back to it. What another
   *     advances for it is not in it before it repays that
   * @param advancedCents of cheques used, what it covered for shares of others that are paid on
   *     use, and was not repaid; below zero for what others covered for it. 0 in all
   * @param bankCents on the ring-fenced account; what the bank executed stays on it until it is
   *     booked
   * @param unallocatedCents paid in and not set aside for activated cheques
   * @param outstandingCents set aside for activated cheques that are still in life
   * @param dueBackCents to funders, and not refunded yet: of cheques that expired, were opposed or
   *     are void
   * @param receivableCents paid to venues for lines that were reversed since, and not recovered
   *     yet; below zero for what was recovered of lines whose transfer came back
   * @param issuedCents face value of all cheques ever issued, as are the following
   * @param inStockCents not delivered
   * @param atPrescribersCents delivered and not handed out
   * @param liveCents handed out and not redeemed
   * @param expiredCents by a fact
   * @param opposedCents lost or stolen, not replaced
   * @param replacedCents by other cheques, which are issued too
   * @param voidedCents their accepted line was reversed, and that was not lifted
   * @param redeemedCents accepted from venues, paid or not; a reversed line again once its reversal
   *     is lifted
   * @param waivedCents of that, of venues that are free of charge: paid to nobody
   * @param owedCents accepted and in no transfer
   * @param inTransitCents in a transfer of which the bank has not said that it is executed
   * @param untitledCents of what is owed and in transit, for lines that are reversed: on their way
   *     when they were, or come back since
   * @param paidCents executed by the bank's word, or booked
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Amounts(
      @Nullable Long paidInCents,
      @Nullable Long advancedCents,
      @Nullable Long bankCents,
      @Nullable Long unallocatedCents,
      @Nullable Long outstandingCents,
      @Nullable Long dueBackCents,
      @Nullable Long receivableCents,
      @Nullable Long issuedCents,
      @Nullable Long inStockCents,
      @Nullable Long atPrescribersCents,
      @Nullable Long liveCents,
      @Nullable Long expiredCents,
      @Nullable Long opposedCents,
      @Nullable Long replacedCents,
      @Nullable Long voidedCents,
      long redeemedCents,
      @Nullable Long waivedCents,
      long owedCents,
      long inTransitCents,
      long untitledCents,
      long paidCents) {}

  /**
   * @param label the French name
   * @param cents debit if positive, credit if negative
   */
  public record OfKind(AccountKind kind, String label, long cents) {}

  /**
   * @param name public name; empty for a sole trader
   */
  public record OfVenue(String venue, String name, @JsonUnwrapped Amounts amounts) {}

  public record OfFunder(String funder, String name, @JsonUnwrapped Amounts amounts) {}

  public record OfAgreement(
      String agreement, String programme, String programmeName, @JsonUnwrapped Amounts amounts) {}

  public record OfProgramme(String programme, String name, @JsonUnwrapped Amounts amounts) {}

  /**
   * @param inStockCents face value of the titles that it holds
   */
  public record OfPrescriber(String prescriber, String name, long inStockCents) {}

  /**
   * @param departement INSEE code; of funding or of spending. What is not spent has no département
   *     of spending
   */
  public record OfDepartement(String departement, @JsonUnwrapped Amounts amounts) {}

  /** What one département funded and another, or the same, spent. */
  public record Flow(
      String fundingDepartement, String spendingDepartement, @JsonUnwrapped Amounts amounts) {}
}
