package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time alone does to an order becomes a fact: its announcement, and the end of its cheques.
 * Asked now and then; what is done already is not done again.
 */
final class ExpiryTick {
  private static final Logger LOG = LoggerFactory.getLogger(ExpiryTick.class);

  private final Commands commands;
  private final ExpiryRegister register;
  private final ReadLock registers;
  private final Clock clock;

  ExpiryTick(Commands commands, ExpiryRegister register, ReadLock registers, Clock clock) {
    this.commands = commands;
    this.register = register;
    this.registers = registers;
    this.clock = clock;
  }

  void run() {
    try {
      Instant now = clock.instant();
      LocalDate today = Paris.dayOf(now);
      List<EndingOrder> orders = registers.read(() -> List.copyOf(register.orders()));
      for (EndingOrder order : orders) {
        if (order.announcedAt() == null && !today.isBefore(order.from(ExpiryStep.ANNOUNCEMENT))) {
          commands.send(new AnnounceExpiry(order.issued().order()), Actor.ENGINE);
        }
        if (order.expired() == null && !now.isBefore(ExpireChequesDecision.dueAt(order))) {
          commands.send(new ExpireCheques(order.issued().order()), Actor.ENGINE);
        }
      }
    } catch (LedgerUnavailableException e) {
      // A node that stands by leaves it to the writer.
      LOG.debug("expiry is not recorded by this node now: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Thrown on, it would end the ticks without a word.
      LOG.error("an expiry could not be recorded; the next tick tries again", e);
    }
  }
}
