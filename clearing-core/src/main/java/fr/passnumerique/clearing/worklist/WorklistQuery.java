package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import fr.passnumerique.clearing.ledger.ReadLock;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads who has what to do, as of now. */
public final class WorklistQuery {
  private final WorklistRegister begun;
  private final DueRegister due;
  private final ReadLock registers;
  private final Clock clock;

  WorklistQuery(WorklistRegister begun, DueRegister due, ReadLock registers, Clock clock) {
    this.begun = begun;
    this.due = due;
    this.registers = registers;
    this.clock = clock;
  }

  /**
   * @return by kind, what waits longest first; the operator's for clerks and auditors, a funder's
   *     or venue's own; empty for prescribers
   */
  public List<Task> of(Actor actor) {
    LocalDate today = ParisCalendar.dayOf(clock.instant());
    List<Task> tasks =
        registers.read(
            () -> {
              List<Task> found = new ArrayList<>();
              if (actor.role() == Role.CLERK || actor.role() == Role.AUDITOR) {
                found.addAll(begun.tasks(null, today));
                found.addAll(due.tasks(null, today));
              } else if (actor.role() == Role.FUNDER) {
                found.addAll(due.tasks(actor.subject(), today));
              } else if (actor.role() == Role.VENUE) {
                found.addAll(begun.tasks(actor.subject(), today));
              }
              return found;
            });
    tasks.sort(
        Comparator.comparing(Task::kind).thenComparing(Task::since).thenComparing(Task::about));
    return tasks;
  }
}
