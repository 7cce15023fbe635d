package fr.passnumerique.loadtest.simulator;

import static fr.passnumerique.loadtest.simulator.Mutants.decider;
import static fr.passnumerique.loadtest.simulator.Mutants.decision;
import static fr.passnumerique.loadtest.simulator.Mutants.recording;

import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SubmitSlip;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.territory.Paris;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bugs in what decisions record and answer, and in what day they are taken on. */
final class DecisionMutants {
  private DecisionMutants() {}

  static List<Mutant> all() {
    return List.of(
        decider(
            "slips are dated in UTC",
            SubmitSlip.class,
            command -> command,
            at -> Paris.startOf(at.atZone(ZoneOffset.UTC).toLocalDate()),
            (_, right) -> right),
        decider(
            "the clock is not put forward in March",
            SubmitSlip.class,
            command -> command,
            at -> Paris.startOf(at.atOffset(ZoneOffset.ofHours(1)).toLocalDate()),
            (_, right) -> right),
        decision(
            "a slip is owed a cent too much",
            SubmitSlip.class,
            (_, right) -> recording(right, SlipJudged.class, slip -> owed(slip, 1, 0))),
        decision(
            "a split is off by a cent",
            SubmitSlip.class,
            (_, right) -> recording(right, SlipJudged.class, slip -> owed(slip, -1, 1))),
        decision(
            "a duplicate's verdict is computed again",
            SubmitSlip.class,
            (_, right) ->
                right instanceof Decision.Known<SlipJudged> known
                    ? new Decision.Known<>(
                        known.position(), fact -> again(known.reply().apply(fact)))
                    : right),
        decision(
            "who opened a run releases it",
            ReleaseSettlementRun.class,
            new Mutants.Another<>(
                command -> new ReleaseSettlementRun(command.run(), command.by() + "-too"))),
        decision(
            "a confirmation takes the day before for the bank's",
            ConfirmTransfer.class,
            new Mutants.Another<>(
                c -> new ConfirmTransfer(c.run(), c.transfer(), c.bookedOn().minusDays(1)))),
        decision(
            "a run leaves its last slip out of the amount",
            OpenSettlementRun.class,
            (_, right) ->
                recording(right, SettlementRunOpened.class, DecisionMutants::withoutASlip)),
        decision(
            "cheques are activated beyond the cash",
            ActivateCheques.class,
            new Mutants.Another<>(
                c ->
                    c.firstOrdinal() > 1
                        ? ActivateCheques.range(
                            c.activation(), c.batch(), c.firstOrdinal(), c.firstOrdinal())
                        : c)));
  }

  private static SlipJudged owed(SlipJudged slip, long first, long last) {
    if (slip.owed().size() < 2) {
      return slip;
    }
    return Altered.<SlipJudged, List<SpentCents>>with(
        slip,
        "owed",
        owed -> {
          List<SpentCents> changed = new ArrayList<>(owed);
          changed.set(0, changed.getFirst().withCents(changed.getFirst().cents() + first));
          int end = changed.size() - 1;
          changed.set(end, changed.getLast().withCents(changed.getLast().cents() + last));
          return changed;
        });
  }

  private static Decision.Reply<SlipJudged> again(Decision.Reply<SlipJudged> reply) {
    return reply instanceof Decision.Reply.Same<SlipJudged>(SlipJudged slip)
        ? new Decision.Reply.Same<>(
            Altered.<SlipJudged, List<SlipJudged.Line>>with(
                slip,
                "lines",
                lines ->
                    lines.stream()
                        .map(
                            line ->
                                line.rejected().isPresent()
                                    ? line
                                    : Altered.<SlipJudged.Line, Optional<Verdict>>with(
                                        line,
                                        "rejected",
                                        _ -> Optional.of(Verdict.ALREADY_REDEEMED)))
                        .toList()))
        : reply;
  }

  private static SettlementRunOpened withoutASlip(SettlementRunOpened run) {
    return Altered.<SettlementRunOpened, List<SettlementRunOpened.Transfer>>with(
        run,
        "transfers",
        transfers ->
            transfers.stream()
                .map(
                    transfer ->
                        transfer.slips().size() < 2
                            ? transfer
                            : Altered.<SettlementRunOpened.Transfer, List<?>>with(
                                transfer, "slips", slips -> slips.subList(1, slips.size())))
                .toList());
  }
}
