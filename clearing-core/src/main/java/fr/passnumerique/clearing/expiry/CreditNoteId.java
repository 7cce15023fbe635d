package fr.passnumerique.clearing.expiry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import java.util.regex.Pattern;

/**
 * Names a credit note: {@code order~funder}, or {@code order~funder~2} and so on for what came back
 * after the statement; {@code giveBack~~funder} of what was in no cheque. The tilde stands in no
 * identifier, so that no two notes look alike, and needs no escape in a path.
 */
public record CreditNoteId(@JsonValue String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9._-]{0,39}(~[A-Za-z0-9][A-Za-z0-9._-]{0,39}(~[1-9][0-9]{0,5})?"
              + "|~~[A-Za-z0-9][A-Za-z0-9._-]{0,39})");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public CreditNoteId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a credit note is named order~funder, order~funder~2 and so on, or giveBack~~funder");
    }
  }

  static CreditNoteId of(OrderId order, FunderId funder) {
    return new CreditNoteId(order + "~" + funder);
  }

  /**
   * @param number from 2
   */
  public static CreditNoteId supplementary(OrderId order, FunderId funder, int number) {
    return new CreditNoteId(order + "~" + funder + "~" + number);
  }

  /**
   * @param giveBack names it, and is no identifier of an order
   */
  public static CreditNoteId ofFreeCredit(String giveBack, FunderId funder) {
    return new CreditNoteId(giveBack + "~~" + funder);
  }

  @Override
  public String toString() {
    return value;
  }
}
