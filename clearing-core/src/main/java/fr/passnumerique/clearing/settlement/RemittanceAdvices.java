package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.settlement.RemittanceAdvice.By;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a run pays, line by line. Which lines those are is in memory; the slips that tell
 * more of them are read from the ledger one at a time, so that an advice of any length takes the
 * memory of one slip. Safe for any number of threads.
 */
public final class RemittanceAdvices {
  private final SettlementRegister register;
  private final ReadLock registers;
  private final LedgerReader ledger;

  RemittanceAdvices(SettlementRegister register, ReadLock registers, LedgerReader ledger) {
    this.register = register;
    this.registers = registers;
    this.ledger = ledger;
  }

  /**
   * Whose lines, and of which transfer: one of the two at least.
   *
   * @param transfer its lines, and what was netted with it
   */
  public record Asked(SettlementRunId run, Optional<VenueId> venue, Optional<TransferId> transfer) {
    /**
     * What an actor may ask: a venue its own lines, whatever it names.
     *
     * @throws Problem 400 {@code VENUE_OR_TRANSFER_REQUIRED}; 404 for what cannot be a run
     */
    public static Asked by(
        String run, @Nullable VenueId venue, @Nullable String transfer, Actor actor) {
      if (venue == null && transfer == null && actor.role() != Role.VENUE) {
        String message = "an advice is of a venue or of a transfer, and neither is named";
        String remedy = "give venue or transfer";
        throw Problem.badRequest(
            "VENUE_OR_TRANSFER_REQUIRED",
            message + "; " + remedy,
            List.of(Problem.Fault.of("venue", "", message, remedy)));
      }
      try {
        Optional<VenueId> whose =
            actor.role() == Role.VENUE
                ? Optional.of(new VenueId(actor.subject()))
                : Optional.ofNullable(venue);
        return new Asked(
            new SettlementRunId(run), whose, Optional.ofNullable(transfer).map(TransferId::new));
      } catch (IllegalArgumentException _) {
        throw Problem.notFound("the remittance advice");
      }
    }

    boolean concerns(VenueId payee) {
      return venue.map(payee::equals).orElse(true);
    }

    boolean concerns(TransferId paying) {
      return transfer.map(paying::equals).orElse(true);
    }
  }

  /** Lines of one slip that go one way. */
  private record Part(
      By by, Optional<TransferId> transfer, RemittanceAdvice.State state, Unpaid lines) {
    int size() {
      return lines.lines().size() + lines.apart().size();
    }
  }

  /** All but the lines, and where to find them. */
  private record Plan(RemittanceAdvice head, List<Part> parts) {}

  /**
   * @param offset of the first line, from 0
   * @param limit lines at most
   * @return empty if there is no such run, or it has nothing for whom it is asked for
   * @throws Problem 409 {@code RUN_NOT_RELEASED} or {@code RUN_CANCELLED}: nothing is paid by it
   */
  public Optional<RemittanceAdvice> page(Asked asked, int offset, int limit) {
    return plan(asked)
        .map(
            plan -> {
              List<RemittanceAdvice.Line> lines = new ArrayList<>();
              read(plan.parts(), offset, limit, lines::add);
              RemittanceAdvice head = plan.head();
              int end = offset + lines.size();
              return new RemittanceAdvice(
                  head.run(),
                  head.programme(),
                  head.executionOn(),
                  head.venue(),
                  head.lineCount(),
                  head.transferredCents(),
                  head.nettedCents(),
                  head.states(),
                  head.transfers(),
                  head.recovered(),
                  List.copyOf(lines),
                  end < head.lineCount() ? Optional.of(Integer.toString(end)) : Optional.empty());
            });
  }

  /** An advice whose lines are handed over one by one. */
  record Whole(RemittanceAdvice head, Consumer<Consumer<RemittanceAdvice.Line>> lines) {}

  /** As {@link #page}, of all lines. */
  Optional<Whole> whole(Asked asked) {
    return plan(asked)
        .map(plan -> new Whole(plan.head(), to -> read(plan.parts(), 0, Integer.MAX_VALUE, to)));
  }

  private Optional<Plan> plan(Asked asked) {
    return registers.find(
        "the remittance advice of settlement run " + asked.run(),
        () -> {
          Run run = register.run(asked.run());
          if (run == null) {
            return Optional.empty();
          }
          Optional<Plan> plan =
              run.released()
                  .map(released -> plan(asked, run, released))
                  .filter(found -> !found.parts().isEmpty());
          if (plan.isEmpty()) {
            // Of one that was cancelled after its release, what was paid by then is paid.
            EndOfTransfer.refusalOfUnreleased(run)
                .ifPresent(
                    refusal -> {
                      throw Problem.of(refusal);
                    });
          }
          return plan;
        });
  }

  private Plan plan(Asked asked, Run run, Stage.Released released) {
    List<Part> parts = new ArrayList<>();
    Map<TransferId, Long> sums = new LinkedHashMap<>();
    for (TransferId id : run.transfers()) {
      Transfer.Ordered order = register.order(id);
      if (order == null || !asked.concerns(id)) {
        continue;
      }
      RemittanceAdvice.State state =
          RemittanceAdvice.State.of(
              SettlementRun.End.of(Optional.ofNullable(register.transfer(id))).state());
      for (Unpaid lines : order.taken()) {
        if (asked.concerns(lines.venue())) {
          parts.add(new Part(By.TRANSFER, Optional.of(id), state, lines));
          sums.merge(id, lines.cents(), Math::addExact);
        }
      }
    }
    List<RemittanceAdvice.Recovered> recovered = new ArrayList<>();
    for (Nettings.Netted netted : register.netted(run.id())) {
      Netting netting = netted.netting();
      if (!asked.concerns(netting.venue())
          || asked.transfer().isPresent() && !netting.transfer().equals(asked.transfer())) {
        continue;
      }
      RemittanceAdvice.State state =
          netted.undone() ? RemittanceAdvice.State.NETTING_UNDONE : RemittanceAdvice.State.NETTED;
      netted
          .pieces()
          .forEach(piece -> parts.add(new Part(By.NETTING, netting.transfer(), state, piece)));
      netting.claims().forEach(cheque -> recovered.add(recovered(cheque, state)));
    }
    List<RemittanceAdvice.Paid> transfers = new ArrayList<>();
    sums.forEach((id, cents) -> transfers.add(paid(id, cents)));
    List<RemittanceAdvice.Sum> states = states(parts);
    RemittanceAdvice head =
        new RemittanceAdvice(
            run.id().value(),
            run.programme().value(),
            released.executionOn(),
            asked.venue().map(VenueId::value),
            parts.stream().mapToInt(Part::size).sum(),
            states.stream()
                .filter(sum -> sum.state().isTransferred())
                .mapToLong(RemittanceAdvice.Sum::cents)
                .sum(),
            recovered.stream()
                .filter(line -> line.state() == RemittanceAdvice.State.NETTED)
                .mapToLong(RemittanceAdvice.Recovered::cents)
                .sum(),
            states,
            List.copyOf(transfers),
            List.copyOf(recovered),
            List.of(),
            Optional.empty());
    return new Plan(head, List.copyOf(parts));
  }

  private static List<RemittanceAdvice.Sum> states(List<Part> parts) {
    Map<RemittanceAdvice.State, RemittanceAdvice.Sum> sums =
        new EnumMap<>(RemittanceAdvice.State.class);
    for (Part part : parts) {
      sums.merge(
          part.state(),
          new RemittanceAdvice.Sum(part.state(), part.size(), part.lines().cents()),
          (one, other) ->
              new RemittanceAdvice.Sum(
                  one.state(),
                  one.lineCount() + other.lineCount(),
                  Math.addExact(one.cents(), other.cents())));
    }
    return List.copyOf(sums.values());
  }

  private RemittanceAdvice.Paid paid(TransferId id, long linesCents) {
    Transfer transfer = register.transfer(id);
    Transfer.Ordered order = register.order(id);
    if (transfer == null || order == null) {
      throw new IllegalStateException("transfer %s was never ordered".formatted(id));
    }
    SettlementRun.End end = SettlementRun.End.of(Optional.of(transfer));
    return new RemittanceAdvice.Paid(
        id.value(), end.state(), order.amountCents(), linesCents, end.on(), end.reason());
  }

  private RemittanceAdvice.Recovered recovered(Serial cheque, RemittanceAdvice.State state) {
    Claim claim = register.claim(cheque);
    if (claim == null) {
      throw new IllegalStateException(
          "cheque %s is netted and was never claimed".formatted(cheque));
    }
    return new RemittanceAdvice.Recovered(
        claim.venue().value(),
        claim.reversal().value(),
        claim.reason(),
        cheque.toString(),
        claim.cents(),
        state);
  }

  // --- the lines

  private void read(List<Part> parts, int offset, int limit, Consumer<RemittanceAdvice.Line> to) {
    int skip = offset;
    int left = limit;
    for (Part part : parts) {
      if (left == 0) {
        return;
      }
      if (skip >= part.size()) {
        skip -= part.size();
        continue;
      }
      List<RemittanceAdvice.Line> lines = lines(part);
      for (RemittanceAdvice.Line line : lines.subList(skip, Math.min(lines.size(), skip + left))) {
        to.accept(line);
        left--;
      }
      skip = 0;
    }
  }

  /** In the order of the slip, or of the slips that a lifted reversal was of. */
  private List<RemittanceAdvice.Line> lines(Part part) {
    Map<Long, Map<Serial, Long>> cents = new TreeMap<>();
    registers.read(
        () -> {
          OwedLines owed = part.lines().lines();
          for (int i = 0; i < owed.size(); i++) {
            cents
                .computeIfAbsent(part.lines().position(), _ -> new HashMap<>())
                .put(owed.cheque(i), sum(register.parts(owed.cheque(i), owed.spentIn(i))));
          }
          return cents;
        });
    for (VoidedLine line : part.lines().apart()) {
      cents
          .computeIfAbsent(line.slip(), _ -> new HashMap<>())
          .put(line.cheque(), sum(line.parts()));
    }
    List<RemittanceAdvice.Line> lines = new ArrayList<>(part.size());
    cents.forEach((slip, paid) -> add(part, slip, paid, lines));
    return lines;
  }

  private void add(
      Part part, long position, Map<Serial, Long> paid, List<RemittanceAdvice.Line> lines) {
    SlipJudged slip = (SlipJudged) ledger.read(position - 1, 1).getFirst().fact();
    for (int i = 0; i < slip.lines().size(); i++) {
      SlipJudged.Line judged = slip.lines().get(i);
      Long cents =
          judged.rejected().isPresent() ? null : judged.cheque().map(paid::get).orElse(null);
      if (cents != null) {
        SlipJudged.Visit visit = slip.visits().get(judged.visit());
        lines.add(
            new RemittanceAdvice.Line(
                slip.venue().value(),
                slip.reference().value(),
                i + 1,
                judged.cheque().orElseThrow().toString(),
                visit.servedOn(),
                visit.pointOfService().value(),
                cents,
                part.by(),
                part.transfer().map(TransferId::value),
                part.state()));
      }
    }
  }

  private static long sum(List<SpentCents> parts) {
    return parts.stream().mapToLong(SpentCents::cents).sum();
  }
}
