package fr.passnumerique.clearing.settlement;

import static java.util.stream.Collectors.toSet;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.payee.AccountsInForce;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The second pair of eyes. Boundary: the run, which is released or cancelled once, since what it
 * took is its own since it was opened; the reversals that it nets, which may be contested
 * meanwhile; all that the bank says, which may have paid what it pays or nets already; and all
 * accounts, since the bank may close one, for whomever the money was. One that was only replaced is
 * paid to all the same: a run pays to the accounts of its opening.
 */
final class ReleaseSettlementRunDecision
    implements Decider<ReleaseSettlementRun, SettlementRunReleased> {
  private final SettlementRegister register;
  private final DoubtfulTransfers doubtful;

  ReleaseSettlementRunDecision(SettlementRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.doubtful = doubtful;
  }

  @Override
  public Class<ReleaseSettlementRun> command() {
    return ReleaseSettlementRun.class;
  }

  @Override
  public Decision<SettlementRunReleased> decide(ReleaseSettlementRun command, Instant receivedAt) {
    Run run = register.run(command.run());
    if (run == null) {
      return Decision.refuse(EndOfTransfer.unknown(command.run()));
    }
    return switch (run.stage()) {
      case Stage.Released released when released.by().isEmpty() ->
          Decision.refuse(
              OpenSettlementRunDecision.refusal(
                  SettlementRefusal.RUN_ALREADY_RELEASED,
                  "runId",
                  "run %s is of a time when nobody had to release one".formatted(command.run()),
                  "download its file"));
      case Stage.Released(var position, var _, var _, var _) ->
          new Decision.Known<>(
              position, recorded -> new Decision.Reply.Same<>((SettlementRunReleased) recorded));
      case Stage.Cancelled(var _, var at, var _, var _) ->
          Decision.refuse(EndOfTransfer.cancelled(command.run(), at));
      case Stage.Opened _ ->
          Decision.bySecondPerson(
              run.openedBy().stream().collect(toSet()),
              command.by(),
              OpenSettlementRunDecision.refusal(
                  SettlementRefusal.SECOND_PERSON_REQUIRED,
                  "runId",
                  (run.occasion().filter(RunOccasion.SCHEDULED::equals).isPresent()
                          ? "run %s was opened by the calendar that you set, and who sets it does"
                              + " not release its runs"
                          : "run %s was opened by you, and who opens a run does not release it")
                      .formatted(command.run()),
                  "have another clerk release it"),
              () -> release(command, run, receivedAt));
    };
  }

  private Decision<SettlementRunReleased> release(
      ReleaseSettlementRun command, Run run, Instant receivedAt) {
    Claim contested = register.contested(command.run());
    if (contested != null) {
      return Decision.refuse(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.NETTING_CONTESTED,
              "runId",
              "run %s nets a line of reversal %s, which its venue contests by now"
                  .formatted(command.run(), contested.reversal()),
              "cancel the run and open another, which leaves the contested reversal out"));
    }
    LinesInDoubt doubts = new LinesInDoubt(register, run.programme(), doubtful.doubts());
    Optional<DoubtfulTransfers.Twice> twice = doubts.paidAgain(run.transfers());
    if (twice.isPresent()) {
      return Decision.refuse(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.MAY_BE_PAID_ALREADY,
              "runId",
              "transfer %s would pay what may be paid: %s"
                  .formatted(twice.get().again(), twice.get().doubt().because()),
              LinesInDoubt.CANCELLED_FIRST + twice.get().doubt().remedy()));
    }
    Optional<Refusal> netted =
        doubts.refusalOfNetted(command.run(), register.netted(command.run()));
    if (netted.isPresent()) {
      return Decision.refuse(netted.get());
    }
    for (TransferId id : run.transfers()) {
      if (register.transfer(id) instanceof Transfer.Ordered ordered
          && register.isClosed(ordered.account())) {
        return Decision.refuse(
            OpenSettlementRunDecision.refusal(
                SettlementRefusal.ACCOUNT_CLOSED,
                "runId",
                "transfer %s pays to account %s, which the bank closed since run %s was opened"
                    .formatted(id, ordered.account(), command.run()),
                "cancel the run and open another: it pays whoever has an account, and the others"
                    + " once theirs is confirmed"));
      }
    }
    List<Netting> nettings = register.nettings(command.run());
    Set<String> looked = new HashSet<>(Set.of("run:" + command.run(), DoubtfulTransfers.TAG));
    looked.addAll(AccountsInForce.TAGS);
    looked.addAll(OpenSettlementRunDecision.reversals(register, nettings));
    SettlementRunReleased released =
        new SettlementRunReleased(
            command.run(),
            command.by(),
            TargetCalendar.next(LocalDate.ofInstant(receivedAt, OpenSettlementRunDecision.PARIS)),
            nettings,
            Optional.of(SettlementRunReleased.WITH_ADDRESSES));
    return Decision.accept(released, Boundary.of(looked), released);
  }
}
