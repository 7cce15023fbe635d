package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.Action.Status;
import fr.passnumerique.loadtest.model.World.Run;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the bank says of transfers before it books them. */
final class BankStatusStory {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final UnaryOperator<String> id;

  /**
   * @param id a new identifier of a kind
   */
  BankStatusStory(World world, Dice dice, Days days, UnaryOperator<String> id) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.id = id;
  }

  Action.ImportFile file() {
    List<String> names = List.copyOf(world.allOrdered().keySet());
    List<String> waiting =
        BankStory.transfers(world, "ORDERED").stream()
            .filter(one -> one.of().hasSent(one.transfer()) || dice.percent(6))
            .map(Ends.Found::run)
            .toList();
    String name = waiting.isEmpty() || dice.percent(25) ? dice.of(names) : dice.of(waiting);
    Run run = world.ordered(name);
    LocalDate on = days.today().minusDays(dice.of(0, 0, 1));
    List<Status> statuses = new ArrayList<>();
    if (run == null || run.transfers.isEmpty() || dice.percent(15)) {
      long sum = run == null ? 0 : run.transfers.stream().mapToLong(t -> t.cents()).sum();
      statuses.add(status(dice.percent(96) ? name : "run-0", "", dice.percent(50) ? -1 : sum, on));
    } else {
      for (World.Transfer transfer : run.transfers) {
        if (statuses.isEmpty() || dice.percent(50)) {
          long cents = dice.of(-1L, transfer.cents(), transfer.cents());
          statuses.add(
              status(
                  name,
                  dice.percent(95) ? transfer.name : "run-0-1",
                  dice.percent(97) ? cents : cents + 2,
                  on));
        }
      }
      if (dice.percent(4)) {
        statuses.replaceAll(
            s -> new Status("run-0", s.transfer(), s.code(), s.reason(), s.cents(), s.on()));
      }
    }
    return new Action.ImportFile(id.apply("status"), List.of(), List.copyOf(statuses), "");
  }

  private Status status(String run, String transfer, long cents, LocalDate on) {
    String code = dice.of("ACCP", "ACSP", "ACSC", "ACSC", "ACSC", "RJCT", "RJCT", "XXXX");
    String reason = code.equals("RJCT") ? dice.of("AC04", "AC04", "") : "";
    return new Status(run, transfer, code, reason, cents, on);
  }
}
