package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the run that a programme's calendar calls for, once its cut-off is past. Asked now and
 * then; what is opened already is not opened again, also by another node, for the run's name is
 * made from programme and day. After a time in which no node ran, only the last cut-off is made up
 * for: its run takes what the ones before it would have taken.
 *
 * <p>It is opened in the name of the account that set the calendar, so that another has to release
 * it: two persons, as for any run.
 */
final class SettlementTick {
  private static final Logger LOG = LoggerFactory.getLogger(SettlementTick.class);

  private final Commands commands;
  private final SettlementRegister register;
  private final ReadLock registers;
  private final Clock clock;

  /** Cut-offs at which nothing was to pay: what is owed again later waits for the next. */
  private final Map<ProgrammeId, LocalDate> nothingToPay = new HashMap<>();

  /** Cut-offs whose run was refused for another reason, each told once and tried again. */
  private final Map<ProgrammeId, LocalDate> toldAsRefused = new HashMap<>();

  SettlementTick(Commands commands, SettlementRegister register, ReadLock registers, Clock clock) {
    this.commands = commands;
    this.register = register;
    this.registers = registers;
    this.clock = clock;
  }

  private record Due(ProgrammeId programme, LocalDate cutOffDay, String setBy) {}

  void run() {
    try {
      LocalDate today = Paris.dayOf(clock.instant());
      for (Due due : registers.read(() -> due(today))) {
        if (!due.cutOffDay().equals(nothingToPay.get(due.programme()))) {
          tryToOpen(due);
        }
      }
    } catch (LedgerUnavailableException e) {
      // A node that stands by leaves it to the writer.
      LOG.debug("settlement runs are not opened by this node now: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Thrown on, it would end the ticks without a word.
      LOG.error("it is not known which settlement runs are due; the next tick tries again", e);
    }
  }

  /** A programme whose run cannot be opened keeps no other from its own. */
  private void tryToOpen(Due due) {
    try {
      open(due);
    } catch (LedgerUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error(
          "the run of programme {} of {} could not be opened; the next tick tries again",
          due.programme(),
          due.cutOffDay(),
          e);
    }
  }

  private List<Due> due(LocalDate today) {
    List<Due> due = new ArrayList<>();
    for (ProgrammeId programme : register.calendars().programmes()) {
      Optional<LocalDate> cutOff = register.calendars().last(programme, today);
      cutOff
          .filter(day -> !register.isOpenedFor(programme, day))
          .flatMap(day -> register.calendars().inForce(programme, day))
          .ifPresent(
              calendar -> due.add(new Due(programme, cutOff.orElseThrow(), calendar.setBy())));
    }
    return due;
  }

  private void open(Due due) {
    Outcome<SettlementRunOpened> outcome =
        commands.send(
            new OpenSettlementRun(
                BankText.scheduled(due.programme(), due.cutOffDay()),
                due.programme(),
                due.cutOffDay(),
                Optional.of(RunOccasion.SCHEDULED),
                due.setBy()),
            Actor.ENGINE);
    switch (outcome) {
      case Outcome.Recorded<SettlementRunOpened> recorded ->
          LOG.info(
              "the run of programme {} of {} is opened as {}; a clerk is to release it",
              due.programme(),
              due.cutOffDay(),
              recorded.answer().run());
      case Outcome.Refused<SettlementRunOpened>(var refusal)
          when refusal.code() == SettlementRefusal.CUT_OFF_NOT_RECORDED ->
          LOG.debug("the run of {} waits: {}", due.cutOffDay(), refusal.message());
      case Outcome.Refused<SettlementRunOpened>(var refusal)
          when refusal.code() == SettlementRefusal.NOTHING_TO_PAY -> {
        nothingToPay.put(due.programme(), due.cutOffDay());
        LOG.info(
            "no run of programme {} is opened for {}: {}",
            due.programme(),
            due.cutOffDay(),
            refusal.message());
      }
      case Outcome.Refused<SettlementRunOpened>(var refusal) -> {
        // Venues are not paid for as long as this lasts: it is no run that is not needed.
        if (!due.cutOffDay().equals(toldAsRefused.put(due.programme(), due.cutOffDay()))) {
          LOG.error(
              "the run of programme {} of {} is refused with {} and tried again: {}; a clerk can"
                  + " open one by hand",
              due.programme(),
              due.cutOffDay(),
              refusal.code(),
              refusal.message());
        }
      }
    }
  }
}
