package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.territory.Paris;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the money of one slip is. It asks settlement's own register for the pieces that runs took
 * of the slip or left, and folds nothing: a second fold of the same facts that knows slips and no
 * lines is wrong where one slip goes two ways.
 *
 * <p>Of all slips of a venue, what is owed, was sent back or is to be netted by an unreleased run
 * sums to what the books have the venue owed, and what is in transfers without an end to what they
 * have in transit.
 */
final class SlipMoney {
  private final SettlementRegister register;

  /** Of the slip's lines that were ever reversed: nearly always none. */
  private final List<Claim> claims;

  /** Those of them that are in a piece that counts. */
  private final Set<Claim> placed = new HashSet<>();

  private final Map<SlipPart, SlipPart> byPlace = new LinkedHashMap<>();

  private SlipMoney(SettlementRegister register, long slip) {
    this.register = register;
    this.claims = register.claimsOf(slip);
  }

  /**
   * @param slip position of its fact
   * @return empty if nothing was ever owed for it
   */
  static List<SlipPart> of(SettlementRegister register, long slip) {
    SlipMoney money = new SlipMoney(register, slip);
    money.withdrawn(slip);
    money.pieces(slip);
    register.liftedOf(slip).forEach(money::pieces);
    money.reversed();
    return List.copyOf(money.byPlace.values());
  }

  private void withdrawn(long slip) {
    Payables.Withdrawn withdrawn = register.withdrawn(slip);
    if (withdrawn != null) {
      withdrawn
          .cents()
          .forEach(
              (programme, cents) ->
                  merge(
                      SlipPart.of(SlipState.WITHDRAWN, programme)
                          .on(withdrawn.on())
                          .with(cents, 0)));
    }
  }

  /**
   * @param position of the slip's fact, or of a lifted reversal's since which some of it is owed
   */
  private void pieces(long position) {
    List<SentBack> sentBack = new ArrayList<>();
    for (Transfers.Taken taken : register.takenOf(position)) {
      TransferId id = taken.transfer();
      Transfer.Ordered order = register.order(id);
      Transfer now = register.transfer(id);
      // Null if its run was cancelled.
      if (order == null || now == null) {
        continue;
      }
      SlipPart part = transferred(order, id, now);
      Unpaid lines = order.taken().get(taken.place());
      if (part.state() == SlipState.SENT_BACK) {
        sentBack.addFirst(new SentBack(order.programme(), part, lines));
      } else {
        place(part, lines);
      }
    }
    for (Nettings.OfSlip netted : register.nettedOf(position)) {
      place(netted(netted), netted.piece());
    }
    for (ProgrammeId programme : register.programmes()) {
      Unpaid unpaid = register.unpaid(programme, position);
      if (unpaid != null) {
        unpaid(programme, unpaid, sentBack);
      }
    }
  }

  /** What a transfer took that came to nothing. */
  private record SentBack(ProgrammeId programme, SlipPart part, Unpaid lines) {}

  /**
   * Each line by the last transfer that took it, and owed as any other if none did: such as lines
   * whose netting fell with a transfer.
   *
   * @param sentBack the newest first
   */
  private void unpaid(ProgrammeId programme, Unpaid unpaid, List<SentBack> sentBack) {
    Unpaid left = unpaid;
    for (SentBack each : sentBack) {
      if (each.programme().equals(programme)) {
        Set<Serial> others = left.cheques();
        others.removeAll(each.lines().cheques());
        Unpaid rest = register.piece(left, others);
        place(each.part(), left.minus(rest));
        left = rest;
      }
    }
    place(SlipPart.of(SlipState.OWED, programme), left);
  }

  private SlipPart transferred(Transfer.Ordered order, TransferId id, Transfer now) {
    ProgrammeId programme = order.programme();
    SlipPart part =
        switch (now) {
          case Transfer.Executed e -> SlipPart.of(SlipState.PAID, programme).on(e.executedOn());
          case Transfer.Confirmed e -> SlipPart.of(SlipState.PAID, programme).on(e.bookedOn());
          case Transfer.Rejected e ->
              SlipPart.of(SlipState.SENT_BACK, programme).on(e.rejectedOn()).because(e.reason());
          case Transfer.Returned e ->
              SlipPart.of(SlipState.SENT_BACK, programme).on(e.returnedOn()).because(e.reason());
          case Transfer.Ordered _, Transfer.Cancelled _ -> onItsWay(programme, order.run(), id);
        };
    return part.by(order.run(), id);
  }

  private SlipPart onItsWay(ProgrammeId programme, SettlementRunId id, TransferId transfer) {
    Run run = register.knownRun(id);
    SlipPart part = SlipPart.of(register.onItsWay(run, transfer), programme);
    return run.released().map(released -> part.on(released.executionOn())).orElse(part);
  }

  private SlipPart netted(Nettings.OfSlip netted) {
    return register
        .knownRun(netted.run())
        .released()
        .map(since -> SlipPart.of(SlipState.NETTED, netted.programme()).on(Paris.dayOf(since.at())))
        .orElseGet(() -> SlipPart.of(SlipState.IN_RUN, netted.programme()))
        .in(netted.run());
  }

  private void place(SlipPart part, Unpaid lines) {
    if (lines.cents() == 0) {
      return;
    }
    long reversed = 0;
    for (Claim claim : claims) {
      // Under a lifted reversal's position it is owed besides, and cannot be reversed again.
      if (lines.position() == claim.slip() && lines.has(claim.cheque())) {
        placed.add(claim);
        reversed += register.isOwedBack(claim) ? claim.cents() : 0;
      }
    }
    merge(part.with(lines.cents(), reversed));
  }

  /** What is back with its funders, and what its venue gave back and is owed again. */
  private void reversed() {
    for (Claim claim : claims) {
      if (!register.isLifted(claim)) {
        if (!placed.contains(claim)) {
          merge(
              SlipPart.of(SlipState.REVERSED, claim.programme())
                  .on(claim.reversedOn())
                  .with(claim.cents(), 0));
        }
      } else if (placed.contains(claim) && register.owedApartCents(claim) > 0) {
        merge(
            SlipPart.of(SlipState.GIVEN_BACK, claim.programme())
                .with(-register.owedApartCents(claim), 0));
      }
    }
  }

  private void merge(SlipPart part) {
    byPlace.merge(part.with(0, 0), part, SlipPart::plus);
  }
}
