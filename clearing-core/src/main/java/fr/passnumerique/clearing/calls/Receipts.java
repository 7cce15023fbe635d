package fr.passnumerique.clearing.calls;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.funding.ReceiptId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fold of the money received: by whose word it is known, and whether it still is. */
public final class Receipts {
  private final Map<ReceiptId, Receipt> byId = new LinkedHashMap<>();

  /** Whose word it is that the money came. */
  @Schema(name = "ReceiptState")
  public enum State {
    /** A clerk's; the bank has not told it yet. */
    RECORDED,
    /** The bank's. */
    BOOKED,
    /** It never was, or the bank tells it no more. */
    TAKEN_BACK
  }

  /**
   * @param entry the bank's booking; null while only a clerk has said so
   */
  record Receipt(
      FundsReceived fact, long position, @Nullable BankEntry entry, boolean isTakenBack) {
    State state() {
      return isTakenBack ? State.TAKEN_BACK : entry == null ? State.RECORDED : State.BOOKED;
    }
  }

  /**
   * @param cents of the receipt that the call asked for
   */
  @Schema(name = "ReceiptCall")
  public record Settled(String call, long cents) {}

  /**
   * @param position of its fact
   * @param valueDate the bank's, or as a clerk had recorded it
   * @param reference an assigned payment reference that it carried; left out if it was known
   *     otherwise
   * @param entry the bank's booking that it is matched to; left out while only a clerk has said so
   * @param bookedOn the day of that booking
   * @param repaid what of it pays back a pre-financier for cheques used
   * @param calls that it settled, in the order in which they were made; none of one taken back
   */
  @Schema(name = "ReceiptListed")
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Row(
      ReceiptId receipt,
      long position,
      AgreementId agreement,
      FunderId funder,
      long amountCents,
      LocalDate valueDate,
      State state,
      Optional<String> reference,
      Optional<String> entry,
      Optional<LocalDate> bookedOn,
      Optional<Repaid> repaid,
      List<Settled> calls) {}

  void receive(FundsReceived fact, long position) {
    byId.put(fact.receipt(), new Receipt(fact, position, fact.entry().orElse(null), false));
  }

  void prove(ReceiptId receipt, BankEntry entry) {
    byId.computeIfPresent(receipt, (_, of) -> new Receipt(of.fact, of.position, entry, false));
  }

  void takeBack(ReceiptId receipt) {
    byId.computeIfPresent(receipt, (_, of) -> new Receipt(of.fact, of.position, of.entry, true));
  }

  /** In order of record. */
  List<Receipt> all() {
    return new ArrayList<>(byId.values());
  }

  static Row row(Receipt receipt, CalledFunds called) {
    FundsReceived fact = receipt.fact();
    Optional<BankEntry> entry = Optional.ofNullable(receipt.entry());
    return new Row(
        fact.receipt(),
        receipt.position(),
        fact.agreement(),
        fact.funder(),
        fact.amountCents(),
        entry.map(BankEntry::valueOn).orElse(fact.valueDate()),
        receipt.state(),
        fact.reference(),
        entry.map(BankEntry::id),
        entry.map(BankEntry::bookedOn),
        fact.repaid(),
        called.settledBy(fact));
  }
}
