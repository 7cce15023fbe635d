package fr.passnumerique.projections.histories;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.projections.accounts.Cause;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.loop.Caveats;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one cheque's cents are in the accounts: fact by fact, the postings that hold them.
 *
 * <p>A fact is about many cheques, and posts what they come to in all. Each posting is as {@code
 * readPostings} lists it, so that the way from a balance to a cheque leads back to the same figure;
 * of it, {@code shares} are this cheque's.
 *
 * @param serial as printed, without its check part
 * @param position up to which it is told, by history and accounts alike: where the one stands that
 *     is behind; later facts may follow
 * @param recordedAt of the fact at that position
 * @param shares whose cents it is; they sum to its face value
 * @param facts in the order in which they were recorded
 * @param receipts the money that its activation could draw on, newest first: cash is one pool for
 *     an agreement and owner, and no cheque has a receipt of its own; with those that {@code
 *     transfers} brought from other agreements; left out while it is not activated, and for a venue
 * @param transfers of funds into its agreement before it was activated, and into those from which
 *     they came, newest first; left out as the receipts are
 * @param moneyLeftOut how much of that money is not told; left out where all is
 * @param caveats what must be known beside the figures; left out if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChequePostings(
    String serial,
    long position,
    @Nullable Instant recordedAt,
    long faceValueCents,
    List<ChequeHistory.Share> shares,
    List<OfFact> facts,
    @Nullable List<Receipt> receipts,
    @Nullable List<Transfer> transfers,
    @Nullable MoneyLeftOut moneyLeftOut,
    @Nullable Caveats caveats) {

  /**
   * What came before the last 50 of an agreement and its owner, and from more than 50 of these.
   *
   * @param receipts older ones of agreements that are told
   * @param transfers likewise
   * @param notFollowed agreements, with the owner of the money, that transfers came from and whose
   *     money is not told at all
   */
  public record MoneyLeftOut(long receipts, long transfers, long notFollowed) {}

  /**
   * @param position in the ledger
   * @param happenedOn business day, Europe/Paris
   * @param fact its type
   * @param causes what it is about, the nearest first: slip, transfer, settlement run, receipt
   * @param postings on accounts that this cheque's cents may be on
   */
  public record OfFact(
      long position,
      Instant recordedAt,
      LocalDate happenedOn,
      String fact,
      List<Cause> causes,
      List<Posting> postings) {}

  /**
   * @param position of the fact that recorded it
   * @param receipt its identifier
   * @param agreement for which it came
   * @param funder whose cash it is
   * @param cents of it that are the owner's
   * @param takenBackAt position of the fact by which it is taken back, since the bank tells it no
   *     more; left out if it is not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Receipt(
      long position,
      Instant recordedAt,
      LocalDate happenedOn,
      String receipt,
      String agreement,
      String funder,
      long cents,
      @Nullable Long takenBackAt) {}

  /**
   * @param position of the fact that recorded it
   * @param transfer its identifier
   * @param agreement into which it came
   * @param funder whose cash it became: the funder's own, or its pre-financier's
   * @param cents of it that are the owner's
   * @param fromAgreement left out for a funder to whom another repaid so what it had advanced
   * @param fromFunder whose it was; left out alike
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Transfer(
      long position,
      Instant recordedAt,
      LocalDate happenedOn,
      String transfer,
      String agreement,
      String funder,
      long cents,
      @Nullable String fromAgreement,
      @Nullable String fromFunder) {}
}
