package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.territory.Departement;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the money of an accepted line is: for who reverses lines, within a decision.
 *
 * <p>It looks at settlement's own register, line by line, so whoever asks names in its boundary the
 * slip, {@code runs:<programme>}, the transfer that it is told, and {@code account:<venue>}, which
 * a transfer that comes back closes. The road not taken, a second fold of the same facts beside it,
 * knew slips and not lines, and was wrong where one slip went two ways.
 */
public final class LineMoney {
  private final SettlementRegister register;

  LineMoney(SettlementRegister register) {
    this.register = register;
  }

  /** Where it is. */
  public sealed interface Place {
    /** Owed to the venue, and in no run. */
    record Owed() implements Place {}

    /** In a transfer whose end is not known. */
    record InTransit(TransferId transfer) implements Place {}

    /** A run nets it, which can still be undone. */
    record BeingNetted(SettlementRunId run) implements Place {}

    record Paid() implements Place {}
  }

  /**
   * @param slip position of the slip's fact
   */
  public Place of(long slip, ProgrammeId programme, Serial cheque) {
    return register.place(slip, programme, cheque);
  }

  /**
   * The lines that these transfers took and that were reversed as unpaid: if one of them is paid
   * all the same, its venue is asked for them. Nothing of transfers of another capability.
   */
  public Set<Serial> reversedAsUnpaid(Collection<TransferId> transfers) {
    return transfers.stream()
        .map(register::order)
        .filter(Objects::nonNull)
        .flatMap(order -> register.neverPaid(order).stream())
        .map(VoidedLine::cheque)
        .collect(Collectors.toSet());
  }

  /** The cents of one line, by their funders. */
  public List<SpentCents> parts(Serial cheque, Departement spentIn) {
    return register.parts(cheque, spentIn);
  }
}
